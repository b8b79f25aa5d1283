import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { logBeta, logGamma } from '../math/gamma-functions.ts'
import { seededRandom } from '../math/random.ts'
import { fitRepeatModel } from './fit-repeat-model.ts'
import type { RepeatModel } from './repeat-model.ts'
import { repeatModels } from './repeat-models.ts'
import { simulateRepeat } from './simulate-repeat.ts'
import { distinctSummaries } from './summaries.ts'

/** Each likelihood once more, as slowly and plainly as it can be written. */
const plainly: Record<string, (p: number[], x: number, tx: number, T: number) => number> = {
  'bg-nbd': ([r, alpha, a, b], x, tx, T) =>
    rates(r!, alpha!, x) +
    Math.log(
      Math.exp(logBeta(a!, b! + x) - logBeta(a!, b!) - (r! + x) * Math.log(alpha! + T)) +
        (x > 0 ? Math.exp(logBeta(a! + 1, b! + x - 1) - logBeta(a!, b!) - (r! + x) * Math.log(alpha! + tx)) : 0),
    ),
  'mbg-nbd': ([r, alpha, a, b], x, tx, T) =>
    rates(r!, alpha!, x) +
    Math.log(
      Math.exp(logBeta(a!, b! + x + 1) - logBeta(a!, b!) - (r! + x) * Math.log(alpha! + T)) +
        Math.exp(logBeta(a! + 1, b! + x) - logBeta(a!, b!) - (r! + x) * Math.log(alpha! + tx)),
    ),
  'pareto-nbd'([r, alpha, s, beta], x, tx, T) {
    // The moment of leaving integrated by Simpson's rule, over v = ln(c + t), where nothing is steep.
    const c = Math.min(alpha!, beta!)
    const f = (v: number) => {
      const t = Math.exp(v) - c
      return s! * (alpha! + t) ** -(r! + x) * (beta! + t) ** -(s! + 1) * (c + t)
    }
    const steps = 20_000
    const [from, to] = [Math.log(c + tx), Math.log(c + T)]
    let sum = f(from) + f(to)
    for (let k = 1; k < steps; k++) sum += (k % 2 === 1 ? 4 : 2) * f(from + ((to - from) * k) / steps)
    const left = (sum * (to - from)) / steps / 3
    const stays = (alpha! + T) ** -(r! + x) * (beta! + T) ** -s!
    return rates(r!, alpha!, x) + s! * Math.log(beta!) + Math.log(stays + left)
  },
  'bg-bb'([alpha, beta, gamma, delta], x, tx, n) {
    const buys = (m: number) => Math.exp(logBeta(alpha! + x, beta! + m - x) - logBeta(alpha!, beta!))
    let sum = buys(n) * Math.exp(logBeta(gamma!, delta! + n) - logBeta(gamma!, delta!))
    for (let m = tx; m < n; m++) sum += buys(m) * Math.exp(logBeta(gamma! + 1, delta! + m) - logBeta(gamma!, delta!))
    return Math.log(sum)
  },
}
const rates = (r: number, alpha: number, x: number) => logGamma(r + x) - logGamma(r) + r * Math.log(alpha)

const positive = (max: number) => fc.double({ min: 0.1, max, noNaN: true })
const parameters = fc.tuple(positive(5), positive(20), positive(5), positive(20))
const sample = {
  x: [0, 1, 3, 3, 7, 0, 2],
  tx: [0, 3, 8, 8, 20, 0, 9],
  T: [10, 4, 10, 10, 21, 30, 9],
}

