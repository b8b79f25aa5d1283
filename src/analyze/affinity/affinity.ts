import { logGamma } from '../math/gamma-functions.ts'
import { type PairCounts, pairAt } from './count-pairs.ts'

/** Two items found together more often than chance, a before b in `PairCounts.items`. */
export interface AffinePairs {
  a: Uint32Array
  b: Uint32Array
  baskets: Uint32Array
  lift: Float64Array
  /** Lift drawn towards 1 by what few baskets can say. */
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
}

/**
 * Pairs with lift above chance. Under independence the number of baskets with both is nearly Poisson with mean
 * e = n(a)·n(b)/N; its ratio to e gets a gamma prior of mean 1, (o + k)/(e + k), whose weight k is fitted to all pairs by the method of
 * moments (empirical Bayes, DuMouchel 1999 with one component). The tests are over every pair of frequent items, those never
 * seen together included.
 */
export function affinePairs(counts: PairCounts, options: AffinityOptions = {}): AffinePairs {
  const { minBaskets = 5, falseDiscoveryRate = 0.01 } = options
  const n = counts.items.length
  const expected = (i: number, j: number) => (counts.single[i]! * counts.single[j]!) / counts.baskets
  const prior = fitPrior(counts, expected)

  const found: { i: number; j: number; p: number }[] = []
  for (let i = 0; i < n; i++)
    for (let j = i + 1; j < n; j++) {
      const both = counts.pair[pairAt(i, j, n)]!
      if (both < minBaskets) continue
      const e = expected(i, j)
      if (both > e) found.push({ i, j, p: poissonAtLeast(both, e) })
    }
  found.sort((x, y) => x.p - y.p)
  const tests = (n * (n - 1)) / 2
  const qValue = new Float64Array(found.length)
  let smallest = 1
  for (let k = found.length - 1; k >= 0; k--) {
    smallest = Math.min(smallest, (found[k]!.p * tests) / (k + 1))
    qValue[k] = smallest
  }
  const kept = found.filter((_, k) => qValue[k]! <= falseDiscoveryRate)
  const both = Uint32Array.from(kept, ({ i, j }) => counts.pair[pairAt(i, j, n)]!)
  const chance = Float64Array.from(kept, ({ i, j }) => expected(i, j))
  return {
    a: Uint32Array.from(kept, f => f.i),
    b: Uint32Array.from(kept, f => f.j),
    baskets: both,
    lift: chance.map((e, k) => both[k]! / e),
    shrunkLift: chance.map((e, k) => (both[k]! + prior) / (e + prior)),
    qValue: qValue.slice(0, kept.length),
    prior,
  }
}

/**
 * With o | ratio ~ Poisson(e·ratio) and the ratio of mean 1 and variance 1/k: E[(o − e)² − o] = e²/k. Between 0.5 (nearly raw)
 * and 50 (a hundred baskets to double a lift).
 */
function fitPrior(counts: PairCounts, expected: (i: number, j: number) => number): number {
  const n = counts.items.length
  let [excess, square] = [0, 0]
  for (let i = 0; i < n; i++)
    for (let j = i + 1; j < n; j++) {
      const e = expected(i, j)
      const o = counts.pair[pairAt(i, j, n)]!
      // Weighted by 1/e, so that the most frequent pairs do not decide alone.
      excess += ((o - e) ** 2 - o) / (e + 1)
      square += (e * e) / (e + 1)
    }
  return excess > 0 ? Math.min(50, Math.max(0.5, square / excess)) : 50
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
