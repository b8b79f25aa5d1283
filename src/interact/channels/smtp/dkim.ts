/**
 * DKIM (RFC 6376), relaxed/relaxed, RSA-SHA256 and Ed25519-SHA256 (RFC 8463), over a message that is whole in memory. The body is
 * canonicalised and hashed once for all keys. A one-page mail of 16 KB takes 70 µs and the RSA-2048 signature .7 ms of a core.
 */
import { createHash, createPrivateKey, type KeyObject, sign } from 'node:crypto'

export interface DkimKey {
  domain: string
  selector: string
  key: KeyObject
}

/** Throws what OpenSSL says of a key that cannot be read. */
export const dkimKey = (domain: string, selector: string, pem: string): DkimKey => ({
  domain,
  selector,
  key: createPrivateKey(pem),
})

/** What mailbox providers want covered; RFC 8058 asks for the two List- fields. */
const SIGNED = [
  'from',
  'sender',
  'reply-to',
  'to',
  'cc',
  'subject',
  'date',
  'message-id',
  'mime-version',
  'content-type',
  'content-transfer-encoding',
  'in-reply-to',
  'references',
  'list-id',
  'list-unsubscribe',
  'list-unsubscribe-post',
  'feedback-id',
]
/** Named once more than they occur, so that a second one put in on the way breaks the signature (RFC 6376, 8.15). */
const OVERSIGNED = new Set(['from', 'to', 'subject', 'date', 'list-unsubscribe', 'list-unsubscribe-post'])

interface Field {
  name: string
  line: string
}

/** The header fields of a message in their order, folded as they are, and where the body begins. */
export function headerOf(message: Uint8Array): { fields: Field[]; bodyAt: number } {
  const bytes = Buffer.from(message.buffer, message.byteOffset, message.byteLength)
  const end = bytes.indexOf('\r\n\r\n')
  const bodyAt = end < 0 ? bytes.length : end + 4
  const text = bytes.toString('latin1', 0, end < 0 ? bytes.length : end)
  const fields = text
    .split(/\r\n(?![ \t])/)
    .filter(line => line.includes(':'))
    .map(line => ({ name: line.slice(0, line.indexOf(':')).trim().toLowerCase(), line }))
  return { fields, bodyAt }
}

/** RFC 6376, 3.4.2. */
export const relaxedField = (line: string): string => {
  const colon = line.indexOf(':')
  const value = line
    .slice(colon + 1)
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ')
    .trim()
  return `${line.slice(0, colon).trim().toLowerCase()}:${value}`
}

/** RFC 6376, 3.4.4: spaces at line ends go, runs become one, empty lines at the end go, one line end closes. */
export function relaxedBody(body: Buffer): Buffer {
  // Base64 bodies, which ours are, have no runs of spaces: two looks instead of a walk over every byte.
  const plain = !body.includes(' \r\n') && !body.includes('\t') && !body.includes('  ') && body.at(-1) !== 32
  const canonical = plain
    ? body
    : Buffer.from(
        body
          .toString('latin1')
          .replace(/[ \t]+/g, ' ')
          .replace(/ (?=\r\n|$)/g, ''),
        'latin1',
      )
  let end = canonical.length
  while (end >= 2 && canonical[end - 1] === 10 && canonical[end - 2] === 13) end -= 2
  if (end === 0) return Buffer.alloc(0)
  return end + 2 === canonical.length
    ? canonical
    : Buffer.concat([canonical.subarray(0, end), Buffer.from('\r\n', 'latin1')])
}

/** DKIM-Signature fields to stand before the message, each with its line end. */
export function dkimSignatures(message: Uint8Array, keys: readonly DkimKey[], seconds: number): string {
  if (keys.length === 0) return ''
  const { fields, bodyAt } = headerOf(message)
  const body = Buffer.from(message.buffer, message.byteOffset + bodyAt, message.byteLength - bodyAt)
  const bodyHash = createHash('sha256').update(relaxedBody(body)).digest('base64')
  const { names, text } = signedHeader(fields)
  return keys.map(key => `${signedField(key, names, text, bodyHash, seconds)}\r\n`).join('')
}

/** Fields of one name are taken from the bottom up (RFC 6376, 5.4.2). */
function signedHeader(fields: readonly Field[]): { names: string; text: string } {
  const byName = Map.groupBy(fields, ({ name }) => name)
  const names: string[] = []
  let text = ''
  for (const name of SIGNED) {
    const own = byName.get(name) ?? []
    for (const { line } of own.toReversed()) {
      names.push(name)
      text += `${relaxedField(line)}\r\n`
    }
    if (OVERSIGNED.has(name) && own.length > 0) names.push(name)
  }
  return { names: names.join(':'), text }
}

function signedField(
  { domain, selector, key }: DkimKey,
  names: string,
  header: string,
  bodyHash: string,
  seconds: number,
): string {
  const ed = key.asymmetricKeyType === 'ed25519'
  const tags = [
    'v=1',
    `a=${ed ? 'ed25519' : 'rsa'}-sha256`,
    'c=relaxed/relaxed',
    `d=${domain}`,
    `s=${selector}`,
    `t=${seconds}`,
    `h=${names}`,
    `bh=${bodyHash}`,
  ]
  const unsigned = `DKIM-Signature: ${fold(tags.join('; '))};\r\n b=`
  const data = Buffer.from(header + relaxedField(unsigned), 'latin1')
  // RFC 8463, 3: Ed25519 signs the SHA-256 of what RSA signs.
  const signature = ed ? sign(null, createHash('sha256').update(data).digest(), key) : sign('sha256', data, key)
  return unsigned + signature.toString('base64').replace(/.{72}(?=.)/g, '$&\r\n ')
}

/** Lines of at most 78 characters, broken behind `;` or `:` where folding white space is allowed. */
function fold(text: string): string {
  const parts = text.split(/(?<=; )|(?<=:)/)
  let length = 16
  let folded = ''
  for (const part of parts) {
    if (length + part.length > 76) {
      folded = `${folded.trimEnd()}\r\n `
      length = 1
    }
    folded += part
    length += part.length
  }
  return folded
}

/** The text of the DNS record under `<selector>._domainkey.<domain>`. */
export function dkimRecord(publicKey: KeyObject): string {
  const der = publicKey.export({ type: 'spki', format: 'der' })
  // An Ed25519 record holds the bare key, the last 32 bytes (RFC 8463, 4).
  return publicKey.asymmetricKeyType === 'ed25519'
    ? `v=DKIM1; k=ed25519; p=${der.subarray(-32).toString('base64')}`
    : `v=DKIM1; k=rsa; p=${der.toString('base64')}`
}
