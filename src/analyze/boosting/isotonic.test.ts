import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { seededRandom } from '../math/random.ts'
import { chooseIsotonic } from './combine.ts'
import { fitIsotonic, isotonicProbability } from './isotonic.ts'

test('never falls and never says never', () => {
  const rows = fc.array(fc.tuple(fc.integer({ min: -4, max: 4 }), fc.boolean()), { minLength: 2, maxLength: 50 })
  fc.assert(
    fc.property(rows, given => {
      const curve = fitIsotonic(
        given.map(row => row[0]),
        given.map(row => Number(row[1])),
      )
      let before = 0
      for (let z = -8; z <= 8; z += 0.125) {
        const p = isotonicProbability(curve, z)
        assert.ok(p > 0 && p < 1 && p >= before - 1e-12, `${p} after ${before} at ${z}`)
        before = p
      }
    }),
  )
})

test('is taken where the truth bends, not where it does not', () => {
  const random = seededRandom(3)
  const scores = Float64Array.from({ length: 20_000 }, () => 2 * random.normal())
  const fold = Uint8Array.from(scores, (_, i) => i % 5)
  const labels = (p: (z: number) => number) => Uint8Array.from(scores, z => (random.uniform() < p(z) ? 1 : 0))
  assert.equal(
    chooseIsotonic(
      scores,
      labels(z => 1 / (1 + Math.exp(-z))),
      fold,
    ),
    undefined,
  )
  assert.ok(
    chooseIsotonic(
      scores,
      labels(z => (z < 0 ? 0.1 : z < 2 ? 0.5 : 0.9)),
      fold,
    ),
  )
})
