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
 * The weights are those of a half-normal over the logarithm of the factor, as wide as tells most at the information of the contacts
 * planned (the horizon): 2.8/√V, V = Σ p(1 − p), which is what minimises the two-sided boundary there (Waudby-Smith et al. 2024, eq. 10).
 */
export interface Evidence {
  /** Logarithms of e-values. */
  above: number
  below: number
}

export interface EvidenceHow {
  /** Σ p(1 − p) over all contacts planned. */
  information: number
  /** A factor of the odds up to this (its logarithm, of the grid) is no difference: the null is everything nearer to 1. */
  tolerance?: number
}

/** Beyond e^600 a double overflows; long before that everything is said. */
const MOST = 600
const spreadFor = (information: number): number =>
  Math.min(2, Math.max(0.05, 2.8 / Math.sqrt(Math.max(1, information))))

function mixture(trials: Trials, { information, tolerance = 0 }: EvidenceHow, side: 1 | -1): number {
  if (trials.trials === 0) return 0
  const spread = spreadFor(information)
  const ratios = logRatios(trials)
  const base = tolerance === 0 ? 0 : logRatioAt(trials, side * tolerance)
  let total = 0
  let best = Number.NEGATIVE_INFINITY
  const terms: [number, number][] = []
  for (let j = 0; j < logFactors.length; j++) {
    const beyond = side * logFactors[j]! - tolerance
    if (j === gridCentre || beyond <= 1e-9) continue
    const weight = Math.exp(-0.5 * (beyond / spread) ** 2) * gridWidths[j]!
    total += weight
    const term = ratios[j]! - base
    best = Math.max(best, term)
    terms.push([weight, term])
  }
  if (total <= 0) return 0
  const sum = terms.reduce((s, [weight, term]) => s + (weight / total) * Math.exp(term - best), 0)
  return Math.min(MOST, best + Math.log(sum))
}

/** `soFar`: everybody contacted; `ripe`: those whose time to answer is over. */
export const evidenceOf = (soFar: Trials, ripe: Trials, how: EvidenceHow): Evidence => ({
  above: mixture(soFar, how, 1),
  below: mixture(ripe, how, -1),
})

/** Both sides as one e-value: their mean is one again. */
export function twoSided({ above, below }: Evidence): number {
  const top = Math.max(above, below)
  return top + Math.log((Math.exp(above - top) + Math.exp(below - top)) / 2)
}

/**
 * Factors of the odds that are not ruled out at any time so far (a confidence sequence, 95 %): those against which the same two-sided
 * mixture has not reached 1/α.
 */
export function factorSequence(ripe: Trials, information: number, alpha = 0.05): { low: number; high: number } {
  const least = Math.exp(logFactors[0]!)
  const most = Math.exp(logFactors.at(-1)!)
  if (ripe.trials === 0) return { low: least, high: most }
  const spread = spreadFor(information)
  const ratios = logRatios(ripe)
  const weights = logFactors.map((at, j) => Math.exp(-0.5 * (at / spread) ** 2) * gridWidths[j]!)
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
