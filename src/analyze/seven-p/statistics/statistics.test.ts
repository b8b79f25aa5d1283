import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../math/random.ts'
import { forecast, loess, seasonTrend } from './season-trend.ts'
import { falseDiscovery, twoProportions, upperTail, wilson } from './two-proportions.ts'

const close = (a: number, b: number, within: number) => assert.ok(Math.abs(a - b) <= within, `${a} ≠ ${b}`)

test('tails of the normal distribution, to the last place of the tables', () => {
  close(upperTail(0), 0.5, 1e-12)
  close(upperTail(1.959963984540054), 0.025, 1e-10)
  close(upperTail(3.000001), 1.349898e-3, 1e-8)
  close(upperTail(2.999999), 1.349898e-3, 1e-8)
  close(upperTail(6) / 9.865876450377e-10, 1, 1e-6)
})

test('two shares: the textbook case, and nothing to compare', () => {
  // 45 of 100 against 60 of 150: z = .05 / sqrt(.42 × .58 × (1/100 + 1/150)) = .7847.
  close(twoProportions(45, 100, 60, 150).z, 0.7847, 1e-4)
  assert.ok(Number.isNaN(twoProportions(0, 10, 0, 20).p))
  assert.ok(Number.isNaN(twoProportions(0, 0, 5, 20).p))
})

test('false discoveries: the example of Benjamini and Hochberg (1995), 15 tests of which four stand at .05', () => {
  const p = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
  ]
  assert.equal(falseDiscovery(p).filter(q => q <= 0.05).length, 4)
  const [none, one] = falseDiscovery([Number.NaN, 0.01])
  assert.ok(Number.isNaN(none!))
  assert.equal(one, 0.01)
})

test('when nothing differs, few are called different', () => {
  const random = seededRandom(7)
  let called = 0
  for (let round = 0; round < 200; round++) {
    const p = Array.from({ length: 30 }, () => {
      const draw = (n: number) => Array.from({ length: n }, () => random.uniform()).filter(u => u < 0.3).length
      return twoProportions(draw(100), 100, draw(100), 100).p
    })
    if (falseDiscovery(p).some(q => q <= 0.05)) called++
  }
  assert.ok(called / 200 <= 0.09, `${called} of 200`)
})

test('the interval of a share: Wilson, 10 of 100, and none of ten', () => {
  const { low, high } = wilson(10, 100)!
  close(low, 0.0552, 1e-4)
  close(high, 0.1744, 1e-4)
  assert.deepEqual([wilson(0, 10)!.low, wilson(0, 0)], [0, null])
})

test('season and trend: found again where they were put in; parts add up', () => {
  const random = seededRandom(3)
  const season = [0, -5, -3, 2, 4, 1, 0, -2, -4, 1, 2, 4].map(v => v * 100)
  const series = Array.from({ length: 36 }, (_, t) => 5000 + 40 * t + season[t % 12]! + (random.uniform() - 0.5) * 60)
  const found = seasonTrend(series)
  assert.ok(found.seasonal)
  for (let t = 0; t < 36; t++) {
    close(found.trend[t]! + found.season[t]! + found.rest[t]!, series[t]!, 1e-6)
    close(found.season[t]!, season[t % 12]!, 60)
    close(found.trend[t]!, 5000 + 40 * t, 80)
  }
  const next = forecast(series.slice(0, 30), 6)!
  for (let k = 0; k < 6; k++) {
    assert.ok(next.low[k]! < next.expected[k]! && next.expected[k]! < next.high[k]!)
    close(next.expected[k]!, 5000 + 40 * (30 + k) + season[(30 + k) % 12]!, 200)
  }
})

test('less than two years: no season is claimed, and a line goes through a line', () => {
  const series = Array.from({ length: 12 }, (_, t) => 10 * t)
  assert.equal(seasonTrend(series).seasonal, false)
  for (const [t, value] of loess(series, 12).entries()) close(value, 10 * t, 1e-6)
  const year = forecast(series, 2)!
  assert.deepEqual([year.method, year.expected], ['year-before', [0, 10]])
  const short = forecast(series.slice(0, 5), 2)!
  assert.deepEqual([short.method, short.expected], ['level', [20, 20]])
  assert.equal(forecast(series.slice(0, 3), 2), null)
})
