/** A part of the time to come, to be discounted as one. */
export interface Step {
  /** End of the part, in the model's clock, from now. */
  until: number
  /** What one unit of margin in it is worth now. */
  discount: number
  /** A horizon ends with it. */
  ends: boolean
}

/** One horizon in twelve equal parts: discounting by twelfths of a year changes the third digit at most. */
export function evenSteps(length: number, discountRate: number, unitsPerYear: number): Step[] {
  return Array.from({ length: 12 }, (_, k) => ({
    until: (length * (k + 1)) / 12,
    discount: (1 + discountRate) ** (-(length * (k + 0.5)) / 12 / unitsPerYear),
    ends: k === 11,
  }))
}

/**
 * Several horizons of whole years: the first year by months, the others by quarters. `clock(days)`: what the model's clock shows after so many
 * days.
 */
export function yearlySteps(years: number, discountRate: number, clock: (days: number) => number): Step[] {
  const out: Step[] = []
  let before = 0
  for (let year = 0; year < years; year++) {
    const parts = year === 0 ? 12 : 4
    for (let k = 1; k <= parts; k++) {
      const day = Math.round(365 * (year + k / parts))
      out.push({
        until: clock(day),
        discount: (1 + discountRate) ** (-(before + day) / 2 / 365),
        ends: k === parts,
      })
      before = day
    }
  }
  return out
}
