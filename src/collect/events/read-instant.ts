/** An instant as ISO 8601 has it, with a zone: 2026-11-22T09:30:00Z, …T17:30:00.125+08:00. `Date.parse` would take 30 February for 2 March. */
const FORM = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?:Z|z|([+-])(\d\d):?(\d\d))$/

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const daysOf = (year: number, month: number): number =>
  month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : (DAYS[month - 1] ?? 0)

/** A clock that is wrong by hours is common; an event of next week has not happened. */
const MOST_AHEAD_MS = 24 * 3600_000

/** Milliseconds since 1970; NaN when there is no such instant, or it is before 1900 or more than a day ahead. */
export function readInstant(text: string, now: number): number {
  const match = FORM.exec(text)
  if (!match) return Number.NaN
  const year = Number(match[1])
  const month = Number(match[2])
  const day = Number(match[3])
  const hour = Number(match[4])
  const minute = Number(match[5])
  const second = Number(match[6] ?? 0)
  if (year < 1900 || day < 1 || day > daysOf(year, month) || hour > 23 || minute > 59 || second > 59) return Number.NaN
  const zoneHour = Number(match[9] ?? 0)
  const zoneMinute = Number(match[10] ?? 0)
  if (zoneHour > 14 || zoneMinute > 59) return Number.NaN
  const offset = (zoneHour * 60 + zoneMinute) * (match[8] === '-' ? -60_000 : 60_000)
  const fraction = Math.floor(Number(`0.${match[7] ?? 0}`) * 1000)
  const at = Date.UTC(year, month - 1, day, hour, minute, second, fraction) - offset
  return at > now + MOST_AHEAD_MS ? Number.NaN : at
}

export const isInstant = (text: string): boolean => !Number.isNaN(readInstant(text, Date.now()))
