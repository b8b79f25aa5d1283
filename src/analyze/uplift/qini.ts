import { seededRandom } from '../math/random.ts'
import type { Experiment } from './experiment.ts'

export interface Arms {
  treated: number
  control: number
  /** Share that answered. */
  treatedRate: number
  controlRate: number
  /** treatedRate − controlRate and its standard error (two independent shares). */
  uplift: number
  error: number
}

export interface UpliftDecile extends Arms {
  decile: number
  /** Mean of what the model said of them. */
  predicted: number
}

export interface QiniCurve {
  /** At each share of customers, best first: answers won per customer of all by treating these and no others. */
  points: { share: number; gain: number; low: number; high: number; random: number }[]
  /** Area between the curve and the straight line of a random order; and under the curve. */
  qini: { value: number; low: number; high: number }
  auuc: { value: number; low: number; high: number }
  /** Bootstrap samples that the 95 % bands rest on. */
  samples: number
}

export const orderBy = (scores: ArrayLike<number>): Uint32Array =>
  Uint32Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => scores[b]! - scores[a]! || a - b)

export function armsOf({ treated, outcome }: Pick<Experiment, 'treated' | 'outcome'>, rows: Iterable<number>): Arms {
  const n = [0, 0]
  const yes = [0, 0]
  for (const row of rows) {
    const arm = treated[row]!
    n[arm] = n[arm]! + 1
    yes[arm] = yes[arm]! + outcome[row]!
  }
  const rate = [0, 1].map(arm => (n[arm]! > 0 ? yes[arm]! / n[arm]! : Number.NaN)) as [number, number]
  const variance = [0, 1].reduce((sum, arm) => sum + (rate[arm]! * (1 - rate[arm]!)) / n[arm]!, 0)
  return {
    treated: n[1]!,
    control: n[0]!,
    treatedRate: rate[1],
    controlRate: rate[0],
    uplift: rate[1] - rate[0],
    error: Math.sqrt(variance),
  }
}

export function upliftByDecile(
  experiment: Pick<Experiment, 'treated' | 'outcome'>,
  scores: ArrayLike<number>,
): UpliftDecile[] {
  const order = orderBy(scores)
  return Array.from({ length: 10 }, (_, k) => {
    const rows = order.subarray(Math.round((k * order.length) / 10), Math.round(((k + 1) * order.length) / 10))
    const predicted = rows.reduce((sum, row) => sum + scores[row]!, 0) / rows.length
    return { decile: k + 1, predicted, ...armsOf(experiment, rows) }
  })
}

const GRID = 20

/** Draws of the bootstrap: as many as two seconds allow, never fewer than fifty. */
const samplesFor = (rows: number): number => Math.max(50, Math.min(400, Math.round(2e7 / rows)))

/**
 * Radcliffe's Qini curve (2007): among the share φ scored highest, answers of the treated less those the untreated would have given,
 * Y₁(φ) − Y₀(φ)·N₁(φ)/N₀(φ), per treated customer of all. The bands are the middle 95 % of curves over rows drawn anew (Poisson
 * weights, which is the bootstrap for many rows).
 */
export function qiniCurve(
  { treated, outcome }: Pick<Experiment, 'treated' | 'outcome'>,
  scores: ArrayLike<number>,
  seed = 1,
): QiniCurve {
  const order = orderBy(scores)
  const n = order.length
  const gains = (weight: (place: number) => number): Float64Array => {
    const out = new Float64Array(GRID + 1)
    let [n1, n0, y1, y0] = [0, 0, 0, 0]
    let next = 1
    for (let place = 0; place < n; place++) {
      const row = order[place]!
      const w = weight(place)
      if (treated[row]) {
        n1 += w
        y1 += w * outcome[row]!
      } else {
        n0 += w
        y0 += w * outcome[row]!
      }
      while (next <= GRID && place + 1 >= (next * n) / GRID) out[next++] = n0 > 0 ? y1 - (y0 * n1) / n0 : y1
    }
    return out.map(gain => gain / Math.max(1, n1))
  }
  const area = (curve: Float64Array): number =>
    curve.reduce((sum, gain, k) => sum + (k === 0 ? 0 : (gain + curve[k - 1]!) / 2 / GRID), 0)
  const curve = gains(() => 1)
  const samples = samplesFor(n)
  const random = seededRandom(seed)
  const drawn = Array.from({ length: samples }, () => gains(() => poisson(random.uniform())))
  const band = (of: (curve: Float64Array) => number) => {
    const all = drawn.map(of).sort((a, b) => a - b)
    const at = (q: number) => all[Math.min(samples - 1, Math.max(0, Math.round(q * (samples - 1))))]!
    return { value: of(curve), low: at(0.025), high: at(0.975) }
  }
  return {
    points: Array.from({ length: GRID + 1 }, (_, k) => {
      const { value, low, high } = band(c => c[k]!)
      return { share: k / GRID, gain: value, low, high, random: (curve[GRID]! * k) / GRID }
    }),
    qini: band(c => area(c) - c[GRID]! / 2),
    auuc: band(area),
    samples,
  }
}

/** Poisson with mean 1 by inversion. */
function poisson(u: number): number {
  let p = Math.exp(-1)
  let sum = p
  let k = 0
  while (u > sum && k < 12) {
    k++
    p /= k
    sum += p
  }
  return k
}
