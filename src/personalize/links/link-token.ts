/**
 * Tokens in links: what the link does, which communication it belongs to and, of a click, where it leads, signed with HMAC-SHA256 cut
 * to 128 bits. The target is a part of what is signed, so nobody can make our address lead anywhere else.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { linkKey } from './link-key.ts'

/** click · open · unsubscribe · preferences */
export type LinkUse = 'c' | 'o' | 'u' | 'p'

const SIGNATURE_BYTES = 16

const signature = (key: string, use: LinkUse, id: string, target: string): string =>
  createHmac('sha256', key).update(`${use} ${id} ${target}`).digest().subarray(0, SIGNATURE_BYTES).toString('base64url')

const named = (id: string): string =>
  /^[0-9a-f]{32}$/.test(id) ? Buffer.from(id, 'hex').toString('base64url') : Buffer.from(`=${id}`).toString('base64url')

/** `id.signature`, of a click `id.target.signature`; URL-safe. */
export function linkToken(key: string, use: LinkUse, id: string, target = ''): string {
  const signed = signature(key, use, id, target)
  return target === ''
    ? `${named(id)}.${signed}`
    : `${named(id)}.${Buffer.from(target).toString('base64url')}.${signed}`
}

export interface ReadLink {
  id: string
  target: string
}

/** Null for a token that is not ours, was made for another use, or was changed in a single character. */
export function readLink(secret: Uint8Array, use: LinkUse, token: string): ReadLink | null {
  const parts = /^([\w-]{22})(?:\.([\w-]{1,4000}))?\.([\w-]{22})$/.exec(token)
  if (!parts) return null
  const [, name = '', packed = '', given = ''] = parts
  const id = Buffer.from(name, 'base64url').toString('hex')
  const target = Buffer.from(packed, 'base64url').toString('utf8')
  const right = signature(linkKey(secret, id), use, id, target)
  return timingSafeEqual(Buffer.from(right), Buffer.from(given)) ? { id, target } : null
}
