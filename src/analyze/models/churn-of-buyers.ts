import type { Columns, Facts } from '../../platform/stores/facts/index.ts'
import { type ChurnDefinition, defaultDefinition } from '../churn/definition.ts'
import { REASONS, scoreYesNo } from '../churn/score.ts'
import { inSeason, readSeason } from '../churn/season.ts'
import { trainYesNo, type YesNoModel } from '../churn/train.ts'
import { trainingSet } from '../churn/training-set.ts'
import { buyerRows, predictorMatrix, predictors } from './buyers.ts'
import { daysBefore } from './dates.ts'
import type { ModelRecord } from './model-record.ts'

/** Trained on a sample of about so many customers: more would move no weight by a standard error. */
const MOST_FOR_TRAINING = 200_000

export interface BuyersChurn {
  probability: Float32Array
  /** Feature ids, strongest first. */
  reasons: string[][]
  record: ModelRecord
}

/**
 * Trains on what customers looked like `days` before the date and did until it, and scores them as they are now, for the season
 * to come; where that cannot be trained, the purchase model's chance of silence stands in, without reasons.
 */
export async function churnOfBuyers(
  facts: Facts,
  input: { identityRun: number; asOf: string; customers: number },
  columns: Columns,
  rows: Uint32Array,
  silent: (days: number) => Float32Array,
  definition: ChurnDefinition = defaultDefinition,
): Promise<BuyersChurn> {
  const { identityRun, asOf } = input
  const sample = { slices: Math.max(1, Math.ceil(input.customers / MOST_FOR_TRAINING)), slice: 0 }
  const before = await facts.columns(
    trainingSet(predictors.map(p => p.id)),
    { identityRun, asOf: daysBefore(asOf, definition.days), until: asOf, ...sample },
    { settings: { optimize_aggregation_in_order: 1 } },
  )
  const labels = Uint8Array.from(before.f64('gone'))
  const trained = trainYesNo(predictorMatrix(before, buyerRows(before)), labels)
  if ('problem' in trained)
    return {
      probability: silent(definition.days),
      reasons: Array.from(rows, () => []),
      record: {
        model: 'churn',
        trainedOn: labels.length,
        parameters: { days: definition.days },
        metrics: {},
        definition: null,
        problem: trained.problem,
      },
    }
  const scores = scoreYesNo(trained.model, predictorMatrix(columns, rows))
  const season = await readSeason(facts, { identityRun, asOf, days: definition.days, ...sample })
  return {
    probability: scores.probability.map(p => inSeason(p, season)),
    reasons: reasonLists(scores.reasons, rows.length),
    record: recordOf(trained.model, definition, season),
  }
}

/** A million lists are a few thousand different ones: each is made once. */
function reasonLists(reasons: Int16Array, count: number): string[][] {
  const known = new Map<number, string[]>()
  return Array.from({ length: count }, (_, i) => {
    let key = 0
    for (let k = 0; k < REASONS; k++) key = key * 256 + reasons[i * REASONS + k]! + 1
    let list = known.get(key)
    if (!list) {
      list = [...reasons.subarray(i * REASONS, (i + 1) * REASONS)].filter(k => k >= 0).map(k => predictors[k]!.id)
      known.set(key, list)
    }
    return list
  })
}

function recordOf(model: YesNoModel, definition: ChurnDefinition, season: number): ModelRecord {
  const weights = model.terms.map((term, j) => [
    term.missing ? `${term.feature} missing` : term.feature,
    model.weights[j]!,
  ])
  return {
    model: 'churn',
    trainedOn: model.trainedOn,
    parameters: { days: definition.days, season, intercept: model.intercept, ...Object.fromEntries(weights) },
    metrics: { ...model.metrics, rate: model.rate, suspiciousFeatures: model.leaks.length },
    definition: model,
    problem: null,
  }
}
