/** Time as the page shows it, in days of UTC: weeks or months in a row, and the two windows that are compared. */
export const DAY_MS = 86_400_000

export const bucketings = ['week', 'month'] as const
export type Bucketing = (typeof bucketings)[number]

/** From a day to a day, both included. */
export interface Span {
  from: string
  to: string
}

export interface Periods {
  /** The oldest first. */
  buckets: Span[]
  now: Span
  before: Span
}

export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
export const dayNumber = (day: string): number => Math.round(Date.parse(day) / DAY_MS)
export const addDays = (day: string, days: number): string => dayOf(Date.parse(day) + days * DAY_MS)
export const daysIn = ({ from, to }: Span): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1

export function daysShared(a: Span, b: Span): number {
  const [, from = ''] = [a.from, b.from].sort()
  const [to = ''] = [a.to, b.to].sort()
  return Math.max(0, daysIn({ from, to }))
}

/** Four weeks against four, or 91 days against 91. */
const WINDOW: Record<Bucketing, number> = { week: 28, month: 91 }
const WEEKS = 26
const MONTHS = 12

/** Ends with the day given; weeks are seven days ending there, months those of the calendar, the last one as far as it got. */
export function periodsUntil(today: string, by: Bucketing): Periods {
  const days = WINDOW[by]
  const now = { from: addDays(today, 1 - days), to: today }
  const before = { from: addDays(now.from, -days), to: addDays(now.from, -1) }
  return { buckets: by === 'week' ? weeks(today) : months(today), now, before }
}

const weeks = (today: string): Span[] =>
  Array.from({ length: WEEKS }, (_, at) => {
    const to = addDays(today, -7 * (WEEKS - 1 - at))
    return { from: addDays(to, -6), to }
  })

function months(today: string): Span[] {
  const first = (back: number): string => {
    const day = new Date(`${today.slice(0, 7)}-01`)
    day.setUTCMonth(day.getUTCMonth() - back)
    return day.toISOString().slice(0, 10)
  }
  return Array.from({ length: MONTHS }, (_, at) => {
    const back = MONTHS - 1 - at
    return { from: first(back), to: back === 0 ? today : addDays(first(back - 1), -1) }
  })
}

export const within = ({ from, to }: Span, day: string): boolean => day >= from && day <= to
