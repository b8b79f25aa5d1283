import type { Watched } from './found.ts'
import type { CategoryDays, Histories } from './histories.ts'
import { BASELINE, stratumOf, WINDOWS, type WindowSums } from './windows.ts'

/**
 * A category bought regularly before, and on none of the window's purchase days. Given that the customer bought on n days, the days with the
 * category are beta-binomial: own share before, drawn to everybody's, moved by what everybody did with the category since (nobody gave up
 * Christmas in January). How surprising nought is: √(−2 ln P(none)); of several categories the most surprising counts.
 */
const LEAST_DAYS = 3
const PRIOR_WEIGHT = 2

/** Share of all purchase days with a category, by window: entry `category * WINDOWS + k`. */
export function categoryShares(sums: WindowSums, rows: CategoryDays): Float64Array {
  const all = new Float64Array(WINDOWS)
  for (let at = 0; at < sums.days.length; at++) all[at % WINDOWS]! += sums.days[at]!
  const shares = new Float64Array(rows.names.length * WINDOWS)
  for (let r = 0; r < rows.ids.length; r++)
    if (rows.window[r]! < WINDOWS) shares[rows.category[r]! * WINDOWS + rows.window[r]!]! += rows.days[r]!
  for (let at = 0; at < shares.length; at++) shares[at]! /= Math.max(1, all[at % WINDOWS]!)
  return shares
}

/** ln of the beta-binomial chance of no success in n trials: Π (b + i) / (a + b + i). */
function lnNone(a: number, b: number, n: number): number {
  let sum = 0
  for (let i = 0; i < n; i++) sum += Math.log((b + i) / (a + b + i))
  return sum
}

/** Of window k; the customers' rows of `rows` come in the order of `h.ids`. */
export function watchCategories(
  h: Histories,
  sums: WindowSums,
  rows: CategoryDays,
  shares: Float64Array,
  k: number,
): Watched {
  const out: [number, number, number, number, number, number, string][] = []
  const own = new Float64Array(rows.names.length * WINDOWS)
  const spent = new Float64Array(rows.names.length)
  let r = 0
  for (let i = 0; i < h.ids.length; i++) {
    const id = h.ids[i]!
    while (r < rows.ids.length && rows.ids[r]! < id) r++
    const from = r
    while (r < rows.ids.length && rows.ids[r] === id) r++
    const last = Math.min(sums.whole[i]! + 1, WINDOWS, k + 1 + BASELINE)
    const n = sums.days[i * WINDOWS + k]!
    if (last - (k + 1) < 2 || n < 2) continue
    let before = 0
    for (let w = k + 1; w < last; w++) before += sums.days[i * WINDOWS + w]!
    if (before < LEAST_DAYS) continue
    own.fill(0)
    spent.fill(0)
    for (let q = from; q < r; q++) {
      const w = rows.window[q]!
      if (w >= k && w < last) own[rows.category[q]! * WINDOWS + w]! += rows.days[q]!
      if (w > k && w < last) spent[rows.category[q]!]! += rows.spent[q]!
    }
    let best: [number, number, number, number, number, number, string] | null = null
    for (let c = 0; c < rows.names.length; c++) {
      let days = 0
      let usual = 0
      for (let w = k + 1; w < last; w++) {
        days += own[c * WINDOWS + w]!
        usual += shares[c * WINDOWS + w]!
      }
      if (days < LEAST_DAYS) continue
      const observed = own[c * WINDOWS + k]!
      const moved = usual > 0 ? (shares[c * WINDOWS + k]! * (last - k - 1)) / usual : 1
      const weight = before + PRIOR_WEIGHT
      const share = (days + (PRIOR_WEIGHT * usual) / (last - k - 1)) / weight
      const p = Math.min(0.98, Math.max(1e-4, share * moved))
      const score = observed > 0 ? 0 : Math.sqrt(-2 * lnNone(p * weight, (1 - p) * weight, n))
      if (!best || score > best[1])
        best = [i, score, stratumOf(n), observed, p * n, spent[c]! / (last - k - 1), rows.names[c]!]
    }
    if (best) out.push(best)
  }
  return {
    who: Uint32Array.from(out, row => row[0]),
    score: Float64Array.from(out, row => row[1]),
    stratum: Uint8Array.from(out, row => row[2]),
    observed: Float64Array.from(out, row => row[3]),
    expected: Float64Array.from(out, row => row[4]),
    spread: new Float64Array(out.length).fill(Number.NaN),
    stake: Float64Array.from(out, row => row[5]),
    about: out.map(row => row[6]),
  }
}
