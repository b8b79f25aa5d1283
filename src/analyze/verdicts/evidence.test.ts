import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { adjustedEvidence } from './closed-test.ts'
import { evidenceOf, factorSequence, twoSided } from './evidence.ts'
import { trialsOf } from './odds-grid.ts'
import { simulateCampaign } from './simulate-campaigns.ts'

/** Probability of each number of answers, of trials of unlike probability. */
function distribution(p: readonly number[]): number[] {
  let of = [1]
  for (const one of p) {
    const next = new Array<number>(of.length + 1).fill(0)
    for (const [k, mass] of of.entries()) {
      next[k] = next[k]! + mass * (1 - one)
      next[k + 1] = next[k + 1]! + mass * one
    }
    of = next
  }
  return of
}

const probabilities = fc.array(fc.double({ min: 0.005, max: 0.9, noNaN: true }), { minLength: 1, maxLength: 40 })

test('evidence against a prediction that holds is worth one on average, whatever was predicted; nearer to 1 it is worth less', () => {
  fc.assert(
    fc.property(probabilities, p => {
      const mean = (truth: readonly number[], tolerance: number) =>
        distribution(truth).reduce((sum, mass, taken) => {
          const trials = trialsOf(p, taken)
          return sum + mass * Math.exp(twoSided(evidenceOf(trials, trials, tolerance)))
        }, 0)
      assert.ok(Math.abs(mean(p, 0) - 1) < 1e-6, `${mean(p, 0)}`)
      const other = p.map(one => (1.08 * one) / (1 - one + 1.08 * one))
      assert.ok(mean(other, 0.1) <= 1 + 1e-9, 'within the tolerance')
    }),
    { numRuns: 40 },
  )
})

test('answers still to come count for the prediction, never against it', () => {
  const sent = trialsOf(new Array<number>(200).fill(0.1), 0)
  const none = trialsOf([], 0)
  assert.ok(evidenceOf(sent, none).above <= 0)
  assert.equal(evidenceOf(sent, none).below, 0)
  assert.ok(evidenceOf(sent, sent).below > Math.log(1000))
})

test('the range of factors closes in on the truth', () => {
  const p = Float64Array.from({ length: 20_000 }, (_, i) => 0.02 + (i % 10) / 100)
  const truth = p.reduce((sum, one) => sum + (1.5 * one) / (1 - one + 1.5 * one), 0)
  const { low, high } = factorSequence(trialsOf(p, Math.round(truth)))
  assert.ok(low > 1.3 && low < 1.5 && high > 1.5 && high < 1.75, `${low} … ${high}`)
})

test('corrected evidence is that of the worst average a hypothesis can be part of', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -3, max: 8, noNaN: true }), { minLength: 1, maxLength: 7 }), logs => {
      const e = logs.map(Math.exp)
      const worst = (i: number) => {
        let least = Number.POSITIVE_INFINITY
        for (let set = 0; set < 2 ** e.length; set++) {
          if ((set & (1 << i)) === 0) continue
          const of = e.filter((_, k) => (set & (1 << k)) !== 0)
          least = Math.min(least, of.reduce((a, b) => a + b, 0) / of.length)
        }
        return Math.log(least)
      }
      for (const [i, log] of adjustedEvidence(logs).entries()) assert.ok(Math.abs(log - worst(i)) < 1e-9)
    }),
    { numRuns: 100 },
  )
  assert.ok(Number.isFinite(adjustedEvidence([600, 0, -5])[0]!))
})

test('A/A campaigns looked at daily raise no more alarms than they may; what is really other is found', () => {
  let alarms = 0
  for (let seed = 1; seed <= 30; seed++)
    if (simulateCampaign({ cells: 20, contacts: 200, days: 10, seed }).accused.some(day => day !== null)) alarms++
  assert.ok(alarms <= 4, `${alarms} of 30`)
  const odd = simulateCampaign({ cells: 20, contacts: 1000, days: 10, odds: cell => (cell === 7 ? 3 : 1), seed: 99 })
  assert.ok(odd.accused[7] !== null && odd.accused[7]! < 20)
  assert.ok(odd.accused.every((day, cell) => cell === 7 || day === null))
})
