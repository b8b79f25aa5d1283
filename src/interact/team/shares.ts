import { wilson } from '../../analyze/index.ts'

/** Counts of calls, and the shares leads look at with their 95 % intervals. */
export interface Counts {
  calls: number
  /** Somebody was spoken to. */
  reached: number
  /** Of these brought to an end: not put off to a later call. */
  completed: number
  accepted: number
  /** Spoken calls that told at least one key field. */
  told: number
  fields: number
  hours: number
}

export interface Share {
  of: number
  share: number | null
  low: number
  high: number
}

export const shareOf = (yes: number, of: number): Share => ({ of, share: of > 0 ? yes / of : null, ...wilson(yes, of) })

/** One short call is no pace. */
const LEAST_HOURS = 0.25

/** Contact of all calls; the others of the calls in which somebody was spoken to. */
export const sharesOf = (counts: Counts) => ({
  ...counts,
  perHour: counts.hours >= LEAST_HOURS ? counts.calls / counts.hours : null,
  contact: shareOf(counts.reached, counts.calls),
  completion: shareOf(counts.completed, counts.reached),
  conversion: shareOf(counts.accepted, counts.reached),
  telling: shareOf(counts.told, counts.reached),
})
export type Shares = ReturnType<typeof sharesOf>
