import { combined, probabilityOf } from './combine.ts'
import { compileForest, rowEncoder } from './compile-forest.ts'
import { explainLinear, linearMargins } from './linear-learner.ts'
import type { Model } from './model.ts'
import { forestMargins } from './score-forest.ts'
import type { Table } from './table.ts'
import { explainForest } from './tree-shap.ts'

/** A model made ready to score tables whose columns are the model's, in its order. */
export interface Predictor {
  /** Log-odds before an isotonic curve. */
  margins(table: Table): Float64Array
  probabilities(margins: Float64Array): Float64Array
  /** Log-odds of the average customer trained on. */
  expected: number
  /** Each column's part of the log-odds of rows from … to, row by row; with `expected` they add up to the margin. */
  explain(table: Table, from: number, to: number): Float64Array
}

type Parts = Pick<Model, 'columns' | 'trees' | 'linear' | 'combination' | 'isotonic'>

export function predictorOf({ columns, trees, linear, combination, isotonic }: Parts): Predictor {
  const forest = trees && compileForest(trees, columns)
  const explainer = forest && explainForest(forest)
  const expected = combined(combination, explainer?.expected ?? 0, linear?.intercept ?? 0)
  return {
    expected,
    margins(table) {
      const grown = forest && forestMargins(forest, table)
      const straight = linear && linearMargins(linear, table)
      return Float64Array.from({ length: table.rows }, (_, i) =>
        combined(combination, grown?.[i] ?? 0, straight?.[i] ?? 0),
      )
    },
    probabilities: margins => margins.map(margin => probabilityOf(isotonic, margin)),
    explain(table, from, to) {
      const width = columns.length
      const all = new Float64Array(width * (to - from))
      const bins = forest && rowEncoder(forest, table)(from, to)
      for (let row = from; row < to; row++) {
        const parts = all.subarray((row - from) * width, (row - from + 1) * width)
        if (bins) {
          explainer!.explain(bins, (row - from) * width, parts)
          for (let c = 0; c < width; c++) parts[c] = parts[c]! * combination.trees
        }
        if (linear) explainLinear(linear, table, row, parts, combination.linear)
      }
      return all
    },
  }
}
