import type { Random } from './random.ts'

/** The day the files of people are exported: nothing in them is later. */
export const asOf = '2010-12-01'

const day = 86_400_000
export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * day).toISOString().slice(0, 10)
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / day)

/** A date from `from` to `to`, both included. */
export const dateBetween = (random: Random, from: string, to: string): string =>
  addDays(from, random.int(0, Math.max(0, daysBetween(from, to))))

/** An instant of that day, in UTC, at an hour when people in China or Britain are awake. */
export const instantOn = (random: Random, date: string): string =>
  `${date}T${String(random.int(1, 15)).padStart(2, '0')}:${String(random.int(0, 59)).padStart(2, '0')}:${String(random.int(0, 59)).padStart(2, '0')}Z`

/** The wall clock of Shanghai (UTC+8, no summer time in these years) of a UTC instant. */
export const shanghaiTime = (instant: string): string =>
  new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
