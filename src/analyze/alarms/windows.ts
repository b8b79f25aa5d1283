import type { Histories } from './histories.ts'

/** Windows looked back on: two years of quarters. */
export const WINDOWS = 9
/** Windows before one that say what to expect of it. */
export const BASELINE = 4

/** Sums by customer and window: entry `i * WINDOWS + k`, window 0 ends on the date. */
export interface WindowSums {
  spent: Float64Array
  days: Float64Array
  lines: Float64Array
  returned: Float64Array
  returnLines: Float64Array
  /** Windows that began after the first purchase: those before say nothing, the one with it is never empty. */
  whole: Uint8Array
}

export function windowSums(h: Histories, asOf: number, window: number): WindowSums {
  const size = h.ids.length * WINDOWS
  const sums = {
    spent: new Float64Array(size),
    days: new Float64Array(size),
    lines: new Float64Array(size),
    returned: new Float64Array(size),
    returnLines: new Float64Array(size),
    whole: new Uint8Array(h.ids.length),
  }
  for (let i = 0; i < h.ids.length; i++) {
    let first = -1
    for (let row = h.start[i]!; row < h.start[i + 1]!; row++) {
      const bought = h.bought[row]! > 0
      if (bought && first < 0) first = h.day[row]!
      const k = Math.floor((asOf - 1 - h.day[row]!) / window)
      if (k < 0 || k >= WINDOWS) continue
      const at = i * WINDOWS + k
      if (bought) sums.days[at]!++
      sums.spent[at]! += h.bought[row]!
      sums.lines[at]! += h.lines[row]!
      sums.returned[at]! += h.returned[row]!
      sums.returnLines[at]! += h.returnLines[row]!
    }
    sums.whole[i] = first < 0 ? 0 : Math.max(0, Math.min(WINDOWS, Math.floor((asOf - 1 - first) / window)))
  }
  return sums
}

/** Kinds of windows by the purchase days expected in them: powers of two. */
export const stratumOf = (expectedDays: number): number =>
  expectedDays < 1 ? 0 : Math.min(5, 1 + Math.floor(Math.log2(expectedDays)))
