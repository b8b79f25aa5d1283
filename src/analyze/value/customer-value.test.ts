import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../math/random.ts'
import { bgNbd } from './bg-nbd.ts'
import { customerValues } from './customer-value.ts'
import { simulateRepeat } from './simulate-repeat.ts'

test('on a simulated company the values are right in total and the intervals hold 95 % of what followed', () => {
  const random = seededRandom(11)
  const repeat = [0.6, 40, 0.5, 3] as const
  const [p, q, gamma] = [6, 4, 1500]
  const n = 20_000
  const data = simulateRepeat('bg-nbd', random, repeat, n, () => Math.floor(300 + 300 * random.uniform()), 365)
  const spend = new Float64Array(n)
  const followed = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    const nu = random.gamma(q, gamma)
    const purchase = () => random.gamma(p, nu)
    for (let k = 0; k < data.x[i]!; k++) spend[i] = spend[i]! + purchase() / data.x[i]!
    for (let k = 0; k < data.later[i]!; k++) followed[i] = followed[i]! + 0.4 * purchase()
  }
  const values = customerValues(
    bgNbd,
    Float64Array.from(repeat),
    Float64Array.from([p, q, gamma]),
    { ...data, spend, spendCount: data.x, marginRate: new Float64Array(n).fill(0.4) },
    { length: 365, discountRate: 0, unitsPerYear: 365 },
  )
  const sum = (v: ArrayLike<number>) => Array.from(v).reduce((s, x) => s + x, 0)
  assert.ok(Math.abs(sum(values.purchases) / sum(data.later) - 1) < 0.03, 'purchases')
  assert.ok(Math.abs(sum(values.margin) / sum(followed) - 1) < 0.03, 'margin')
  let inside = 0
  for (let i = 0; i < n; i++)
    if (followed[i]! >= values.low[i]! - 1e-9 && followed[i]! <= values.high[i]! + 1e-9) inside++
  assert.ok(inside / n > 0.94 && inside / n < 0.99, `covers ${inside / n}`)
  // The mean of someone very probably gone lies above a 97.5 % quantile of nought; of everybody else, inside.
  for (let i = 0; i < n; i++)
    assert.ok(values.low[i]! <= values.margin[i]! && (values.alive[i]! < 0.5 || values.margin[i]! <= values.high[i]!))
})

test('discounting takes off what is later, and little of a year', () => {
  const one = { x: [3], tx: [200], T: [300], spend: [5000], spendCount: [3], marginRate: [0.5] }
  const at = (discountRate: number) =>
    customerValues(bgNbd, Float64Array.from([0.6, 40, 0.5, 3]), Float64Array.from([6, 4, 1500]), one, {
      length: 365,
      discountRate,
      unitsPerYear: 365,
    }).margin[0]!
  const ratio = at(0.1) / at(0)
  assert.ok(ratio < 0.97 && ratio > 0.93, String(ratio))
})
