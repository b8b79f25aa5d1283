import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chiSquareTail } from '../math/chi-square.ts'
import { seededRandom } from '../math/random.ts'
import { driftOf, spreadOf } from './drift.ts'

test('tails of chi-square as tables have them', () => {
  for (const [x, degrees, p] of [
    [3.841458820694124, 1, 0.05],
    [16.918977604620448, 9, 0.05],
    [21.665994333461924, 9, 0.01],
    [2.087900735920711, 9, 0.99],
  ] as const)
    assert.ok(Math.abs(chiSquareTail(x, degrees) - p) < 1e-9, `${x}`)
})

test('no change, no alarm: as seldom at a thousand customers as at many', () => {
  const random = seededRandom(3)
  for (const [trained, now] of [
    [1_000, 1_000],
    [3_000, 1_000],
    [1_000, 5_000],
  ] as const) {
    let low = 0
    const worlds = 120
    for (let w = 0; w < worlds; w++) {
      const draw = (n: number) =>
        Float64Array.from({ length: n }, () => (random.uniform() < 0.05 ? Number.NaN : random.normal()))
      const drift = driftOf('x', spreadOf(draw(trained)), draw(now), 1)
      if (drift.p < 0.05) low++
      assert.equal(drift.level, 'stable')
    }
    // One in twenty, within three standard errors; and few enough that alarms mean something.
    assert.ok(low / worlds < 0.05 + 3 * Math.sqrt((0.05 * 0.95) / worlds), `${low} of ${worlds}`)
  }
})

test('a shift is seen, and so is a column that is no longer filled in', () => {
  const random = seededRandom(4)
  const draw = (n: number, mean: number) => Float64Array.from({ length: n }, () => mean + random.normal())
  const trained = spreadOf(draw(4_000, 0))
  assert.equal(driftOf('x', trained, draw(4_000, 0.45), 20).level, 'shifted')
  assert.equal(driftOf('x', trained, draw(4_000, 1), 20).level, 'drifted')
  const empty = driftOf(
    'x',
    trained,
    draw(4_000, 0).map((v, i) => (i % 3 ? v : Number.NaN)),
    20,
  )
  assert.equal(empty.level, 'drifted')
  assert.ok(Math.abs(empty.missingNow - 1 / 3) < 0.01 && empty.missingBefore === 0)
  // Whole numbers with one value in most rows.
  const count = (n: number, p: number) =>
    Float64Array.from({ length: n }, () => (random.uniform() < p ? 0 : Math.ceil(3 * random.uniform())))
  const counts = spreadOf(count(3_000, 0.8))
  assert.equal(driftOf('n', counts, count(3_000, 0.8), 5).level, 'stable')
  assert.equal(driftOf('n', counts, count(3_000, 0.3), 5).level, 'drifted')
})
