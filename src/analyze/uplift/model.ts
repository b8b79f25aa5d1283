import type { Learner as Combined } from '../boosting/combine.ts'
import type { ModelColumn } from '../boosting/compile-forest.ts'
import type { Model } from '../boosting/model.ts'
import { predictorOf } from '../boosting/predict.ts'
import type { Column, Table } from '../boosting/table.ts'
import { predictRidge, type Ridge } from './ridge.ts'

/**
 * How the effect on one customer is estimated:
 *
 * - `two-model`: a model of the treated and one of the others; the difference of what they say.
 * - `single-model`: one model that knows who was treated, asked twice.
 * - `class-transformation` (Jaskowski & Jaroszewicz 2012): one model of "answered if treated, did not if not"; the effect is
 *   2·P − 1 where both arms are equally large, so the larger one is thinned to that.
 * - `doubly-robust` (Kennedy 2023): a penalised linear regression of each row's own unbiased estimate of its effect.
 * - `average`: the mean of those above.
 */
export const upliftLearners = ['two-model', 'single-model', 'class-transformation', 'doubly-robust', 'average'] as const
export type UpliftLearner = (typeof upliftLearners)[number]

export type YesNoParts = Pick<Model, 'columns' | 'trees' | 'linear' | 'combination' | 'isotonic'> & {
  learner: Combined
}

/** Plain data, enough to score again. */
export interface UpliftModel {
  kind: 'uplift'
  learner: UpliftLearner
  columns: ModelColumn[]
  treated: YesNoParts | null
  control: YesNoParts | null
  single: YesNoParts | null
  transformed: YesNoParts | null
  ridge: Ridge | null
}

const probabilities = (parts: YesNoParts, table: Table): Float64Array => {
  const predictor = predictorOf(parts)
  return predictor.probabilities(predictor.margins(table))
}

/** The name that the arm has among the columns of a single model; no file has it, since a header is trimmed. */
const ARM = ' treated'

export function withArm(table: Table, treated: ArrayLike<number> | number): Table {
  const values = typeof treated === 'number' ? new Float64Array(table.rows).fill(treated) : Float64Array.from(treated)
  const arm: Column = { kind: 'number', name: ARM, values }
  return { rows: table.rows, columns: [...table.columns, arm] }
}

/** The effect of the treatment on each row: the probability with it less the probability without. */
export function predictUplift(model: UpliftModel, table: Table): Float64Array {
  const found: Float64Array[] = []
  if (model.treated && model.control) {
    const without = probabilities(model.control, table)
    found.push(probabilities(model.treated, table).map((p, i) => p - without[i]!))
  }
  if (model.single) {
    const without = probabilities(model.single, withArm(table, 0))
    found.push(probabilities(model.single, withArm(table, 1)).map((p, i) => p - without[i]!))
  }
  if (model.transformed) found.push(probabilities(model.transformed, table).map(p => 2 * p - 1))
  if (model.ridge) found.push(predictRidge(model.ridge, table))
  return Float64Array.from(
    { length: table.rows },
    (_, i) => found.reduce((sum, part) => sum + part[i]!, 0) / found.length,
  )
}

/** Probability with and without the treatment, where the model says it. */
export function predictArms(model: UpliftModel, table: Table): { treated: Float64Array; control: Float64Array } | null {
  if (!model.treated || !model.control) return null
  return { treated: probabilities(model.treated, table), control: probabilities(model.control, table) }
}
