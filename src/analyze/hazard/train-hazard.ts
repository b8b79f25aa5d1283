import type { ChurnDefinition } from '../churn/definition.ts'
import type { FeatureMatrix } from '../churn/feature-matrix.ts'
import { fitLogistic, sigmoid } from '../churn/logistic.ts'
import { auc } from '../churn/metrics.ts'
import { design, termsOf } from '../churn/standardise.ts'
import type { HazardModel } from './hazard-model.ts'

export interface TrainedHazard {
  model: HazardModel
  customers: number
  periods: number
  leavers: number
  /** On customers not trained on: how well it tells who leaves among those present in a month, and months in total. */
  auc: number
  byMonth: { month: number; present: number; expected: number; actual: number }[]
}

const FEWEST_LEAVERS = 30
const FOLDS = 5
const LAMBDA = 5

/** Rows of customer and month: whoever left in month k stands in months up to k, whoever stayed in all that were seen. */
function periodsOf(leftIn: Uint8Array, first: number, months: number) {
  const person: number[] = []
  const month: number[] = []
  const left: number[] = []
  for (const [i, gone] of leftIn.entries()) {
    const last = gone === 0 ? months : Math.min(gone, months)
    for (let m = first; m <= last; m++) {
      person.push(i)
      month.push(m)
      left.push(m === gone ? 1 : 0)
    }
  }
  return { person: Uint32Array.from(person), month: Uint8Array.from(month), left: Uint8Array.from(left) }
}

/** By our own logistic regression on customer-months; undefined where too few left to tell when. */
export function trainHazard(
  matrix: FeatureMatrix,
  leftIn: Uint8Array,
  months: number,
  definition: ChurnDefinition,
): TrainedHazard | undefined {
  const first = definition.kind === 'silence' ? 2 : 1
  if (months < first) return undefined
  const { person, month, left } = periodsOf(leftIn, first, months)
  const leavers = left.reduce((sum, v) => sum + v, 0)
  if (leavers < FEWEST_LEAVERS) return undefined
  const { terms } = termsOf(matrix)
  const perCustomer = design(matrix, terms)
  const columns = [
    ...perCustomer.map(term => Float64Array.from(person, i => term[i]!)),
    ...Array.from({ length: months - first }, (_, k) => Float64Array.from(month, m => (m === first + 1 + k ? 1 : 0))),
  ]
  const fitOn = (rows: Uint32Array | undefined) =>
    fitLogistic(
      rows ? columns.map(column => Float64Array.from(rows, i => column[i]!)) : columns,
      rows ? Uint8Array.from(rows, i => left[i]!) : left,
      LAMBDA,
    )
  const whole = fitOn(undefined)
  if (!whole.converged) return undefined
  const hazard = new Float64Array(left.length)
  for (let fold = 0; fold < FOLDS; fold++) {
    const fit = fitOn(Uint32Array.from(person.keys().filter(k => person[k]! % FOLDS !== fold)))
    for (const [k, i] of person.entries()) {
      if (i % FOLDS !== fold) continue
      let z = fit.intercept
      for (const [j, column] of columns.entries()) z += fit.weights[j]! * column[k]!
      hazard[k] = sigmoid(z)
    }
  }
  return {
    model: {
      kind: 'hazard',
      definition,
      terms,
      weights: [...whole.weights.subarray(0, terms.length)],
      intercept: whole.intercept,
      month: Array.from({ length: months }, (_, k) => (k < first ? 0 : whole.weights[terms.length + k - first]!)),
      first,
      observed: months,
    },
    ...{ customers: matrix.rows, periods: left.length, leavers, auc: auc(hazard, left) },
    byMonth: Array.from({ length: months - first + 1 }, (_, k) => {
      const m = first + k
      let [present, expected, actual] = [0, 0, 0]
      for (const [row, own] of month.entries()) {
        if (own !== m) continue
        present++
        expected += hazard[row]!
        actual += left[row]!
      }
      return { month: m, present, expected, actual }
    }),
  }
}
