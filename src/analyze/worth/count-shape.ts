import type { FutureMoments } from '../value/future-moments.ts'

/** As good as Poisson. */
const MOST = 1e6

/**
 * The k of a negative binomial with the mean and the chance of none of a living customer's purchases: (1 + m/k)^−k = P(Y = 0). Thinned to the
 * purchases that hold a category, its chance of none has a closed form. By bisection on ln k; where none is rarer than Poisson
 * has it, k is very large.
 */
export function countShape({ purchases, none }: FutureMoments): number {
  if (!(purchases > 0) || !(none > 0)) return MOST
  let [low, high] = [Math.log(1e-6), Math.log(MOST)]
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2
    const k = Math.exp(middle)
    if (-k * Math.log1p(purchases / k) < Math.log(none)) high = middle
    else low = middle
  }
  return Math.exp((low + high) / 2)
}
