import { bgNbd } from '../value/bg-nbd.ts'
import { fitRepeatModel } from '../value/fit-repeat-model.ts'
import type { FittedModel } from '../value/fitted-model.ts'
import { forecast } from '../value/forecast.ts'
import { type HoldoutErrors, holdoutErrors } from '../value/holdout-errors.ts'
import { mbgNbd } from '../value/mbg-nbd.ts'
import { paretoNbd } from '../value/pareto-nbd.ts'
import type { RepeatModel } from '../value/repeat-model.ts'
import { learnHiatus, type RuleResult, simpleRules } from '../value/simple-rules.ts'
import { distinctSummaries } from '../value/summaries.ts'
import type { Histories } from './histories.ts'
import { type Known, knownAt } from './known-at.ts'
import { calibratedLength, type Tried } from './level.ts'
import type { SeasonClock } from './season-clock.ts'

/** The models of purchases at any time that a turn chooses from. */
export const rivalModels: readonly RepeatModel[] = [bgNbd, mbgNbd, paretoNbd]

/** Two stretches one after the other before `asOf`: what the first teaches of the level is tested on the second. */
export interface Windows {
  asOf: number
  days: number
}

export interface Rival {
  model: RepeatModel
  /** On everything known. */
  fit: FittedModel
  aic: number
  /** On the second stretch, by a fit on what came before it; null where there is no holdout. */
  holdout: HoldoutErrors | null
  second: Tried | null
}

/** A quarter of what is known, at most a year; undefined where that is under a month. */
export function windowsOf(asOf: number, firstDay: number): Windows | undefined {
  const days = Math.min(365, Math.floor((asOf - firstDay) / 4))
  return days < 28 ? undefined : { asOf, days }
}

/** Fits one model on everything, and once on less to see what it makes of what followed. */
export function tryRival(
  model: RepeatModel,
  histories: Histories,
  clock: SeasonClock,
  asOf: number,
  windows: Windows | undefined,
): Rival {
  const fit = fitOf(model, knownAt(histories, clock, asOf, asOf))
  const aic = 2 * model.parameters.length - 2 * fit.logLikelihood
  const second =
    windows && fit.converged ? tryAt(model, histories, clock, windows.asOf - windows.days, windows.days) : null
  return { model, fit, aic, second: second ?? null, holdout: second ? errorsOf(model, second, 1) : null }
}

export interface Levelled {
  /** The holdout by the level that the stretch before it taught. */
  holdout: HoldoutErrors
  /** What both stretches teach together for the time to come. */
  level: number
}

/** How far off the level was in the first stretch, what that makes of the second, and what both teach. */
export function levelOf(
  { model, second }: Rival,
  histories: Histories,
  clock: SeasonClock,
  windows: Windows,
): Levelled | undefined {
  const first = tryAt(model, histories, clock, windows.asOf - 2 * windows.days, windows.days)
  if (!first || !second) return undefined
  return {
    holdout: errorsOf(model, second, calibratedLength(model, [first])),
    level: calibratedLength(model, [first, second]),
  }
}

function tryAt(
  model: RepeatModel,
  histories: Histories,
  clock: SeasonClock,
  origin: number,
  days: number,
): Tried | undefined {
  const known = knownAt(histories, clock, origin, origin + days)
  const fit = fitOf(model, known)
  return fit.converged ? { known, parameters: fit.parameters, length: clock.between(origin, origin + days) } : undefined
}

function errorsOf(model: RepeatModel, { known, parameters, length }: Tried, level: number): HoldoutErrors {
  const said = forecast(model, parameters, known, length * level)
  return holdoutErrors(said.expected, i => said.active[i]! >= 0.5, known.later, said.logScore)
}

/** What the rules a manager would use make of the second stretch. */
export function rulesOf(histories: Histories, windows: Windows, plain: SeasonClock): RuleResult[] {
  const end = windows.asOf - windows.days
  const known = knownAt(histories, plain, end, windows.asOf)
  return simpleRules(known, windows.days, learnHiatus(histories, end - 1, 1))
}

const fitOf = (model: RepeatModel, known: Known): FittedModel =>
  fitRepeatModel(model, distinctSummaries(known.x, known.tx, known.T), { prior: true })
