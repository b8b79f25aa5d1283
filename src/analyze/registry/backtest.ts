import type { Progress } from '../../platform/app.ts'
import type { Facts } from '../../platform/stores/facts/index.ts'
import {
  better,
  type ChurnModel,
  type LearnerId,
  scoreChurn,
  trainCandidates,
  unseenMetrics,
} from '../churn/candidates.ts'
import { auc, byScore, type CalibrationBin } from '../churn/metrics.ts'
import { definitionParams } from '../churn/population-sql.ts'
import { inSeason, readSeason } from '../churn/season.ts'
import { trainingSet } from '../churn/training-set.ts'
import { totalError } from '../judge/statistics.ts'
import { predictors } from '../models/buyers.ts'
import { matrixOf } from '../models/churn-of-buyers.ts'
import { daysBefore } from '../models/dates.ts'
import type { ChurnSettings } from './churn-settings.ts'

export interface BacktestInput {
  identityRun: number
  /** Nothing at or after this day is used. */
  asOf: string
  settings: ChurnSettings
  dates: number
  customers: number
  /** The version in use: what it would have said on the same days stands beside. */
  inUse?: ChurnModel | null
}

export interface Backtested {
  learner: LearnerId
  asOf: string
  until: string
  trainedOn: number
  judgedOn: number
  metrics: Record<string, number>
  deciles: CalibrationBin[]
}

const MOST_ROWS = 100_000
/** Dates lie so far apart at most: seasons differ, and a year holds four quarters. */
const STEP_DAYS = 90

/**
 * The past, again and again: as of each of several dates the learners are trained on what was known by then, score the customers of
 * that day, and are set against what followed, beside the simple rule (the longest silence leaves first).
 */
export async function backtestChurn(facts: Facts, input: BacktestInput, progress: Progress): Promise<Backtested[]> {
  const { definition, learners } = input.settings
  const { days } = definition
  const step = Math.min(days, STEP_DAYS)
  const slices = Math.max(1, Math.ceil(input.customers / MOST_ROWS))
  const ids = predictors.map(p => p.id)
  const known = new Map<string, Promise<{ matrix: ReturnType<typeof matrixOf>; labels: Uint8Array }>>()
  const asOfDay = (asOf: string) => {
    let set = known.get(asOf)
    if (!set) {
      set = facts
        .columns(
          trainingSet(ids, definition),
          {
            ...{ identityRun: input.identityRun, asOf, until: daysBefore(asOf, -days), slices, slice: 0 },
            ...definitionParams(definition),
          },
          { settings: { optimize_aggregation_in_order: 1 } },
        )
        .then(rows => ({ matrix: matrixOf(rows), labels: Uint8Array.from(rows.f64('gone')) }))
      known.set(asOf, set)
    }
    return set
  }
  const found: Backtested[] = []
  for (let k = 0; k < input.dates; k++) {
    progress(k, input.dates)
    const asOf = daysBefore(input.asOf, days + k * step)
    const before = await asOfDay(daysBefore(asOf, days))
    const after = await asOfDay(asOf)
    const yes = after.labels.reduce((sum, v) => sum + v, 0)
    if (yes === 0 || yes === after.labels.length) break
    const trained = await trainCandidates(before.matrix, before.labels, learners)
    // Further back there is still less to learn from.
    if ('problem' in trained) break
    const season =
      definition.kind === 'silence'
        ? await readSeason(facts, { identityRun: input.identityRun, asOf, days, slices, slice: 0 })
        : 1
    const chosen = better(trained, input.settings.promotion.errors)
    const sumOf = (said: Float64Array) => said.reduce((sum, p) => sum + p, 0)
    const saidBy = (model: ChurnModel) =>
      Float64Array.from(scoreChurn(model, after.matrix).probability, p => inSeason(p, season))
    const inUse: Record<string, number> = input.inUse ? { inUse: sumOf(saidBy(input.inUse)) } : {}
    const recency = after.matrix.columns[ids.indexOf('recency_days')]
    for (const one of trained.candidates) {
      const { learner } = one
      const said = saidBy(one.model)
      found.push({
        ...{ learner, asOf, until: daysBefore(asOf, -days), trainedOn: trained.trainedOn, judgedOn: said.length },
        metrics: {
          ...unseenMetrics(said, after.labels),
          ruleAuc: recency ? auc(recency, after.labels) : 0.5,
          expected: sumOf(said),
          actual: yes,
          // The learner that would have taken over that day, by what was known then.
          chosen: one === chosen ? 1 : 0,
          ...inUse,
          totalError: totalError(said, after.labels),
          season,
        },
        deciles: byScore(said, after.labels),
      })
    }
  }
  progress(input.dates, input.dates)
  return found
}
