import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../math/random.ts'
import { bgNbd } from './bg-nbd.ts'
import { customerValues } from './customer-value.ts'
import { futureMoments } from './future-moments.ts'
import { evenSteps, yearlySteps } from './horizons.ts'
import { simulateRepeat } from './simulate-repeat.ts'
import { distinctSummaries } from './summaries.ts'

for (const years of [1, 2, 3])
  test(`on a simulated company the values of ${years * 12} months are right in total and the intervals hold 95 % of what followed`, () => {
    const random = seededRandom(11)
    const repeat = [0.6, 40, 0.5, 3] as const
    const [p, q, gamma] = [6, 4, 1500]
    const n = 20_000
    const ahead = 365 * years
    const data = simulateRepeat('bg-nbd', random, repeat, n, () => Math.floor(300 + 300 * random.uniform()), ahead)
    const spend = new Float64Array(n)
    const followed = new Float64Array(n)
    for (let i = 0; i < n; i++) {
      const nu = random.gamma(q, gamma)
      const purchase = () => random.gamma(p, nu)
      for (let k = 0; k < data.x[i]!; k++) spend[i] = spend[i]! + purchase() / data.x[i]!
      for (let k = 0; k < data.later[i]!; k++) followed[i] = followed[i]! + 0.4 * purchase()
    }
    const { alive, horizons } = customerValues(
      bgNbd,
      Float64Array.from(repeat),
      Float64Array.from([p, q, gamma]),
      {
        histories: distinctSummaries(data.x, data.tx, data.T),
        spend,
        spendCount: data.x,
        marginRate: new Float64Array(n).fill(0.4),
      },
      yearlySteps(3, 0, days => days),
    )
    const values = horizons[years - 1]!
    const sum = (v: ArrayLike<number>) => Array.from(v).reduce((s, x) => s + x, 0)
    assert.ok(Math.abs(sum(values.purchases) / sum(data.later) - 1) < 0.03, 'purchases')
    assert.ok(Math.abs(sum(values.margin) / sum(followed) - 1) < 0.03, 'margin')
    const bought = data.later.reduce((s, v) => s + (v > 0 ? 1 : 0), 0)
    assert.ok(Math.abs(sum(values.buys) / bought - 1) < 0.03, 'who buys')
    let inside = 0
    for (let i = 0; i < n; i++)
      if (followed[i]! >= values.low[i]! - 1e-9 && followed[i]! <= values.high[i]! + 1e-9) inside++
    assert.ok(inside / n > 0.94 && inside / n < 0.99, `covers ${inside / n}`)
    // The mean of someone very probably gone lies above a 97.5 % quantile of nought; of everybody else, inside.
    for (let i = 0; i < n; i++)
      assert.ok(values.low[i]! <= values.margin[i]! && (alive[i]! < 0.5 || values.margin[i]! <= values.high[i]!))
  })

test('one who stays for certain buys at their own pace', () => {
  const p = Float64Array.from([0.8, 40, 0.6, 3])
  const steps = yearlySteps(2, 0, days => days)
  const moments = futureMoments(bgNbd, p, 4, 400, steps)
  // Rates drawn from what is known: λ ~ Gamma(r + x, α + T).
  const random = seededRandom(4)
  let rate = 0
  for (let i = 0; i < 50_000; i++) rate += random.gamma(4.8, 440) / 50_000
  for (const [k, { ifStaying, purchases, discounted }] of moments.entries()) {
    assert.ok(Math.abs(ifStaying / (rate * 365 * (k + 1)) - 1) < 0.02)
    assert.ok(purchases < ifStaying && Math.abs(purchases - discounted) < 1e-9)
  }
})

test('discounting takes off what is later, and little of a year', () => {
  const one = {
    histories: distinctSummaries([3], [200], [300]),
    spend: [5000],
    spendCount: [3],
    marginRate: [0.5],
  }
  const at = (discountRate: number) => {
    const [p, spend] = [Float64Array.from([0.6, 40, 0.5, 3]), Float64Array.from([6, 4, 1500])]
    const whole = customerValues(bgNbd, p, spend, one, evenSteps(365, discountRate, 365)).horizons[0]!.margin[0]!
    const [first] = customerValues(
      bgNbd,
      p,
      spend,
      one,
      yearlySteps(3, discountRate, days => days),
    ).horizons
    assert.ok(Math.abs(first!.margin[0]! / whole - 1) < 1e-3, 'months and twelfths alike')
    return whole
  }
  const ratio = at(0.1) / at(0)
  assert.ok(ratio < 0.97 && ratio > 0.93, String(ratio))
})
