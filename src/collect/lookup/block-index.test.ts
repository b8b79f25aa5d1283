import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { BlockIndex } from './block-index.ts'

test('finds exactly the records that share a key, whatever was added and taken out', () => {
  const key = fc.integer({ min: 0, max: 6 })
  fc.assert(
    fc.property(
      fc.array(fc.tuple(key, key), { minLength: 2, maxLength: 40 }),
      fc.array(fc.tuple(fc.nat(39), key, key), { maxLength: 20 }),
      (start, changes) => {
        const capacity = 64
        const slots = [new Uint32Array(capacity), new Uint32Array(capacity)]
        const set = (i: number, a: number, b: number) => {
          slots[0]![i] = a
          slots[1]![i] = b
        }
        for (const [i, [a, b]] of start.entries()) set(i, a, b)
        const index = new BlockIndex(slots, start.length, 1000)
        for (const [i, a, b] of changes) {
          if (i >= start.length) continue
          index.remove(i)
          set(i, a, b)
          index.add(i)
        }
        const keysOf = (i: number) => [slots[0]![i]!, slots[1]![i]!].filter(k => k > 0)
        for (let i = 0; i < start.length; i++) {
          const found = new Set<number>()
          index.near(i, other => found.add(other))
          const wanted = start.map((_, j) => j).filter(j => keysOf(j).some(k => keysOf(i).includes(k)))
          assert.deepEqual(
            [...found].sort((a, b) => a - b),
            wanted,
          )
        }
      },
    ),
    { numRuns: 300 },
  )
})

test('a key that too many share says nothing', () => {
  const keys = new Uint32Array(50).fill(7)
  const index = new BlockIndex([keys], 40, 30)
  let found = 0
  index.near(3, () => found++)
  assert.equal(found, 0)
})
