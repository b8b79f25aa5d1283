import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { authenticationResults } from './authentication-results.ts'
import { senderProof } from './sender-proof.ts'

const known = { authservId: 'mx.shop.example', signed: false }
const proofOf = (authentication: string[], { from = 'li@mail.example', authors = 1, signed = false } = {}) =>
  senderProof({ from, authors, authentication }, { ...known, signed })

test('results as servers write them: OpenDMARC, Gmail, Outlook, rspamd, in several lines, with comments that nest', () => {
  const pass = [
    'mx.shop.example; dmarc=pass (p=none dis=none) header.from=mail.example',
    ' mx.shop.example 1;\r\n\tdkim=pass header.i=@mail.example header.s=s1 header.b="aB/=+";\r\n\tspf=pass (mx: domain of li@mail.example\r\n designates 1.2.3.4) smtp.mailfrom=li@mail.example;\r\n\tdmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=Mail.Example',
    'MX.shop.example; spf=pass smtp.mailfrom=mail.example; dkim=none; dmarc = pass action=none header . from = mail.example.',
    'mx.shop.example; dmarc=pass reason="policy; said \\"ok\\"" (a (nested; dmarc=fail) comment) header.from=mail.example',
  ]
  for (const value of pass) assert.equal(proofOf([value]), 'dmarc', value)
  assert.deepEqual(authenticationResults('mx.shop.example 1; none')?.results, [])
})

test('nothing is proven by others, by another domain, by two authors, by results that disagree, or in a comment', () => {
  const ours = 'mx.shop.example; dmarc=pass header.from=mail.example'
  const none: [string[], Parameters<typeof proofOf>[1]?][] = [
    [[]],
    [['mx.evil.example; dmarc=pass header.from=mail.example']],
    [['mx.shop.example; dmarc=pass header.from=evil.example']],
    [['mx.shop.example; dmarc=pass']],
    [['mx.shop.example; dmarc=fail header.from=mail.example; dkim=pass header.d=mail.example']],
    [['mx.shop.example; spf=pass smtp.mailfrom=mail.example']],
    [['mx.shop.example; dkim=pass header.d=evil.example']],
    // What the sender can write into a comment or a string of ours is no result.
    [['mx.shop.example; dmarc=fail ("; dmarc=pass header.from=mail.example") header.from=mail.example']],
    [['mx.shop.example; spf=fail smtp.mailfrom="x; dmarc=pass header.from=mail.example"']],
    [['mx.shop.example; dmarc=pass (no end header.from=mail.example']],
    // One of two that name our server is forged, and nobody can tell which.
    [[ours, 'mx.shop.example; dmarc=fail header.from=mail.example']],
    [['mx.shop.example; dmarc=fail header.from=mail.example', ours]],
    [[ours], { authors: 2 }],
    [[ours], { from: '' }],
  ]
  for (const [values, options] of none) assert.equal(proofOf(values, options), 'none', values.join('\n'))
  assert.equal(
    senderProof({ from: 'li@mail.example', authors: 1, authentication: [ours] }, { ...known, authservId: '' }),
    'none',
  )
  assert.equal(
    proofOf(['mx.shop.example; dmarc=none header.from=mail.example; dkim=pass header.d=mail.example']),
    'dkim',
  )
  assert.equal(proofOf([], { signed: true }), 'reply-address')
})

test('whatever white space and comments stand between its words, it says the same; whatever it is, it is read', () => {
  const gap = fc.constantFrom('', ' ', '\r\n\t', ' (c) ', '(a;b=c(d\\)e)"f) ')
  fc.assert(
    fc.property(fc.array(gap, { minLength: 7, maxLength: 7 }), gaps => {
      const words = ['mx.shop.example', ';', 'dmarc', '=', 'pass', 'header.from', '=', 'mail.example']
      const value = words.map((word, at) => word + (at === 4 ? ' ' : '') + (gaps[at] ?? '')).join('')
      assert.equal(proofOf([value]), 'dmarc', value)
    }),
    { numRuns: 200 },
  )
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'();="\\ a.'), maxLength: 60 }), text => {
      authenticationResults(`mx.shop.example; ${text}`)
    }),
    { numRuns: 500 },
  )
})
