import { septets } from './gsm7.ts'

export interface SmsSize {
  encoding: 'GSM-7' | 'UCS-2'
  /** Messages the network sends and bills. */
  segments: number
  /** Septets or UTF-16 units in all. */
  units: number
  /** What still fits into the last segment. */
  left: number
  /** The first character that made it UCS-2. */
  because?: string
}

/**
 * 140 octets a message: 160 septets or 70 UTF-16 units; several messages lose 6 octets each to the header that joins them:
 * 153 or 67 (3GPP TS 23.040, 9.2.3.24.1). A character of two units is never cut in two, so a segment may stay one short.
 */
const limits = { 'GSM-7': { single: 160, joined: 153 }, 'UCS-2': { single: 70, joined: 67 } }

export function smsSize(text: string): SmsSize {
  const characters = Array.from(text)
  const because = characters.find(character => septets(character) === undefined)
  const encoding = because === undefined ? 'GSM-7' : 'UCS-2'
  const sizes = characters.map(character => (encoding === 'GSM-7' ? (septets(character) ?? 1) : character.length))
  const units = sizes.reduce((sum, size) => sum + size, 0)
  const { single, joined } = limits[encoding]
  const found = { encoding, units, ...(because === undefined ? {} : { because }) } as const
  if (units <= single) return { ...found, segments: units === 0 ? 0 : 1, left: single - units }
  let segments = 1
  let used = 0
  for (const size of sizes) {
    if (used + size > joined) {
      segments++
      used = 0
    }
    used += size
  }
  return { ...found, segments, left: joined - used }
}