for (const model of repeatModels)
  describe(model.id, () => {
    test('the likelihood is the plain formula, and its gradient is its slope', () => {
      const data = distinctSummaries(sample.x, sample.tx, sample.T)
      const f = model.negativeLogLikelihood(data)
      fc.assert(
        fc.property(parameters, p => {
          const at = Float64Array.from(p.map(Math.log))
          const gradient = new Float64Array(4)
          const value = f(at, gradient)
          let plain = 0
          for (let i = 0; i < data.x.length; i++)
            plain -= data.weight[i]! * plainly[model.id]!(p, data.x[i]!, data.tx[i]!, data.T[i]!)
          assert.ok(Math.abs(value - plain) < 1e-8 * Math.abs(plain), `${value} is not ${plain}`)
          for (let k = 0; k < 4; k++) {
            const moved = (h: number) =>
              f(
                at.map((v, j) => (j === k ? v + h : v)),
                new Float64Array(4),
              )
            const slope = (moved(1e-5) - moved(-1e-5)) / 2e-5
            assert.ok(Math.abs(slope - gradient[k]!) < 1e-5 * (1 + Math.abs(slope)), `gradient ${k}`)
          }
        }),
        { numRuns: 15, examples: [[[2.58, 0.1, 5, 0.1]]] },
      )
    })

    test('the mean is the mean of the counts; P(alive) is a probability and falls with silence', () => {
      fc.assert(
        fc.property(parameters, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 60 }), (p, x, t) => {
          const at = Float64Array.from(p)
          const counts = model.countsIfAlive(at, x, 30, t, 1e-12)
          const mean = counts.reduce((s, v, y) => s + v * y, 0)
          const direct = model.expectedIfAlive(at, x, 30, t)
          // What the tail left out weighs a little in the mean of very many purchases.
          assert.ok(Math.abs(direct - mean) < 1e-5 * (1 + mean), `${direct} is not ${mean}`)
          let before = 1
          for (let tx = 30; tx >= x; tx -= 3) {
            const alive = model.alive(at, x, tx, 30)
            assert.ok(alive >= 0 && alive <= before + 1e-12)
            before = alive
          }
        }),
        { numRuns: 50 },
      )
    })

    test('simulated customers live, buy and leave as the formulas say', () => {
      const p = model.discrete ? [1.2, 0.75, 0.66, 2.8] : [0.8, 10, 0.6, 5]
      const data = simulateRepeat(model.id, seededRandom(5), p, 30_000, i => 12 + (i % 3) * 6, 12)
      const at = Float64Array.from(p)
      let [alive, later, start] = [0, 0, 0]
      for (let i = 0; i < data.x.length; i++) {
        const [x, tx, T] = [data.x[i]!, data.tx[i]!, data.T[i]!]
        const here = model.alive(at, x, tx, T)
        alive += here
        later += here * model.expectedIfAlive(at, x, T, 12)
        start += model.expectedFromStart(at, T)
      }
      close(alive, total(data.alive), 'alive')
      close(later, total(data.later), 'purchases after')
      close(start, total(data.x), 'purchases from the start')
      const longer = simulateRepeat(model.id, seededRandom(6), p, 30_000, i => 24 + (i % 3) * 6)
      let stays = 0
      for (let i = 0; i < data.x.length; i++)
        stays +=
          model.alive(at, data.x[i]!, data.tx[i]!, data.T[i]!) * model.staysIfAlive(at, data.x[i]!, data.T[i]!, 12)
      close(stays, total(longer.alive), 'still there twelve later')
    })
  })

const close = (said: number, was: number, what: string) =>
  assert.ok(Math.abs(said / was - 1) < 0.03, `${what}: ${said} was ${was}`)
const total = (v: ArrayLike<number>) => Array.from(v).reduce((s, x) => s + x, 0)

test('customers between whom nothing differs have no optimum, which is said; a weak prior finds one', () => {
  // Everybody buys at the same rate and leaves with the same chance: r, α and a, b run to infinity together.
  const random = seededRandom(2)
  const equal = simulateRepeat('bg-nbd', random, [4000, 40_000, 2000, 8000], 3000, () => 60)
  const data = distinctSummaries(equal.x, equal.tx, equal.T)
  const model = repeatModels.find(m => m.id === 'bg-nbd') as RepeatModel
  const plain = fitRepeatModel(model, data)
  assert.deepEqual([plain.converged, plain.problem], [false, 'no-optimum'])
  const helped = fitRepeatModel(model, data, { prior: true })
  assert.equal(helped.converged, true)
  assert.ok(Math.abs(helped.parameters[0]! / helped.parameters[1]! / 0.1 - 1) < 0.05)
})
