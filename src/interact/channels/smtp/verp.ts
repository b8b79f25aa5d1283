/**
 * Variable envelope return paths: each message has its own return address, so that a bounce names the message whatever its text says.
 * `b` + communication id + check, in base 32 of one letter case, because the local part may be changed in case on its way (RFC 5321,
 * 4.1.2 allows 64 characters; this is 38). The check is an HMAC of 56 bits: nobody makes us believe that a mail bounced.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'

const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567'
const CHECK_BYTES = 7

function toBase32(bytes: Uint8Array): string {
  let text = ''
  let bits = 0
  let held = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += LETTERS[(held >> bits) & 31]
    }
    held &= (1 << bits) - 1
  }
  return bits > 0 ? text + LETTERS[(held << (5 - bits)) & 31] : text
}

function fromBase32(text: string): Buffer {
  const bytes: number[] = []
  let bits = 0
  let held = 0
  for (const letter of text) {
    held = (held << 5) | LETTERS.indexOf(letter)
    bits += 5
    if (bits >= 8) {
      bits -= 8
      bytes.push((held >> bits) & 255)
      held &= (1 << bits) - 1
    }
  }
  return Buffer.from(bytes)
}

const checkOf = (key: Uint8Array, id: string): Buffer =>
  createHmac('sha256', key).update(`verp ${id}`).digest().subarray(0, CHECK_BYTES)

export const returnPath = (key: Uint8Array, id: string, domain: string): string =>
  `b${toBase32(Buffer.concat([Buffer.from(id, 'hex'), checkOf(key, id)]))}@${domain}`

/** The communication of an address that we made; null of any other. */
export function communicationOf(key: Uint8Array, address: string): string | null {
  const local = /^<?b([a-z2-7]{37})@/i.exec(address)?.[1]
  if (!local) return null
  const bytes = fromBase32(local.toLowerCase())
  const id = bytes.subarray(0, 16).toString('hex')
  const given = bytes.subarray(16, 16 + CHECK_BYTES)
  return given.length === CHECK_BYTES && timingSafeEqual(given, checkOf(key, id)) ? id : null
}
