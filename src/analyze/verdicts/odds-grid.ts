/**
 * How far the odds of an answer may lie from those predicted: the logarithms of the factors that are weighed. The engine adds up
 * log(1 + (θ − 1) p) at each of them, so that trials of unlike probability need not leave it one by one.
 */
const steps = [0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.65, 0.8, 1, 1.3, 1.6, 2]
export const logFactors: readonly number[] = [...steps.map(step => -step).reverse(), 0, ...steps]
export const factors: readonly number[] = logFactors.map(Math.exp)
const CENTRE = steps.length

/** Trials of known probabilities p and what came of them. */
export interface Trials {
  trials: number
  /** Σ p. */
  expected: number
  taken: number
  /** Σ log(1 + (θ − 1) p), for each of `factors`. */
  logs: readonly number[]
}

export const noTrials = (): Trials => ({ trials: 0, expected: 0, taken: 0, logs: logFactors.map(() => 0) })

export const addTrials = (a: Trials, b: Trials): Trials => ({
  trials: a.trials + b.trials,
  expected: a.expected + b.expected,
  taken: a.taken + b.taken,
  logs: a.logs.map((value, j) => value + b.logs[j]!),
})

/** Of single trials, in memory. */
export function trialsOf(probabilities: ArrayLike<number>, taken: number): Trials {
  const logs = logFactors.map(() => 0)
  let expected = 0
  for (let i = 0; i < probabilities.length; i++) {
    const p = probabilities[i]!
    expected += p
    for (let j = 0; j < logs.length; j++) logs[j] = logs[j]! + Math.log1p((factors[j]! - 1) * p)
  }
  return { trials: probabilities.length, expected, taken, logs }
}

/** Log-likelihood ratio of “the odds are θ times those predicted” to “as predicted”, at each of the factors. */
export const logRatios = ({ taken, logs }: Trials): number[] => logFactors.map((log, j) => taken * log - logs[j]!)

/** At any log-factor, between those of the grid by a straight line in θ (the sum is smooth there: off by < 0.1 % of it). */
export function logRatioAt({ taken, logs }: Trials, logFactor: number): number {
  const at = Math.min(Math.max(logFactor, logFactors[0]!), logFactors.at(-1)!)
  let j = 1
  while (j < logFactors.length - 1 && logFactors[j]! < at) j++
  const share = (Math.exp(at) - factors[j - 1]!) / (factors[j]! - factors[j - 1]!)
  return taken * at - ((1 - share) * logs[j - 1]! + share * logs[j]!)
}

/** SQL: the sums of one group over the column of probabilities; parameter `factors`. */
export const logSumsSql = (p: string, when = '1'): string =>
  `sumForEachIf(arrayMap(t -> log1p((t - 1) * ${p}), {factors:Array(Float64)}), ${when})`

/** Width of the grid about each point: what its weight in a mixture stands for. */
export const gridWidths: readonly number[] = logFactors.map((at, j) => {
  const before = logFactors[j - 1] ?? at
  const next = logFactors[j + 1] ?? at
  return (next - before) / 2
})

export const gridCentre = CENTRE
