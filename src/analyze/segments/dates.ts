const DAY = 86_400_000
const WRITTEN = /^\d{4}-\d{2}-\d{2}$/

/** Days since 1970, or undefined where it is no day: 2011-02-30 is none. */
export function dayNumber(written: string): number | undefined {
  if (!WRITTEN.test(written)) return undefined
  const time = Date.parse(`${written}T00:00:00Z`)
  return Number.isNaN(time) || writtenDay(time / DAY) !== written ? undefined : time / DAY
}

export const writtenDay = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10)

/** The days that can be written with four digits of a year: what a date feature can hold at most. */
export const FIRST_DAY = -719_528 // 0000-01-01
export const LAST_DAY = 2_932_896 // 9999-12-31
