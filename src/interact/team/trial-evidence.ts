/**
 * Evidence that two variants differ which may be looked at after every call. The split is random and knows nothing of what happens, so
 * if the variants do the same, each task with a success is B's with probability `share`, whatever the successes so far: a coin of known
 * bias. The likelihood ratio of a beta mixture of other biases is then a martingale of mean 1 (Robbins 1970; Lindon & Malek 2022,
 * "Anytime-valid inference for multinomial count data"), and 1 over the greatest it has ever been is a p value valid at any time (Ville).
 */

/** Weight of the prior, in successes: tells most about one to two hundred of them. */
const PRIOR = 40

/** Lanczos (1964) with g = 7, n = 9: relative error under 1e-14 for positive arguments. */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]

function logGamma(x: number): number {
  const shifted = x - 1
  const series = LANCZOS.reduce((sum, factor, i) => (i === 0 ? factor : sum + factor / (shifted + i)), 0)
  const t = shifted + 7.5
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(t) - t + Math.log(series)
}

const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b)

/** Logarithm of the e-value after `a` successes of A and `b` of B. */
export function logEvidence(a: number, b: number, share: number): number {
  const [priorA, priorB] = [PRIOR * (1 - share), PRIOR * share]
  return logBeta(priorA + a, priorB + b) - logBeta(priorA, priorB) - a * Math.log(1 - share) - b * Math.log(share)
}

/** Always-valid p of successes in the order in which they came. */
export function alwaysValidP(successes: Iterable<'a' | 'b'>, share: number): number {
  let [a, b, most] = [0, 0, 0]
  for (const variant of successes) {
    if (variant === 'a') a++
    else b++
    most = Math.max(most, logEvidence(a, b, share))
  }
  return Math.exp(-most)
}
