import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { linkKey } from './link-key.ts'
import { linkToken, readLink } from './link-token.ts'
import { linksIn, trackedHtml, wishLink } from './message-links.ts'

const secret = randomBytes(32)
const hex = fc.uint8Array({ minLength: 16, maxLength: 16 }).map(bytes => Buffer.from(bytes).toString('hex'))

test('a link says what was signed, and nothing else is taken for one', () => {
  fc.assert(
    fc.property(hex, fc.webUrl(), fc.nat(), (id, url, at) => {
      const token = linkToken(linkKey(secret, id), 'c', id, url)
      assert.deepEqual(readLink(secret, 'c', token), { id, target: url })
      assert.equal(readLink(secret, 'u', token), null, 'made for another use')
      assert.equal(readLink(randomBytes(32), 'c', token), null, 'of another installation')
      const place = at % token.length
      const other = `${token.slice(0, place)}${token[place] === 'A' ? 'B' : 'A'}${token.slice(place + 1)}`
      const read = readLink(secret, 'c', other)
      // The last character of a base64url group may carry unused bits: then it is the same link.
      assert.ok(read === null || (read.id === id && read.target === url))
    }),
    { numRuns: 200 },
  )
})

test('no address of ours leads where we did not write it', () => {
  const id = 'ab'.repeat(16)
  const token = linkToken(linkKey(secret, id), 'c', id, 'https://shop.example/a')
  const [name, , signed] = token.split('.')
  for (const evil of ['https://evil.example/', '//evil.example', 'javascript:alert(1)'])
    assert.equal(readLink(secret, 'c', `${name}.${Buffer.from(evil).toString('base64url')}.${signed}`), null)
})

test('links of a mail are led past us, ours and what is no web address stay', () => {
  const id = 'cd'.repeat(16)
  const links = { key: linkKey(secret, id), base: 'https://m.example', opens: true, clicks: true }
  const unsubscribe = wishLink(links, 'u', id, 'https://www.example/u/')
  const html = `<body><a href="https://shop.example/?a=1&amp;b=2">x</a><a href="${unsubscribe}">y</a><a href="mailto:a@b.example">z</a></body>`
  const tracked = trackedHtml(html, links, id)
  const click = /href="https:\/\/m\.example\/c\/([^"]+)"/.exec(tracked)?.[1] ?? ''
  assert.deepEqual(readLink(secret, 'c', click), { id, target: 'https://shop.example/?a=1&b=2' })
  assert.ok(tracked.includes(`href="${unsubscribe}"`) && tracked.includes('mailto:a@b.example'))
  assert.match(tracked, /<img src="https:\/\/m\.example\/o\/[\w.-]+\.gif"[^>]*><\/body>$/)
  assert.equal(trackedHtml(html, { ...links, base: '' }, id), html)
  assert.ok(!trackedHtml(html, { ...links, opens: false }, id).includes('<img'))
  assert.equal(linksIn({ links: { key: 'short' } }), undefined)
})
