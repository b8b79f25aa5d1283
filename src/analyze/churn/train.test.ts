import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { seededRandom } from '../math/random.ts'
import type { FeatureMatrix } from './feature-matrix.ts'
import { fitLogistic, sigmoid } from './logistic.ts'
import { auc, calibrationError } from './metrics.ts'
import { scoreYesNo } from './score.ts'
import { trainYesNo } from './train.ts'

const telco = fileURLToPath(new URL('../../../../shared/data/churn/Telco-Customer-Churn.csv', import.meta.url))

test('Telco churn, five folds: as good as the published logistic regression, and calibrated', {
  skip: !existsSync(telco),
}, () => {
  const [header, ...rows] = readFileSync(telco, 'utf8')
    .trim()
    .split(/\r?\n/)
    .map(line => line.split(','))
  const features: FeatureMatrix['features'][number][] = []
  const columns: Float64Array[] = []
  for (const [c, name] of header!.entries()) {
    if (name === 'customerID' || name === 'Churn') continue
    const values = [...new Set(rows.map(r => r[c]!))]
    if (['tenure', 'MonthlyCharges', 'TotalCharges'].includes(name!)) {
      features.push({ id: name!, scale: name === 'MonthlyCharges' ? 'linear' : 'log' })
      columns.push(Float64Array.from(rows, r => (r[c]!.trim() === '' ? Number.NaN : Number(r[c]))))
    } else
      for (const value of values) {
        features.push({ id: `${name}=${value}`, scale: 'linear' })
        columns.push(Float64Array.from(rows, r => (r[c] === value ? 1 : 0)))
      }
  }
  const labels = Uint8Array.from(rows, r => (r.at(-1) === 'Yes' ? 1 : 0))
  const trained = trainYesNo({ rows: rows.length, features, columns }, labels)
  assert.ok('model' in trained)
  const { metrics, leaks } = trained.model
  // Published .849 ± .005; 1,869 left.
  assert.ok(metrics.auc >= 0.845, `AUC ${metrics.auc}`)
  assert.ok(metrics.calibrationError <= 0.02, `ECE ${metrics.calibrationError}`)
  assert.deepEqual(leaks, [])
})

/** A world with known log-odds: 1.5·a − b + 0.8 where c is missing. */
function world(n: number, seed: number) {
  const random = seededRandom(seed)
  const [a, b, c] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)]
  const labels = new Uint8Array(n)
  for (let i = 0; i < n; i++) {
    a[i] = random.normal()
    b[i] = Math.expm1(Math.abs(random.normal()))
    c[i] = random.uniform() < 0.3 ? Number.NaN : random.normal()
    const z = 1.5 * a[i]! - Math.log1p(b[i]!) + (Number.isNaN(c[i]!) ? 0.8 : 0)
    labels[i] = random.uniform() < sigmoid(z) ? 1 : 0
  }
  const features = [
    { id: 'a', scale: 'linear' },
    { id: 'b', scale: 'log' },
    { id: 'c', scale: 'linear' },
  ] as const
  return { matrix: { rows: n, features, columns: [a, b, c] } satisfies FeatureMatrix, labels }
}

test('finds the weights a world was made with, missing values included, and names the right reason', () => {
  const { matrix, labels } = world(20_000, 5)
  const trained = trainYesNo(matrix, labels)
  assert.ok('model' in trained)
  const weight = (id: string, missing: boolean) => {
    const j = trained.model.terms.findIndex(t => t.feature === id && t.missing === missing)
    return trained.model.weights[j]! / trained.model.terms[j]!.deviation
  }
  assert.ok(Math.abs(weight('a', false) - 1.5) < 0.1)
  assert.ok(Math.abs(weight('b', false) + 1) < 0.1)
  assert.ok(Math.abs(weight('c', true) - 0.8) < 0.15)
  const fresh = world(20_000, 6)
  const scores = scoreYesNo(trained.model, fresh.matrix)
  assert.ok(calibrationError(scores.probability, fresh.labels) < 0.02)
  assert.ok(auc(scores.probability, fresh.labels) > 0.75)
  const extreme = fresh.matrix.columns[0]!.indexOf(Math.max(...fresh.matrix.columns[0]!))
  assert.equal(scores.reasons[extreme * 4], 0)
  assert.equal(scores.raises[extreme * 4], 1)
})

test('a feature that knows the answer is reported', () => {
  const { matrix, labels } = world(2_000, 8)
  const told = Float64Array.from(labels, (v, i) => (i % 50 === 0 ? 1 - v : v))
  const trained = trainYesNo(
    { ...matrix, features: [...matrix.features, { id: 'told', scale: 'linear' }], columns: [...matrix.columns, told] },
    labels,
  )
  assert.ok('model' in trained)
  assert.deepEqual(
    trained.model.leaks.map(leak => leak.feature),
    ['told'],
  )
})

test('what cannot be trained says why', () => {
  const { matrix } = world(200, 9)
  const same = trainYesNo(matrix, new Uint8Array(200))
  assert.ok('problem' in same && same.problem === 'one-class')
  const few = trainYesNo(
    matrix,
    Uint8Array.from({ length: 200 }, (_, i) => (i < 3 ? 1 : 0)),
  )
  assert.ok('problem' in few && few.problem === 'too-few')
})

test('a separable world converges thanks to the penalty', () => {
  const x = Float64Array.from({ length: 100 }, (_, i) => i - 49.5)
  const fit = fitLogistic(
    [x],
    Uint8Array.from(x, v => (v > 0 ? 1 : 0)),
  )
  assert.equal(fit.converged, true)
})

test('AUC is the share of ordered pairs', () => {
  const pairs = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 1 })), {
    minLength: 2,
    maxLength: 40,
  })
  fc.assert(
    fc.property(pairs, rows => {
      const yes = rows.filter(r => r[1] === 1)
      const no = rows.filter(r => r[1] === 0)
      fc.pre(yes.length > 0 && no.length > 0)
      let won = 0
      for (const y of yes) for (const m of no) won += y[0] > m[0] ? 1 : y[0] === m[0] ? 0.5 : 0
      const got = auc(
        rows.map(r => r[0]),
        rows.map(r => r[1]),
      )
      assert.ok(Math.abs(got - won / (yes.length * no.length)) < 1e-12)
    }),
  )
})
