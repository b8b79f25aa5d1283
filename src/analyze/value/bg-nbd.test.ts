import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { logBeta, logGamma } from '../math/gamma-functions.ts'
import { seededRandom } from '../math/random.ts'
import { bgNbd } from './bg-nbd.ts'
import { fitRepeatModel } from './fit-repeat-model.ts'
import { simulateBgNbd } from './simulate-bg-nbd.ts'
import { distinctSummaries } from './summaries.ts'

const positive = (max: number) => fc.double({ min: 0.05, max, noNaN: true })

test('the tabled likelihood is the published formula, and its gradient is its slope', () => {
  fc.assert(
    fc.property(positive(5), positive(20), positive(5), positive(5), (r, alpha, a, b) => {
      const data = distinctSummaries([0, 1, 3, 3, 7], [0, 2.5, 8, 8, 20], [10, 4, 9.5, 9.5, 21])
      const f = bgNbd.negativeLogLikelihood(data)
      const at = Float64Array.from([r, alpha, a, b].map(Math.log))
      const gradient = new Float64Array(4)
      const value = f(at, gradient)
      let plain = 0
      for (let i = 0; i < data.x.length; i++) {
        const [x, tx, T] = [data.x[i]!, data.tx[i]!, data.T[i]!]
        const common = logGamma(r + x) - logGamma(r) + r * Math.log(alpha)
        const stays = Math.exp(logBeta(a, b + x) - logBeta(a, b) + common - (r + x) * Math.log(alpha + T))
        const leaves =
          x > 0 ? Math.exp(logBeta(a + 1, b + x - 1) - logBeta(a, b) + common - (r + x) * Math.log(alpha + tx)) : 0
        plain -= data.weight[i]! * Math.log(stays + leaves)
      }
      assert.ok(Math.abs(value - plain) < 1e-9 * Math.abs(plain), `${value} is not ${plain}`)
      for (let k = 0; k < 4; k++) {
        const [up, down] = [1e-5, -1e-5].map(h =>
          f(
            at.map((v, j) => (j === k ? v + h : v)),
            new Float64Array(4),
          ),
        )
        const slope = (up! - down!) / 2e-5
        assert.ok(Math.abs(slope - gradient[k]!) < 1e-5 * (1 + Math.abs(slope)), `gradient ${k}`)
      }
    }),
    { numRuns: 50 },
  )
})

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
  const data = simulateBgNbd(seededRandom(7), truth as [number, number, number, number], 20_000, 365, 365)
  const fit = fitRepeatModel(bgNbd, distinctSummaries(data.x, data.tx, data.T))
  assert.equal(fit.converged, true)
  for (let k = 0; k < 4; k++)
    assert.ok(
      Math.abs(fit.parameters[k]! - truth[k]!) < 3 * fit.standardErrors[k]!,
      `${fit.names[k]}: ${fit.parameters[k]}`,
    )
})

test('a likelihood grouped by equal triples is that of the rows', () => {
  const data = simulateBgNbd(seededRandom(3), [0.5, 30, 0.8, 2.5], 5_000, 200, 200)
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
