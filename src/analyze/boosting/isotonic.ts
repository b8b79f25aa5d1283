import { sigmoid } from '../churn/logistic.ts'

/** A rising step curve from log-odds to probability; between the points straight lines. */
export interface Isotonic {
  at: number[]
  probability: number[]
}

/** Pool adjacent violators (Ayer et al. 1955), each pool at its mean score; Laplace's rule keeps pools off 0 and 1. */
export function fitIsotonic(scores: ArrayLike<number>, labels: ArrayLike<number>): Isotonic {
  const order = Uint32Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => scores[a]! - scores[b]!)
  const pools: { n: number; yes: number; score: number }[] = []
  for (const i of order) {
    pools.push({ n: 1, yes: labels[i] ? 1 : 0, score: scores[i]! })
    while (pools.length > 1) {
      const [a, b] = [pools.at(-2)!, pools.at(-1)!]
      const tied = a.score / a.n === b.score / b.n
      if (!tied && a.yes * b.n < b.yes * a.n) break
      pools.length -= 2
      pools.push({ n: a.n + b.n, yes: a.yes + b.yes, score: a.score + b.score })
    }
  }
  let highest = 0
  const probability = pools.map(pool => {
    // Laplace's rule draws small pools nearer to a half than large ones: the curve must not fall for that.
    highest = Math.max(highest, (pool.yes + 0.5) / (pool.n + 1))
    return highest
  })
  return { at: pools.map(pool => pool.score / pool.n), probability }
}

export function isotonicProbability({ at, probability }: Isotonic, score: number): number {
  let [low, high] = [0, at.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (at[middle]! < score) low = middle + 1
    else high = middle
  }
  // Beyond the outermost pools the log-odds go on with slope 1: customers there keep their order.
  if (low === 0 || low === at.length) {
    const end = low === 0 ? 0 : low - 1
    const p = probability[end]!
    return sigmoid(Math.log(p / (1 - p)) + score - at[end]!)
  }
  const part = (score - at[low - 1]!) / (at[low]! - at[low - 1]!)
  return probability[low - 1]! + part * (probability[low]! - probability[low - 1]!)
}
