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
}

/**
 * Pairs above chance. Chance is independence, e = n(a)·n(b)/N; where classes of sizes were counted, independence within each class,
 * Σ n(a, class)·n(b, class) scaled to the pairs there are in the class (as Mantel & Haenszel 1959 stratify), or else whatever customers who
 * own much have in common would look like an affinity. Under chance the number of baskets with both is nearly Poisson with mean e; its ratio to e gets a gamma
 * prior of mean 1, (o + k)/(e + k), whose weight k is fitted to all pairs by the method of moments (empirical Bayes, DuMouchel 1999 with
 * one component). The tests are over every pair of frequent items, those never seen together included.
 */
export function affinePairs(counts: PairCounts, options: AffinityOptions = {}): AffinePairs {
  const { minBaskets = 5, falseDiscoveryRate = 0.01 } = options
  const { single, pair } = counts
  const n = counts.items.length
  const expected = chanceOf(counts)

  const [is, js, ats, ps]: [number[], number[], number[], number[]] = [[], [], [], []]
  let [excess, square] = [0, 0]
  for (let i = 0, at = 0; i < n; i++) {
    const of = expected(i)
    // Chance by classes is dear: the prior is fitted to every eighth row of pairs then.
    const fits = !counts.bySize || i % 8 === 0
    for (let j = i + 1; j < n; j++, at++) {
      const o = pair[at]!
      if (o < minBaskets && !fits) continue
      const e = of(j)
      // Weighted by 1/e, so that the most frequent pairs do not decide alone.
      if (fits) {
        const weight = 1 / (e + 1)
        excess += ((o - e) * (o - e) - o) * weight
        square += e * e * weight
      }
      // A pair less surprising than the rate itself is never believed; one within 1.5 deviations need not be reckoned for that.
      if (o < minBaskets || o <= e || (o - e) * (o - e) < 2.25 * e) continue
      const p = poissonAtLeast(o, e)
      if (p > falseDiscoveryRate) continue
      is.push(i)
      js.push(j)
      ats.push(at)
      ps.push(p)
    }
  }
  // With o | ratio ~ Poisson(e·ratio) and the ratio of mean 1 and variance 1/k: E[(o − e)² − o] = e²/k. Between 0.5 (nearly
  // raw) and 50 (a hundred baskets to double a lift).
  const prior = excess > 0 ? Math.min(50, Math.max(0.5, square / excess)) : 50

  const sorted = Float64Array.from(ps).sort()
  const q = falseDiscovery(sorted, (n * (n - 1)) / 2)
  // q rises with p: the last that is believed draws the line.
  let believed = q.length
  while (believed > 0 && q[believed - 1]! > falseDiscoveryRate) believed--
  const bar = believed > 0 ? sorted[believed - 1]! : -1
  const found = Uint32Array.from(ps.keys().filter(k => ps[k]! <= bar))
  const both = Uint32Array.from(found, k => pair[ats[k]!]!)
  const chance = Float64Array.from(found, k => expected(is[k]!)(js[k]!))
  return {
    a: Uint32Array.from(found, k => is[k]!),
    b: Uint32Array.from(found, k => js[k]!),
    baskets: both,
    lift: Float64Array.from(found, (k, m) => (both[m]! * counts.baskets) / (single[is[k]!]! * single[js[k]!]!)),
    shrunkLift: chance.map((e, k) => (both[k]! + prior) / (e + prior)),
    qValue: Float64Array.from(found, k => q[lastAt(sorted, ps[k]!)]!),
    prior,
  }
}

/** Baskets with both that chance would make: of the first item, then of the second. */
function chanceOf({ baskets, single, bySize }: PairCounts): (i: number) => (j: number) => number {
  if (!bySize)
    return i => {
      const of = single[i]! / baskets
      return j => of * single[j]!
    }
  const { single: own, pairs } = bySize
  const classes = pairs.length
  const n = single.length
  // What all pairs of two different items would sum up to: ((Σ n)² − Σ n²)/2 stands for the pairs there are.
  const scale = Float64Array.from({ length: classes }, (_, c) => {
    let [sum, squares] = [0, 0]
    for (let i = 0; i < n; i++) {
      const count = own[i * classes + c]!
      sum += count
      squares += count * count
    }
    const products = (sum * sum - squares) / 2
    return products > 0 ? pairs[c]! / products : 0
  })
  const share = new Float64Array(classes)
  return i => {
    for (let c = 0; c < classes; c++) share[c] = own[i * classes + c]! * scale[c]!
    return j => {
      let e = 0
      for (let c = 0, at = j * classes; c < classes; c++, at++) e += share[c]! * own[at]!
      return e
    }
  }
}

/** Place of the last of the rising values that is this one. */
function lastAt(values: Float64Array, value: number): number {
  let [low, high] = [0, values.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (values[middle]! <= value) low = middle + 1
    else high = middle
  }
  return low - 1
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
