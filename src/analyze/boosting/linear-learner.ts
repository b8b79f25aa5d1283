import { takeRows } from '../churn/feature-matrix.ts'
import { fitLogistic, linear } from '../churn/logistic.ts'
import { design, type Term, termsOf, termValue } from '../churn/standardise.ts'
import type { ModelColumn } from './compile-forest.ts'
import { type LinearFeature, linearFeatures, linearMatrix } from './linear-features.ts'
import { hash } from './row-sample.ts'
import type { Table } from './table.ts'

/** Regularised logistic regression on standardised numbers and one term per category; plain data. */
export interface LinearModel {
  features: LinearFeature[]
  /** Their `feature` is the place in `features`. */
  terms: Term[]
  intercept: number
  weights: number[]
  lambda: number
}

/** More rows would move no weight by a tenth of its standard error, and a Newton step costs rows × terms². */
const MOST_ROWS = 60_000

/** Undefined where the fit does not converge or there is nothing to fit. */
export function fitLinear(
  table: Table,
  labels: Uint8Array,
  columns: readonly ModelColumn[],
  rows: Uint32Array,
  lambda: number,
): LinearModel | undefined {
  const some = rows.length <= MOST_ROWS ? rows : rows.filter(row => hash(17, 0, row) < MOST_ROWS / rows.length)
  const features = linearFeatures(table, columns)
  const matrix = takeRows(linearMatrix(table, features), some)
  const { terms } = termsOf(matrix)
  const fit = fitLogistic(
    design(matrix, terms),
    Uint8Array.from(some, row => labels[row]!),
    lambda,
  )
  if (!fit.converged) return undefined
  return { features, terms, intercept: fit.intercept, weights: [...fit.weights], lambda }
}

export function linearMargins(model: LinearModel, table: Table): Float64Array {
  return linear(design(linearMatrix(table, model.features), model.terms), model.intercept, model.weights, table.rows)
}

/**
 * Adds each column's part of a row's log-odds: weight × (value − mean), for a linear model the exact Shapley value against the
 * average customer, whose log-odds are the intercept.
 */
export function explainLinear(model: LinearModel, table: Table, row: number, parts: Float64Array, times: number): void {
  for (const [j, term] of model.terms.entries()) {
    const { column: c, category } = model.features[Number(term.feature)]!
    const column = table.columns[c]!
    const value =
      column.kind === 'number'
        ? column.values[row]!
        : Number((column.categories[column.codes[row]!] ?? null) === category)
    parts[c] = parts[c]! + times * model.weights[j]! * termValue(term, value)
  }
}
