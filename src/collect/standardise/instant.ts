/**
 * Points in time as files write them: ISO with or without a zone, "2010-03-04 05:06:07", or a date alone (its midnight). What
 * has no zone of its own is meant in the source's zone. Returns seconds since 1970 UTC, or null when it does not exist.
 */
import { dayNumber, readDate } from './date.ts'

const offsets = new Map<string, Intl.DateTimeFormat>()

/** Seconds that the zone is ahead of UTC at that moment. */
function offsetOf(zone: string, seconds: number): number {
  if (zone === 'UTC') return 0
  let format = offsets.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
    offsets.set(zone, format)
  }
  const part = new Map(format.formatToParts(seconds * 1000).map(({ type, value }) => [type, Number(value)]))
  const get = (name: Intl.DateTimeFormatPartTypes) => part.get(name) ?? 0
  return Date.UTC(get('year'), get('month') - 1, get('day'), get('hour'), get('minute'), get('second')) / 1000 - seconds
}

// Zones whose offset has not changed since 1992 need no look-up per value (China Standard Time has no summer time).
export const FIXED: Readonly<Record<string, number>> = { UTC: 0, 'Asia/Shanghai': 8 * 3600, 'Asia/Hong_Kong': 8 * 3600 }

export function readInstant(raw: string, zone: string, order: 'dmy' | 'mdy'): number | null {
  const text = raw.trim()
  const split = /^(.*?\d|.*日)[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/.exec(text)
  const { ymd } = readDate(split ? (split[1] ?? '') : text, order, true)
  if (ymd === 0) return null
  const hour = Number(split?.[2] ?? 0)
  const minute = Number(split?.[3] ?? 0)
  const second = Number(split?.[4] ?? 0)
  if (hour > 23 || minute > 59 || second > 59) return null
  const local = dayNumber(ymd) * 86_400 + hour * 3600 + minute * 60 + second
  const own = split?.[5]
  if (own === 'Z') return local
  if (own) {
    const sign = own.startsWith('-') ? -1 : 1
    const digits = own.replace(/\D/g, '')
    return local - sign * (Number(digits.slice(0, 2)) * 3600 + Number(digits.slice(2)) * 60)
  }
  const fixed = FIXED[zone]
  if (fixed !== undefined) return local - fixed
  // Twice, because the offset depends on the instant that is being looked for.
  const guess = local - offsetOf(zone, local)
  return local - offsetOf(zone, guess)
}
