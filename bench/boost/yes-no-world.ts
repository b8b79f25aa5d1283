import type { Table } from '../../src/analyze/boosting/table.ts'
import { sigmoid } from '../../src/analyze/churn/logistic.ts'
import { auc } from '../../src/analyze/churn/metrics.ts'

/** A yes/no problem with a known answer: `bestAuc` is what nobody can pass. */
export interface World {
  table: Table
  labels: Uint8Array
  bestAuc: number
}

/** Ten columns act (steps, slopes, products), the others are noise; 3 % of all values are missing. */
export function makeWorld(rows: number, columns: number, seed: number): World {
  let state = seed
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 4294967296
  }
  const values = Array.from({ length: columns }, () => new Float64Array(rows))
  const labels = new Uint8Array(rows)
  const truth = new Float64Array(rows)
  const x = new Float64Array(columns)
  for (let row = 0; row < rows; row++) {
    for (let c = 0; c < columns; c++) {
      x[c] = (uniform() + uniform() + uniform() + uniform() - 2) * 1.732
      values[c]![row] = uniform() < 0.03 ? Number.NaN : x[c]!
    }
    const steps = (x[0]! > 0 ? 0.8 : -0.8) + (x[1]! > 1 ? 1 : 0) - (x[2]! < -0.5 ? 0.7 : 0)
    const slopes = 0.6 * x[3]! - 0.4 * x[4]! + 0.5 * Math.abs(x[5]!)
    const products = 0.5 * x[6]! * x[7]! + (x[8]! > 0 ? 0.5 : -0.5) * x[9]!
    truth[row] = steps + slopes + products - 1.6
    labels[row] = uniform() < sigmoid(truth[row]!) ? 1 : 0
  }
  const table: Table = { rows, columns: values.map((column, c) => ({ kind: 'number', name: `x${c}`, values: column })) }
  return { table, labels, bestAuc: auc(truth, labels) }
}
