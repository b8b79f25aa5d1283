import assert from 'node:assert/strict'
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, verify } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import DKIM from 'nodemailer/lib/dkim'
import { dkimKey, dkimRecord, dkimSignatures, relaxedBody } from './dkim.ts'

/** RFC 8463, appendix A: message, keys and signature as printed there. */
const MESSAGE = [
  'From: Joe SixPack <joe@football.example.com>',
  'To: Suzie Q <suzie@shopping.example.net>',
  'Subject: Is dinner ready?',
  'Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)',
  'Message-ID: <20030712040037.46341.5F8J@football.example.com>',
  '',
  'Hi.',
  '',
  'We lost the game.  Are you hungry yet?',
  '',
  'Joe.',
  '',
].join('\r\n')
const SECRET = 'nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A='
const PUBLIC = '11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo='
const SIGNATURE = [
  'DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;',
  ' d=football.example.com; i=@football.example.com;',
  ' q=dns/txt; s=brisbane; t=1528637909; h=from : to :',
  ' subject : date : message-id : from : subject : date;',
  ' bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;',
  ' b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus',
  ' Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==',
  '',
].join('\r\n')

/** A reader of its own, line by line as RFC 6376 says it, so that signer and test do not share a mistake. */
function verified(message: string, key: KeyObject): boolean {
  const end = message.indexOf('\r\n\r\n')
  const lines: string[] = []
  for (const line of message.slice(0, end).split('\r\n')) {
    if (/^[ \t]/.test(line)) lines[lines.length - 1] += line
    else lines.push(line)
  }
  const relaxed = (line: string) => {
    const [name = '', ...rest] = line.split(':')
    return `${name.trim().toLowerCase()}:${rest
      .join(':')
      .replace(/[ \t]+/g, ' ')
      .trim()}`
  }
  const at = lines.findIndex(line => /^dkim-signature:/i.test(line))
  const field = lines[at]!
  const tags = new Map(
    field
      .slice(field.indexOf(':') + 1)
      .split(';')
      .map(
        tag => [tag.slice(0, tag.indexOf('=')).trim(), tag.slice(tag.indexOf('=') + 1).replace(/\s+/g, '')] as const,
      ),
  )
  const body = message
    .slice(end + 4)
    .split('\r\n')
    .map(line => line.replace(/[ \t]+/g, ' ').replace(/ $/, ''))
  while (body.at(-1) === '') body.pop()
  const canonical = body.length === 0 ? '' : `${body.join('\r\n')}\r\n`
  if (createHash('sha256').update(canonical, 'latin1').digest('base64') !== tags.get('bh')) return false
  const left = lines.map((line, index) => ({ line, index })).filter(({ index }) => index !== at)
  let signed = ''
  for (const name of tags.get('h')!.split(':')) {
    const found = left.findLastIndex(({ line }) => line.split(':')[0]!.trim().toLowerCase() === name.toLowerCase())
    if (found >= 0) signed += `${relaxed(left.splice(found, 1)[0]!.line)}\r\n`
  }
  signed += relaxed(field.replace(/([;:\s]b=)[^;]*/, '$1'))
  const data = Buffer.from(signed, 'latin1')
  const signature = Buffer.from(tags.get('b')!, 'base64')
  return key.asymmetricKeyType === 'ed25519'
    ? verify(null, createHash('sha256').update(data).digest(), key, signature)
    : verify('sha256', data, key, signature)
}

const edPublic = createPublicKey({
  key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(PUBLIC, 'base64')]),
  format: 'der',
  type: 'spki',
})
const edPrivate = createPrivateKey({
  key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.from(SECRET, 'base64')]),
  format: 'der',
  type: 'pkcs8',
})

test("the test's own reader takes the signature printed in RFC 8463, and no other text under it", () => {
  assert.ok(verified(SIGNATURE + MESSAGE, edPublic))
  assert.ok(!verified(SIGNATURE + MESSAGE.replace('lost', 'won'), edPublic))
  assert.ok(!verified(SIGNATURE + MESSAGE.replace('Joe SixPack', 'Joe Six'), edPublic))
})

test('body hash as in RFC 8463 and as nodemailer computes it; both signatures hold', async () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const keys = [
    dkimKey('football.example.com', 'test', pem),
    { domain: 'football.example.com', selector: 'brisbane', key: edPrivate },
  ]
  const header = dkimSignatures(Buffer.from(MESSAGE), keys, 1_528_637_909)
  assert.equal(header.match(/bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=/g)?.length, 2)
  assert.ok(header.split('\r\n').every(line => line.length <= 78))
  const [first = '', second = ''] = header.split(/(?=DKIM-Signature:)/)
  assert.ok(verified(first + MESSAGE, rsa.publicKey))
  assert.ok(verified(second + MESSAGE, edPublic))
  assert.ok(
    !verified(first + MESSAGE.replace('Subject:', 'From: other@evil.example\r\nSubject:'), rsa.publicKey),
    'a second From',
  )
  const theirs = await new Promise<string>((resolve, reject) => {
    const out = new DKIM({ domainName: 'football.example.com', keySelector: 'test', privateKey: pem }).sign(MESSAGE)
    let text = ''
    out.on('data', chunk => (text += chunk))
    out.on('end', () => resolve(text))
    out.on('error', reject)
  })
  assert.ok(verified(theirs, rsa.publicKey))
  assert.ok(theirs.includes('2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8='))
  assert.equal(dkimRecord(edPublic), `v=DKIM1; k=ed25519; p=${PUBLIC}`)
  assert.match(dkimRecord(rsa.publicKey), /^v=DKIM1; k=rsa; p=MIIB/)
})

test('any body and any subject: the signature holds', () => {
  const key = [{ domain: 'd.example', selector: 's', key: edPrivate }]
  const line = fc.string({ maxLength: 40 }).map(text => text.replace(/[\r\n]/g, ' '))
  fc.assert(
    fc.property(fc.array(line, { maxLength: 8 }), line, (lines, subject) => {
      const head = `From: a@d.example\r\nSubject: ${Buffer.from(subject).toString('latin1')} x\r\n\r\n`
      const message = head + Buffer.from(lines.join('\r\n')).toString('latin1')
      const header = dkimSignatures(Buffer.from(message, 'latin1'), key, 1)
      assert.ok(verified(header + message, edPublic), JSON.stringify(message))
    }),
    { numRuns: 200 },
  )
  assert.equal(relaxedBody(Buffer.from('\r\n\r\n')).length, 0)
})
