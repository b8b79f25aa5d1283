import { type Clock, companyClock, daysFor, timeBetween } from './company-clock.ts'
import { firstAtLeast } from './conformal.ts'
import type { Histories } from './histories.ts'

/**
 * Longer silent than usual. Time is the company's own, which runs faster in its season (company-clock.ts). The logarithms of a customer's gaps between purchase days are normal with a mean and a spread of their own, both
 * drawn towards everybody's (normal-inverse-gamma prior, so that two gaps are not taken for a rhythm); the next gap is then Student-t.
 * A false alarm is one about a customer who comes back by themselves: the threshold is the score that completed gaps of the past reached
 * no more often than the rate chosen, per customer and window of watching. Those who never came back do not raise it.
 */
interface Prior {
  mean: number
  /** Weight of the prior mean in gaps, degrees of freedom and scale of the prior spread. */
  kappa: number
  nu: number
  variance: number
}

/** Earlier dates looked at in every window: they share customers, but each is as good a look as any. */
const DATES_A_WINDOW = 3
/** Gaps known before one is judged. */
const LEAST_GAPS = 2
const logGap = (days: number): number => Math.log(Math.max(days, 0.5))

/** What was learned of the past. */
export interface SilenceModel {
  prior: Prior
  /** Reached by a silence, it is an alarm; Infinity where the past is too short to hold the rate. */
  score: number
  clock: Clock
  /** Customer-windows it was learned from. */
  learnedFrom: number
  /** Scores of customers who came back, ascending: the false alarms there would have been. */
  cameBack: Float64Array
}

export interface Silent {
  who: number
  days: number
  usual: number
  /** Days at which it became an alarm. */
  limit: number
  p: number
}

/** Every gap with enough gaps before it: what was expected of it, where it ended. */
interface Gaps {
  who: Uint32Array
  /** Day of the purchase, and of the next one or the date. */
  from: Int32Array
  until: Int32Array
  /** Time between the two by the company's clock. */
  length: Float64Array
  open: Uint8Array
  mean: Float64Array
  scale: Float64Array
  nu: Float64Array
}

/** null: too few customers with a rhythm to learn from. */
export function learnSilence(
  h: Histories,
  asOf: number,
  window: number,
  alpha: number,
  past = 730,
): SilenceModel | null {
  const clock = companyClock(h, asOf)
  const prior = priorOf(h, clock)
  if (!prior) return null
  const gaps = judgedGaps(h, asOf, prior, clock)
  // As a turn would have looked at earlier dates; the last window is this turn's, and who crossed in it may still come back.
  const dates: number[] = []
  for (let date = asOf - window; date >= asOf - past; date -= window / DATES_A_WINDOW) dates.push(date)
  const rate = (score: number): { falseAlarms: number; windows: number } => {
    let falseAlarms = 0
    let windows = 0
    for (let i = 0; i < gaps.who.length; i++) {
      const limit = lengthAt(gaps, i, score)
      const from = gaps.from[i]!
      const until = gaps.until[i]!
      for (const date of dates) {
        if (date <= from || date > until || limit <= timeBetween(clock, from, date - window)) continue
        const silent = timeBetween(clock, from, date)
        windows++
        if (limit <= silent && !gaps.open[i]) falseAlarms++
      }
    }
    return { falseAlarms, windows }
  }
  // Bisection: the higher the score asked for, the rarer the false alarm.
  let [low, high] = [0, 12]
  for (let round = 0; round < 18; round++) {
    const middle = (low + high) / 2
    const { falseAlarms, windows } = rate(middle)
    if (falseAlarms > alpha * windows) low = middle
    else high = middle
  }
  const { windows } = rate(high)
  const cameBack = comeBacks(gaps, dates, clock)
  const enough = alpha * windows >= 1
  return {
    prior,
    clock,
    score: enough ? high : Number.POSITIVE_INFINITY,
    learnedFrom: windows,
    cameBack,
  }
}

/** Scores that silences had reached at the dates, of those who came back afterwards; each silence once, where it was longest. */
function comeBacks(gaps: Gaps, dates: readonly number[], clock: Clock): Float64Array {
  const scores: number[] = []
  for (let i = 0; i < gaps.who.length; i++) {
    if (gaps.open[i]) continue
    const last = dates.find(date => date <= gaps.until[i]!)
    if (last !== undefined && last > gaps.from[i]!)
      scores.push(scoreOf(gaps, i, timeBetween(clock, gaps.from[i]!, last)))
  }
  return Float64Array.from(scores).sort()
}

