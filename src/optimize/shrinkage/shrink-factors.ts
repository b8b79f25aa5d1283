import { logGamma } from '../../analyze/index.ts'

/** Answers of one cell: how many were expected, how many came. */
export interface Counted {
  expected: number
  taken: number
}

/** A factor on what is expected, as believed after the answers: gamma with this shape and rate. */
export interface Factor {
  mean: number
  low: number
  high: number
}

/** Log-likelihood of the cells where each has a factor of its own from a gamma of mean 1: negative binomial, without what does not hang on the shape. */
function logLikelihood(cells: readonly Counted[], shape: number): number {
  let sum = 0
  for (const { expected, taken } of cells)
    sum +=
      logGamma(shape + taken) -
      logGamma(shape) -
      shape * Math.log1p(expected / shape) +
      taken * Math.log(expected / (shape + expected))
  return sum
}

const shapes = Array.from({ length: 61 }, (_, i) => 0.5 * 1.2 ** i)

/**
 * How much factors differ from cell to cell, as the shape of their gamma (mean 1, variance 1/shape), by marginal likelihood: empirical
 * Bayes (Robbins 1956; for rates Clayton & Kaldor 1987). Infinite where the cells differ no more than chance.
 */
export function shapeOf(cells: readonly Counted[]): number {
  const seen = cells.filter(({ expected }) => expected > 0)
  const [best] = shapes
    .map(shape => [shape, logLikelihood(seen, shape)] as const)
    .reduce((a, b) => (b[1] > a[1] + 1e-9 ? b : a))
  return seen.length < 2 || best === shapes.at(-1) ? Number.POSITIVE_INFINITY : best
}

/** What is believed of one cell: many answers speak for themselves, few leave it near 1. */
export function factorOf({ expected, taken }: Counted, shape: number): Factor {
  if (!Number.isFinite(shape)) return { mean: 1, low: 1, high: 1 }
  const [a, rate] = [shape + taken, shape + expected]
  return { mean: a / rate, low: quantile(a, rate, -1.959964), high: quantile(a, rate, 1.959964) }
}

/** Of a gamma, by Wilson and Hilferty (1931): off by less than 1 % from a shape of 1 on. */
const quantile = (shape: number, rate: number, z: number): number =>
  (shape * Math.max(0, 1 - 1 / (9 * shape) + z / (3 * Math.sqrt(shape))) ** 3) / rate
