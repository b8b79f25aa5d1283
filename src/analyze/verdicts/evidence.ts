import { gridCentre, gridWidths, logFactors, logRatioAt, logRatios, type Trials } from './odds-grid.ts'

/**
 * Evidence that may be looked at as often as anybody likes. Under the null, “answers come with the probabilities predicted”, the
 * likelihood ratio of any other factor of the odds is a martingale of mean 1, and so is a mixture of such ratios with weights fixed
 * beforehand (Robbins 1970; Howard, Ramdas, McAuliffe & Sekhon 2021): by Ville's inequality it exceeds 1/α at any time at all with
 * probability α at most.
 *
 * Answers come late, and how late nobody knows beforehand. “More than predicted” counts everybody contacted so far and the answers so
 * far: of those still to come it takes the worst, so it never exceeds the expectation of what it will be, a martingale. “Fewer than
 * predicted” counts only those whose time to answer is over. No curve of delays is assumed.
 *
 * The weights are fixed once for all: half-normals over the logarithm of the factor, of several widths, each as likely (Robbins's mixture
 * over scales). One half-normal tuned to the contacts planned would tell a little more of one campaign, but plans follow from the
 * answers of earlier ones: weights that change with them are not fixed beforehand, and the guarantee over turns would be lost.
 */
export interface Evidence {
  /** Logarithms of e-values. */
  above: number
  below: number
}

/** Beyond e^600 a double overflows; long before that everything is said. */
const MOST = 600
/** Of the logarithm of the factor: from what thousands of answers tell to what a handful does. */
const WIDTHS = [0.1, 0.2, 0.4, 0.8, 1.6]
/** Density of the mixture at so far from no difference, without what is common to all. */
const density = (beyond: number): number =>
  WIDTHS.reduce((sum, width) => sum + Math.exp(-0.5 * (beyond / width) ** 2) / width, 0)

function mixture(trials: Trials, tolerance: number, side: 1 | -1): number {
  if (trials.trials === 0) return 0
  const ratios = logRatios(trials)
  const base = tolerance === 0 ? 0 : logRatioAt(trials, side * tolerance)
  let total = 0
  let best = Number.NEGATIVE_INFINITY
  const terms: [number, number][] = []
  for (let j = 0; j < logFactors.length; j++) {
    const beyond = side * logFactors[j]! - tolerance
    if (j === gridCentre || beyond <= 1e-9) continue
    const weight = density(beyond) * gridWidths[j]!
    total += weight
    const term = ratios[j]! - base
    best = Math.max(best, term)
    terms.push([weight, term])
  }
  if (total <= 0) return 0
  const sum = terms.reduce((s, [weight, term]) => s + (weight / total) * Math.exp(term - best), 0)
  return Math.min(MOST, best + Math.log(sum))
}

/**
 * `soFar`: everybody contacted; `ripe`: those whose time to answer is over. `tolerance`: a factor of the odds up to this (its logarithm, of the
 * grid) is no difference: the null is everything nearer to 1.
 */
export const evidenceOf = (soFar: Trials, ripe: Trials, tolerance = 0): Evidence => ({
  above: mixture(soFar, tolerance, 1),
  below: mixture(ripe, tolerance, -1),
})

/** Mean of e-values, which is one again whatever hangs on what; in and out as logarithms. */
export function meanOfLogs(logs: readonly number[]): number {
  const top = Math.max(...logs)
  return top + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - top), 0) / logs.length)
}

/** As odds: JSON has no infinity, and nobody reads odds beyond a million. */
export const oddsOf = (log: number): number => Math.exp(Math.min(Math.log(1e6), Math.max(-10, log)))

/** Both sides as one e-value. */
export const twoSided = ({ above, below }: Evidence): number => meanOfLogs([above, below])

/**
 * Factors of the odds that are not ruled out at any time so far (a confidence sequence, 95 %): those against which the same two-sided
 * mixture has not reached 1/α.
 */
export function factorSequence(ripe: Trials, alpha = 0.05): { low: number; high: number } {
  const least = Math.exp(logFactors[0]!)
  const most = Math.exp(logFactors.at(-1)!)
  if (ripe.trials === 0) return { low: least, high: most }
  const ratios = logRatios(ripe)
  const weights = logFactors.map((at, j) => density(at) * gridWidths[j]!)
  const total = weights.reduce((a, b) => a + b, 0)
  const best = Math.max(...ratios)
  const mixed = best + Math.log(ratios.reduce((s, r, j) => s + (weights[j]! / total) * Math.exp(r - best), 0))
  const held = (at: number): boolean => mixed - logRatioAt(ripe, at) < Math.log(1 / alpha)
  const peak = peakOf(ripe)
  return { low: Math.exp(edge(peak, logFactors[0]!, held)), high: Math.exp(edge(peak, logFactors.at(-1)!, held)) }
}

/** The ratio rises to one peak and falls again. */
function peakOf(trials: Trials): number {
  let [low, high] = [logFactors[0]!, logFactors.at(-1)!]
  for (let i = 0; i < 60; i++) {
    const [a, b] = [low + (high - low) / 3, high - (high - low) / 3]
    if (logRatioAt(trials, a) < logRatioAt(trials, b)) low = a
    else high = b
  }
  return (low + high) / 2
}

function edge(inside: number, outside: number, held: (at: number) => boolean): number {
  if (held(outside)) return outside
  let [near, far] = [inside, outside]
  for (let i = 0; i < 40; i++) {
    const middle = (near + far) / 2
    if (held(middle)) near = middle
    else far = middle
  }
  return near
}
