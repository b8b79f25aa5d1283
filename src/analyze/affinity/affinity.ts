import { logGamma } from '../math/gamma-functions.ts'
import type { PairCounts } from './count-pairs.ts'

/** Two items found together more often than chance, a before b in `PairCounts.items`. */
export interface AffinePairs {
  a: Uint32Array
  b: Uint32Array
  baskets: Uint32Array
  /** Share of baskets with both over the product of the shares: as everybody defines it. */
  lift: Float64Array
  /** Observed over expected, drawn towards 1 by what few baskets can say. */
  shrunkLift: Float64Array
  /** The share of false discoveries among all pairs at least as surprising (Benjamini & Hochberg 1995). */
  qValue: Float64Array
  /** Weight of the prior, in expected baskets. */
  prior: number
}

export interface AffinityOptions {
  minBaskets?: number
  /** Highest share of false discoveries. */
  falseDiscoveryRate?: number
  /**
   * What chance would bring together: 'independent' items, e = n(a)·n(b)/N, or items drawn by customers who own much or little,
   * e times `crowding`. Without it whatever two large customers both own would look like an affinity.
   */
  chance?: 'independent' | 'by-size'
}

/**
 * Pairs above chance. Under chance the number of baskets with both is nearly Poisson with mean e; its ratio to e gets a gamma
 * prior of mean 1, (o + k)/(e + k), whose weight k is fitted to all pairs by the method of moments (empirical Bayes, DuMouchel 1999 with
 * one component). The tests are over every pair of frequent items, those never seen together included.
 */
export function affinePairs(counts: PairCounts, options: AffinityOptions = {}): AffinePairs {
  const { minBaskets = 5, falseDiscoveryRate = 0.01, chance = 'independent' } = options
  const { single, pair } = counts
  const n = counts.items.length
  const scale = (chance === 'by-size' ? Math.max(1, counts.crowding) : 1) / counts.baskets

  const [is, js, ats, ps]: [number[], number[], number[], number[]] = [[], [], [], []]
  let [excess, square] = [0, 0]
  for (let i = 0, at = 0; i < n; i++) {
    const of = single[i]! * scale
    for (let j = i + 1; j < n; j++, at++) {
      const o = pair[at]!
      const e = of * single[j]!
      // Weighted by 1/e, so that the most frequent pairs do not decide alone.
      const weight = 1 / (e + 1)
      excess += ((o - e) * (o - e) - o) * weight
      square += e * e * weight
      if (o < minBaskets || o <= e) continue
      is.push(i)
      js.push(j)
      ats.push(at)
      ps.push(poissonAtLeast(o, e))
    }
  }
  // With o | ratio ~ Poisson(e·ratio) and the ratio of mean 1 and variance 1/k: E[(o − e)² − o] = e²/k. Between 0.5 (nearly
  // raw) and 50 (a hundred baskets to double a lift).
  const prior = excess > 0 ? Math.min(50, Math.max(0.5, square / excess)) : 50

  const order = Uint32Array.from(ps.keys()).sort((x, y) => ps[x]! - ps[y]!)
  const q = falseDiscovery(
    Float64Array.from(order, k => ps[k]!),
    (n * (n - 1)) / 2,
  )
  let kept = 0
  while (kept < order.length && q[kept]! <= falseDiscoveryRate) kept++
  const found = order.subarray(0, kept)
  const both = Uint32Array.from(found, k => pair[ats[k]!]!)
  const expected = Float64Array.from(found, k => single[is[k]!]! * single[js[k]!]! * scale)
  return {
    a: Uint32Array.from(found, k => is[k]!),
    b: Uint32Array.from(found, k => js[k]!),
    baskets: both,
    lift: Float64Array.from(found, (k, m) => (both[m]! * counts.baskets) / (single[is[k]!]! * single[js[k]!]!)),
    shrunkLift: expected.map((e, k) => (both[k]! + prior) / (e + prior)),
    qValue: q.slice(0, kept),
    prior,
  }
}

/** Of rising probabilities, out of so many tests: the share of false discoveries when all up to here are believed. */
export function falseDiscovery(p: Float64Array, tests: number): Float64Array {
  const q = new Float64Array(p.length)
  let smallest = 1
  for (let k = p.length - 1; k >= 0; k--) {
    smallest = Math.min(smallest, (p[k]! * tests) / (k + 1))
    q[k] = smallest
  }
  return q
}

/** P(Poisson(mean) ≥ count), from the count upwards: count > mean, so the terms fall. */
export function poissonAtLeast(count: number, mean: number): number {
  let term = 1
  let sum = 1
  for (let k = count + 1; term > 1e-16 * sum; k++) {
    term *= mean / k
    sum += term
  }
  return Math.min(1, sum * Math.exp(count * Math.log(mean) - mean - logGamma(count + 1)))
}
