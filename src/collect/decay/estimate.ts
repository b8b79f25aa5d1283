/**
 * How fast values go wrong, from when they were seen right and when they were found changed. A value lives exponentially with a hazard λ
 * a month; what is seen of it is a time it held (right-censored) or a span inside of which it changed (interval-censored), so
 *
 *     log L(λ) = −λ·held + Σ n·log(1 − e^(−λ·gap))          (a change seen at once: log λ)
 *
 * which is concave in λ. A source is shrunk to its field by a gamma prior whose strength is fitted over the sources (empirical Bayes,
 * negative-binomial marginal), the field to the 2.5 % a month that the trade reports, worth one change seen.
 */

export interface Observed {
  source: string
  /** Months during which values were known to hold. */
  held: number
  /** Changes: how many months before being found they could have happened, and how many of them. */
  changes: readonly { gap: number; count: number }[]
}

export interface Rate {
  /** Hazard a month; the share lost in a month is 1 − e^(−rate). */
  rate: number
  /** 90 % interval. */
  low: number
  high: number
}

export interface DecayRate extends Rate {
  /** '' is the field over all sources. */
  source: string
  changes: number
  months: number
}

interface Prior {
  shape: number
  /** Months. */
  rate: number
}

/** 2.5 % a month, believed as much as one change in forty months. */
export const TRADE: Prior = { shape: 1, rate: 1 / -Math.log(1 - 0.025) }
const Z90 = 1.6449
const LOWEST = 1e-7
const HIGHEST = 20
/** Below it the two forms are the same to twelve digits, and the second one overflows. */
const AT_ONCE = 1e-6

const score = (λ: number, { held, changes }: Observed, prior: Prior): number =>
  prior.shape / λ -
  prior.rate -
  held +
  changes.reduce((sum, { gap, count }) => sum + count * (λ * gap < AT_ONCE ? 1 / λ : gap / Math.expm1(λ * gap)), 0)

/** Of the score, negated; e^x/(e^x − 1)² is written so that it does not overflow. */
const information = (λ: number, { changes }: Observed, prior: Prior): number =>
  prior.shape / λ ** 2 +
  changes.reduce((sum, { gap, count }) => {
    if (λ * gap < AT_ONCE) return sum + count / λ ** 2
    const half = Math.sinh(Math.min(350, (λ * gap) / 2))
    return sum + (count * gap ** 2) / (4 * half ** 2)
  }, 0)

/** Posterior mode and its interval on the log scale, where the likelihood is nearest to a normal one. */
export function fitRate(seen: Observed, prior: Prior): Rate {
  let low = Math.log(LOWEST)
  let high = Math.log(HIGHEST)
  for (let step = 0; step < 80; step++) {
    const middle = (low + high) / 2
    if (score(Math.exp(middle), seen, prior) > 0) low = middle
    else high = middle
  }
  const rate = Math.exp((low + high) / 2)
  const error = 1 / (rate * Math.sqrt(information(rate, seen, prior)))
  return { rate, low: rate * Math.exp(-Z90 * error), high: rate * Math.exp(Z90 * error) }
}

const countOf = ({ changes }: Observed): number => changes.reduce((sum, { count }) => sum + count, 0)

/** Rates of a field: over all sources first, then of each source. */
export function estimateDecay(sources: readonly Observed[]): DecayRate[] {
  const all: Observed = {
    source: '',
    held: sources.reduce((sum, { held }) => sum + held, 0),
    changes: sources.flatMap(({ changes }) => changes),
  }
  const field = fitRate(all, TRADE)
  const strength = likeness(sources, field.rate)
  const prior: Prior = { shape: strength, rate: strength / field.rate }
  const described = (seen: Observed, rate: Rate): DecayRate => ({
    ...rate,
    source: seen.source,
    changes: countOf(seen),
    months: seen.held + seen.changes.reduce((sum, { gap, count }) => sum + (gap * count) / 2, 0),
  })
  return [described(all, field), ...sources.map(seen => described(seen, fitRate(seen, prior)))]
}

/** How alike the sources are: the changes that the field's rate counts for in each source's. */
function likeness(sources: readonly Observed[], rate: number): number {
  const flat: Prior = { shape: 1e-3, rate: 1e-3 }
  const told = sources.map(seen => {
    const events = countOf(seen)
    // The exposure under which the exponential likelihood has the same mode.
    const exposure = events === 0 ? seen.held : events / fitRate(seen, flat).rate
    return { events, exposure }
  })
  let best = { strength: 1, likelihood: Number.NEGATIVE_INFINITY }
  for (let step = 0; step <= 24; step++) {
    const strength = 10 ** (-0.5 + step / 8)
    const scale = strength / rate
    const likelihood = told.reduce(
      (sum, { events, exposure }) =>
        sum +
        logGamma(events + strength) -
        logGamma(strength) +
        strength * Math.log(scale) -
        (events + strength) * Math.log(exposure + scale),
      0,
    )
    if (likelihood > best.likelihood) best = { strength, likelihood }
  }
  return best.strength
}

/** Stirling's series (DLMF 5.11.1) after shifting the argument above 8: 1e-10. */
function logGamma(given: number): number {
  let x = given
  let shift = 0
  while (x < 8) shift -= Math.log(x++)
  return shift + (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * x) - 1 / (360 * x ** 3)
}

/** Probability that a value seen right so many months ago still holds, with the interval of the rate. */
export function holdsAfter(
  { rate, low, high }: Rate,
  months: number,
): { probability: number; low: number; high: number } {
  const age = Math.max(0, months)
  return { probability: Math.exp(-rate * age), low: Math.exp(-high * age), high: Math.exp(-low * age) }
}

export const DAYS_A_MONTH = 30.4369
