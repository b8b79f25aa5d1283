import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { quintiles } from './quintiles.ts'

test('five equal parts, in order, ties together', () => {
  assert.deepEqual([...quintiles([5, 1, 3, 2, 4])], [5, 1, 3, 2, 4])
  assert.deepEqual([...quintiles([7, 7, 7])], [3, 3, 3])
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 200 }), values => {
      const marks = quintiles(values)
      for (const [i, v] of values.entries())
        for (const [j, w] of values.entries()) {
          if (v === w) assert.equal(marks[i], marks[j])
          if (v < w) assert.ok(marks[i]! <= marks[j]!)
        }
      assert.ok(marks.every(m => m >= 1 && m <= 5))
    }),
  )
})
