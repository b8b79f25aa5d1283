import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { auc, calibrationError } from '../churn/metrics.ts'
import { predictorOf } from './predict.ts'
import { readTrainingFile } from './read-training-file.ts'
import { hash } from './row-sample.ts'
import { takeTableRows } from './table.ts'
import { trainModel } from './train-model.ts'

const telco = fileURLToPath(new URL('../../../../shared/data/churn/Telco-Customer-Churn.csv', import.meta.url))

/** Five folds with the same share of yes in each, differently in every repetition. */
function foldsOf(labels: Uint8Array, repetition: number): Uint8Array {
  const order = [...labels.keys()].sort(
    (a, b) => labels[a]! - labels[b]! || hash(99, repetition, a) - hash(99, repetition, b),
  )
  const fold = new Uint8Array(labels.length)
  for (const [place, row] of order.entries()) fold[row] = place % 5
  return fold
}

// Published: logistic regression .849 ± .005, explainable boosting .852 ± .006, XGBoost .828.
test('Telco churn, five stratified folds, five times: AUC ≥ .847, calibration error ≤ .02', {
  skip: !existsSync(telco),
}, async context => {
  const { table, labels } = await readTrainingFile(telco, { label: 'Churn', positive: 'Yes', exclude: ['customerID'] })
  const aucs: number[] = []
  for (let repetition = 0; repetition < 5; repetition++) {
    const fold = foldsOf(labels, repetition)
    const scores = new Float64Array(labels.length)
    for (let f = 0; f < 5; f++) {
      const inside = Uint32Array.from(fold.keys().filter(i => fold[i] !== f))
      const outside = Uint32Array.from(fold.keys().filter(i => fold[i] === f))
      const take = (rows: Uint32Array) => Uint8Array.from(rows, i => labels[i]!)
      const options = { learner: 'auto', seed: 1, threads: 1, monotone: [], progress: () => undefined } as const
      const predictor = predictorOf(await trainModel(takeTableRows(table, inside), take(inside), options))
      const probabilities = predictor.probabilities(predictor.margins(takeTableRows(table, outside)))
      for (const [k, i] of outside.entries()) scores[i] = probabilities[k]!
      aucs.push(auc(probabilities, take(outside)))
    }
    const error = calibrationError(scores, labels)
    context.diagnostic(`repetition ${repetition + 1}: calibration error ${error.toFixed(4)}`)
    assert.ok(error <= 0.02, `calibration error ${error}`)
  }
  const mean = aucs.reduce((sum, a) => sum + a, 0) / 25
  const spread = Math.sqrt(aucs.reduce((sum, a) => sum + (a - mean) ** 2, 0) / 24)
  context.diagnostic(`AUC ${mean.toFixed(4)} ± ${spread.toFixed(4)}`)
  assert.ok(mean >= 0.847, `AUC ${mean}`)
})
