import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { seededRandom } from '../math/random.ts'
import { bgNbd } from './bg-nbd.ts'
import { fitRepeatModel } from './fit-repeat-model.ts'
import { simulateRepeat } from './simulate-repeat.ts'
import { distinctSummaries } from './summaries.ts'

/** Watched for one to two times `days`, by whole days. */
const simulated = (seed: number, p: readonly number[], customers: number, days: number) => {
  const random = seededRandom(seed)
  return simulateRepeat('bg-nbd', random, p, customers, () => Math.floor(days * (1 + random.uniform())))
}

const positive = (max: number) => fc.double({ min: 0.05, max, noNaN: true })

test('the mean is the mean of the counts, everywhere: at the poles a = 1 and a + b = 1, for large r, for long times', () => {
  const special = fc.constantFrom(1, 0.5, 1 + 1e-9, 0.3, 0.7)
  fc.assert(
    fc.property(
      fc.oneof(positive(60), special),
      positive(50),
      fc.oneof(positive(8), special),
      fc.oneof(positive(8), special),
      fc.integer({ min: 0, max: 40 }),
      fc.double({ min: 0.1, max: 300, noNaN: true }),
      (r, alpha, a, b, x, t) => {
        const p = Float64Array.from([r, alpha, a, b])
        const counts = bgNbd.countsIfAlive(p, x, 30, t, 1e-13)
        const mean = counts.reduce((s, v, y) => s + v * y, 0)
        const direct = bgNbd.expectedIfAlive(p, x, 30, t)
        assert.ok(Math.abs(direct - mean) < 1e-6 * (1 + mean), `${direct} is not ${mean}`)
        assert.ok(counts.every(v => v >= 0 && v <= 1))
      },
    ),
  )
})

test('a fit recovers what a simulation was made with, within three standard errors', () => {
  const truth = [0.6, 40, 0.7, 3]
  const data = simulated(7, truth, 20_000, 365)
  const fit = fitRepeatModel(bgNbd, distinctSummaries(data.x, data.tx, data.T))
  assert.equal(fit.converged, true)
  for (let k = 0; k < 4; k++)
    assert.ok(
      Math.abs(fit.parameters[k]! - truth[k]!) < 3 * fit.standardErrors[k]!,
      `${fit.names[k]}: ${fit.parameters[k]}`,
    )
})

test('a likelihood grouped by equal triples is that of the rows', () => {
  const data = simulated(3, [0.5, 30, 0.8, 2.5], 5_000, 200)
  const grouped = fitRepeatModel(bgNbd, distinctSummaries(data.x, data.tx, data.T))
  const rows = fitRepeatModel(bgNbd, { ...data, weight: new Float64Array(data.x.length).fill(1) })
  assert.ok(Math.abs(grouped.logLikelihood - rows.logLikelihood) < 1e-6)
  for (let k = 0; k < 4; k++) assert.ok(Math.abs(grouped.parameters[k]! / rows.parameters[k]! - 1) < 1e-6)
})

test('what cannot be fitted says so', () => {
  const few = fitRepeatModel(bgNbd, distinctSummaries([1, 0], [1, 0], [2, 2]))
  assert.deepEqual([few.converged, few.problem], [false, 'too-few-customers'])
  const once = fitRepeatModel(
    bgNbd,
    distinctSummaries(new Array(50).fill(0), new Array(50).fill(0), new Array(50).fill(9)),
  )
  assert.deepEqual([once.converged, once.problem], [false, 'no-repeats'])
})

test('a quarter of a million rows, which start from the optimum of a part, end where the small steps end', () => {
  const data = simulated(9, [0.8, 30, 0.7, 4], 250_000, 300)
  const rows = { ...data, weight: new Float64Array(data.x.length).fill(1) }
  const fit = fitRepeatModel(bgNbd, rows)
  const gradient = new Float64Array(4)
  bgNbd.negativeLogLikelihood(rows)(fit.parameters.map(Math.log), gradient)
  assert.ok(fit.converged)
  assert.ok(
    gradient.every(g => Math.abs(g) < 1e-3),
    String(gradient),
  )
  assert.ok(fit.evaluations < 25, `${fit.evaluations} looks at all rows`)
})
