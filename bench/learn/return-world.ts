import { seededRandom } from '../../src/analyze/math/random.ts'
import { gainOf, type PairedMoments } from '../../src/analyze/verdicts/cuped.ts'
import type { Driver } from '../../src/campaign/learning/drivers.ts'
import { type Earned, netOf } from '../../src/campaign/learning/earned.ts'

/**
 * Customers who buy by habits of their own (gamma margins: a few buy most), offered something every month; one in ten is held out, drawn anew
 * each time. What an offer brings comes over the campaign's sixty days, longer than till the next one. What does the return say, and
 * does its interval hold the truth?
 */
export interface ReturnHow {
  customers: number
  turns: number
  /** Margin an offer really brings over its sixty days, minor units; 0: an A/A programme. */
  effect: number
  seed: number
  /** Days a campaign is measured: sixty, or only until the next begins. */
  days?: number
}

export interface Return {
  truth: number
  net: number
  low: number
  high: number
}

const DRIVERS: readonly Driver[] = ['cross-selling', 'retention', 'repeat']
const GAP = 30

export function returnWorld({ customers, turns, effect, seed, days = 60 }: ReturnHow): Return {
  const random = seededRandom(seed)
  const habit = Float64Array.from({ length: customers }, () => random.gamma(0.5, 0.5))
  const driver = Uint8Array.from({ length: customers }, () => Math.floor(random.uniform() * DRIVERS.length))
  const [months, held] = [turns + 1, new Uint8Array(customers * turns)]
  const margin = new Float64Array(customers * months)
  const before = Float64Array.from(habit, mean => 6000 * mean * random.gamma(4, 4))
  let truth = 0
  for (let c = 0; c < customers; c++) {
    for (let m = 0; m < months; m++)
      if (random.uniform() < 0.4) margin[c * months + m] = 1200 * habit[c]! * random.gamma(2, 2)
    for (let t = 0; t < turns; t++) {
      if (random.uniform() < 0.1) held[c * turns + t] = 1
      else {
        // Half of it in the first month, half in the second.
        margin[c * months + t] = margin[c * months + t]! + effect / 2
        margin[c * months + t + 1] = margin[c * months + t + 1]! + effect / 2
        truth += effect
      }
    }
  }
  const earned: Earned[] = []
  for (let t = 0; t < turns; t++)
    for (const [d, name] of DRIVERS.entries()) {
      const rows = (['planned', 'control'] as const).map(arm => ({ arm, ...noMoments() }))
      for (let c = 0; c < customers; c++) {
        if (driver[c] !== d) continue
        let y = 0
        for (let m = t; m < t + days / GAP; m++) y += margin[c * months + m]!
        add(rows[held[c * turns + t]!]!, before[c]!, y)
      }
      const found = gainOf(rows)
      if (found) earned.push({ asOf: String(t), driver: name, ...found, cost: 0, unmeasured: 0 })
    }
  return { truth, ...netOf(earned) }
}

const noMoments = (): PairedMoments => ({ n: 0, y: 0, yy: 0, x: 0, xx: 0, xy: 0 })

function add(sum: PairedMoments, x: number, y: number): void {
  sum.n++
  sum.y += y
  sum.yy += y * y
  sum.x += x
  sum.xx += x * x
  sum.xy += x * y
}

/** How often the interval holds the truth, and how far the estimates are off on average, in shares of it. */
export function returnsHeld(worlds: number, how: Omit<ReturnHow, 'seed'>): { held: number; bias: number; of: number } {
  let [held, off, truth] = [0, 0, 0]
  for (let seed = 1; seed <= worlds; seed++) {
    const found = returnWorld({ ...how, seed: 900 + seed })
    if (found.low <= found.truth && found.truth <= found.high) held++
    off += found.net - found.truth
    truth += found.truth
  }
  return { held, bias: truth > 0 ? off / truth : 0, of: worlds }
}
