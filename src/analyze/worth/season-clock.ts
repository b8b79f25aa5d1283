/** Days since 1970-01-01. */
export const dayOf = (date: string): number => Math.floor(Date.parse(`${date}T00:00:00Z`) / 86_400_000)

/** Month, 0 = January. */
export const monthOf = (day: number): number => new Date(day * 86_400_000).getUTCMonth()

/** How much faster or slower than the average of a year purchases come in each month, January first; the mean over a year's days is 1. */
export type SeasonIndex = readonly number[]

export const noSeason: SeasonIndex = new Array<number>(12).fill(1)

/**
 * Season as a change of clock: where everybody buys s(t) times as often on day t, counts are Poisson in the time Λ(t) = ∫ s, the
 * operational time (Cox & Lewis 1966, "The statistical analysis of series of events", section 2.4). BG/NBD and MBG/NBD let customers leave at a
 * purchase, so in that time they hold as they are; Pareto/NBD's leaving runs by the same clock. An hour of November then counts more than one of
 * February, in what was learned as in what is expected.
 */
export class SeasonClock {
  readonly index: SeasonIndex
  private readonly from: number
  private readonly until: Float64Array

  /** Good for days from `first` to `last`. */
  constructor(index: SeasonIndex, first: number, last: number) {
    this.index = index
    this.from = first
    this.until = new Float64Array(Math.max(1, last - first + 2))
    for (let k = 1; k < this.until.length; k++) this.until[k] = this.until[k - 1]! + index[monthOf(this.from + k - 1)]!
  }

  /** Operational days from the beginning of the clock to the beginning of `day`. */
  at(day: number): number {
    return this.until[day - this.from]!
  }

  between(from: number, to: number): number {
    return this.at(to) - this.at(from)
  }
}
