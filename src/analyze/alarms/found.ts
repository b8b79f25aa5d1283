import type { CustomerMeasure } from './measure.ts'

/** One customer's window under one measure: how surprising it is, and what was expected. */
export interface Watched {
  /** Place of the customer. */
  who: Uint32Array
  /** The greater the more surprising; of a customer who behaves as ever about a standard normal. */
  score: Float64Array
  /** Windows are compared with such of like size: which kind this one is. */
  stratum: Uint8Array
  observed: Float64Array
  expected: Float64Array
  /** Beyond this it would be an alarm, where the measure can say so by itself; NaN where the threshold says so. */
  spread: Float64Array
  stake: Float64Array
  about: (string | undefined)[] | null
}

export interface Alarm {
  customer: number
  measure: CustomerMeasure
  observed: number
  expected: number
  /** Ends of the band in which the behaviour would have raised no alarm. */
  low: number
  high: number
  /** Rate of false alarms at which this one would be the last to be raised. */
  p: number
  /** Expected share of false ones among this and all more surprising alarms of the measure (Benjamini and Hochberg 1995). */
  q: number
  stakeMinor: number
  /** Code of the category, where it is about one. */
  about: string
}

/** How a measure went: everything needed to judge whether the rate chosen was held. */
export interface MeasureFigures {
  measure: CustomerMeasure
  /** Customers watched this time, and customer-windows of the past that the threshold was learned from. */
  watched: number
  learnedFrom: number
  rate: number
  alarms: number
  expectedFalse: number
  /** Why nothing was watched; null where it was. */
  problem: 'nobody' | 'history' | null
}
