import { logGamma } from '../../analyze/index.ts'

/** Answers of one group: how many were expected, how many came. */
export interface Counted {
  expected: number
  taken: number
}

/** A factor on what is expected, as believed after the answers, with its 95 % interval. */
export interface Factor {
  mean: number
  low: number
  high: number
}

/** How much the factors of groups differ, as far as the answers tell: shapes of their gamma, each with the centre that goes with it. */
export interface Spread {
  shapes: readonly { shape: number; centre: number; centreVariance: number; weight: number }[]
}

/** Shapes from one that lets factors differ tenfold to one that lets them differ by half a percent. */
const shapes = Array.from({ length: 56 }, (_, i) => 0.7 * 1.2 ** i)
/** Standard deviation of factors believed beforehand, of the group's and of their centre's about 1. */
const USUAL_SPREAD = 0.5

/** Log-likelihood of groups whose factors come from a gamma of that mean: negative binomial, without what hangs on neither shape nor centre. */
function logLikelihood(groups: readonly Counted[], shape: number, centre: number): number {
  const rate = shape / centre
  let sum = 0
  for (const { expected, taken } of groups)
    sum +=
      logGamma(shape + taken) -
      logGamma(shape) -
      shape * Math.log1p(expected / rate) +
      taken * Math.log(expected / (rate + expected))
  return sum
}

/** The common factor, drawn to 1 by what is believed beforehand: groups weigh by what they tell of it. */
function centreFor(groups: readonly Counted[], shape: number): { centre: number; centreVariance: number } {
  const before = 1 / USUAL_SPREAD ** 2
  let centre = 1
  let weight = before
  for (let round = 0; round < 3; round++) {
    let top = before
    weight = before
    for (const { expected, taken } of groups) {
      const told = 1 / (centre / expected + centre ** 2 / shape)
      weight += told
      top += told * (taken / expected)
    }
    centre = Math.max(0.02, top / weight)
  }
  return { centre, centreVariance: 1 / weight }
}

/**
 * Empirical Bayes for rates (Robbins 1956; Clayton & Kaldor 1987): factors come from a gamma whose shape is learned from how much the
 * groups differ beyond chance. Every shape counts by its marginal likelihood instead of the best one alone, so that few groups do not
 * pass for groups that are all alike and the intervals hold what is not known of the shape either (Gelman 2006 for the half-normal on the
 * standard deviation). `centred`: the factors are about 1, else about a centre of their own, learned too.
 */
export function spreadOf(groups: readonly Counted[], centred: boolean): Spread {
  const seen = groups.filter(({ expected }) => expected > 0)
  const rows = shapes.map(shape => {
    const about = centred ? { centre: 1, centreVariance: 0 } : centreFor(seen, shape)
    const { centre } = about
    // Of the standard deviation 1/√shape, over shapes that are evenly spread by their logarithm; and of the centre.
    const before =
      -0.5 * Math.log(shape) - 1 / shape / (2 * USUAL_SPREAD ** 2) - (centre - 1) ** 2 / (2 * USUAL_SPREAD ** 2)
    return { shape, ...about, log: logLikelihood(seen, shape, centre) + before }
  })
  const top = Math.max(...rows.map(row => row.log))
  const total = rows.reduce((sum, row) => sum + Math.exp(row.log - top), 0)
  return {
    shapes: rows
      .map(({ log, ...row }) => ({ ...row, weight: Math.exp(log - top) / total }))
      .filter(({ weight }) => weight > 1e-6),
  }
}

/** What is believed of one group: many answers speak for themselves, few leave it near the centre. */
export function factorOf({ expected, taken }: Counted, { shapes: believed }: Spread): Factor {
  const parts = believed.map(({ shape, centre, centreVariance, weight }) => {
    const [a, rate] = [shape + taken, shape / centre + expected]
    // How far the centre is off counts by the share that it has in the mean.
    const share = shape / centre / rate
    return { weight, mean: a / rate, variance: a / rate ** 2 + (share * (a / rate / centre)) ** 2 * centreVariance }
  })
  const mean = parts.reduce((sum, part) => sum + part.weight * part.mean, 0)
  const variance = parts.reduce((sum, part) => sum + part.weight * (part.variance + (part.mean - mean) ** 2), 0)
  const [shape, rate] = [mean ** 2 / variance, mean / variance]
  return { mean, low: quantile(shape, rate, -1.959964), high: quantile(shape, rate, 1.959964) }
}

/** Of a gamma, by Wilson and Hilferty (1931): off by less than 1 % from a shape of 1 on. */
const quantile = (shape: number, rate: number, z: number): number =>
  (shape * Math.max(0, 1 - 1 / (9 * shape) + z / (3 * Math.sqrt(shape))) ** 3) / rate