/** Those whose silence became an alarm within the window, and how many were watched. Who was in alarm before is not found again. */
export function findSilent(
  h: Histories,
  asOf: number,
  window: number,
  model: SilenceModel,
): { watched: number; found: Silent[] } {
  const { clock } = model
  const gaps = judgedGaps(h, asOf, model.prior, clock)
  const found: Silent[] = []
  let watched = 0
  for (let i = 0; i < gaps.who.length; i++) {
    if (!gaps.open[i]) continue
    const limit = Number.isFinite(model.score) ? lengthAt(gaps, i, model.score) : Number.POSITIVE_INFINITY
    const from = gaps.from[i]!
    const silent = gaps.length[i]!
    if (limit <= timeBetween(clock, from, asOf - window)) continue
    watched++
    if (limit > silent) continue
    const longer = model.cameBack.length - firstAtLeast(model.cameBack, scoreOf(gaps, i, silent))
    found.push({
      who: gaps.who[i]!,
      days: asOf - from,
      usual: daysFor(clock, from, Math.exp(gaps.mean[i]!)),
      limit: daysFor(clock, from, limit),
      p: (1 + longer) / (1 + model.learnedFrom),
    })
  }
  return { watched, found }
}

/** Student's t as a normal deviate (Wallace 1959): right to 0.02 from two degrees of freedom on. */
const shrinkT = (nu: number): number => (8 * nu + 1) / (8 * nu + 3)

function scoreOf({ mean, scale, nu }: Gaps, i: number, days: number): number {
  const t = (logGap(days) - mean[i]!) / scale[i]!
  return Math.sign(t) * shrinkT(nu[i]!) * Math.sqrt(nu[i]! * Math.log1p((t * t) / nu[i]!))
}

/** Length of the gap at which its score is reached. */
function lengthAt({ mean, scale, nu }: Gaps, i: number, score: number): number {
  const z = score / shrinkT(nu[i]!)
  const t = Math.sqrt(nu[i]! * Math.expm1((z * z) / nu[i]!))
  return Math.exp(mean[i]! + t * scale[i]!)
}

/** By moments over customers with at least four gaps: spread within customers, spread of their means. */
function priorOf(h: Histories, clock: Clock): Prior | null {
  let customers = 0
  let sumMean = 0
  let sumSquares = 0
  let within = 0
  let freedom = 0
  for (let i = 0; i < h.ids.length; i++) {
    const [a, b] = [h.start[i]!, h.start[i + 1]!]
    const days = purchaseDays(h, a, b)
    const n = days.length - 1
    if (n < 4) continue
    const logs = days.slice(1).map((day, k) => logGap(timeBetween(clock, days[k]!, day)))
    const mean = logs.reduce((s, v) => s + v, 0) / n
    within += logs.reduce((s, v) => s + (v - mean) ** 2, 0)
    freedom += n - 1
    customers++
    sumMean += mean
    sumSquares += mean * mean
  }
  if (customers < 30) return null
  const mean = sumMean / customers
  const variance = within / freedom
  const between = Math.max(sumSquares / customers - mean * mean - variance / 6, variance / 50)
  return { mean, kappa: variance / between, nu: 4, variance }
}

function purchaseDays(h: Histories, from: number, to: number): number[] {
  const days: number[] = []
  for (let row = from; row < to; row++) if (h.bought[row]! > 0) days.push(h.day[row]!)
  return days
}

function judgedGaps(h: Histories, asOf: number, prior: Prior, clock: Clock): Gaps {
  const columns = {
    who: [] as number[],
    from: [] as number[],
    until: [] as number[],
    length: [] as number[],
    open: [] as number[],
    mean: [] as number[],
    scale: [] as number[],
    nu: [] as number[],
  }
  for (let i = 0; i < h.ids.length; i++) {
    const days = purchaseDays(h, h.start[i]!, h.start[i + 1]!)
    let n = 0
    let mean = 0
    let squares = 0
    for (let k = 0; k < days.length; k++) {
      if (n >= LEAST_GAPS) {
        // Posterior of the normal-inverse-gamma prior; predictive of the next gap.
        const kappa = prior.kappa + n
        const nu = prior.nu + n
        const centre = (prior.kappa * prior.mean + n * mean) / kappa
        const sum = prior.nu * prior.variance + squares + ((prior.kappa * n) / kappa) * (mean - prior.mean) ** 2
        columns.who.push(i)
        columns.from.push(days[k]!)
        columns.until.push(days[k + 1] ?? asOf)
        columns.length.push(timeBetween(clock, days[k]!, days[k + 1] ?? asOf))
        columns.open.push(k === days.length - 1 ? 1 : 0)
        columns.mean.push(centre)
        columns.scale.push(Math.sqrt((sum / nu) * (1 + 1 / kappa)))
        columns.nu.push(nu)
      }
      const next = days[k + 1]
      if (next === undefined) break
      const log = logGap(timeBetween(clock, days[k]!, next))
      n++
      const off = log - mean
      mean += off / n
      squares += off * (log - mean)
    }
  }
  return {
    who: Uint32Array.from(columns.who),
    from: Int32Array.from(columns.from),
    until: Int32Array.from(columns.until),
    length: Float64Array.from(columns.length),
    open: Uint8Array.from(columns.open),
    mean: Float64Array.from(columns.mean),
    scale: Float64Array.from(columns.scale),
    nu: Float64Array.from(columns.nu),
  }
}
