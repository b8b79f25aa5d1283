import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { seededRandom } from './random.ts'
import { spdInverse } from './spd-inverse.ts'

test('a matrix times its inverse is one', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 23 }), fc.integer({ min: 1, max: 1e6 }), (n, seed) => {
      const random = seededRandom(seed)
      const x = Float64Array.from({ length: n * n }, () => random.uniform() - 0.5)
      const a = new Float64Array(n * n)
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++) {
          for (let k = 0; k < n; k++) a[i * n + j] = a[i * n + j]! + x[i * n + k]! * x[j * n + k]!
          if (i === j) a[i * n + j] = a[i * n + j]! + 0.5
        }
      const inverse = spdInverse(a.slice(), n)
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++) {
          let s = 0
          for (let k = 0; k < n; k++) s += a[i * n + k]! * inverse[k * n + j]!
          assert.ok(Math.abs(s - (i === j ? 1 : 0)) < 1e-9, `${n}: ${i},${j} is ${s}`)
        }
    }),
    { numRuns: 60 },
  )
})
