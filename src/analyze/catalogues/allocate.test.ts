import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { allocate } from './allocate.ts'

const instance = fc.integer({ min: 1, max: 3 }).chain(collections =>
  fc.record({
    collections: fc.constant(collections),
    rows: fc.array(
      fc.array(fc.double({ min: -1, max: 4, noNaN: true }), { minLength: collections, maxLength: collections }),
      { minLength: 1, maxLength: 6 },
    ),
    copies: fc.array(fc.option(fc.integer({ min: 1, max: 3 })), { minLength: collections, maxLength: collections }),
    most: fc.integer({ min: 1, max: 2 }),
  }),
)

/** The best there is, by trying everything. */
function optimum(rows: readonly number[][], left: readonly number[], most: number): number {
  const [row, ...rest] = rows
  if (!row) return 0
  let best = 0
  for (let bits = 0; bits < 1 << row.length; bits++) {
    const taken = row.map((_, c) => (bits >> c) & 1)
    if (taken.reduce((n, t) => n + t, 0) > most || taken.some((t, c) => t === 1 && (left[c]! < 1 || row[c]! <= 0)))
      continue
    const worth = row.reduce((sum, s, c) => sum + s * taken[c]!, 0)
    best = Math.max(
      best,
      worth +
        optimum(
          rest,
          left.map((n, c) => n - taken[c]!),
          most,
        ),
    )
  }
  return best
}

test('never more than there is, never more than allowed, nearly the best, and the bound holds', () => {
  fc.assert(
    fc.property(instance, ({ collections, rows, copies, most }) => {
      const worth = Float32Array.from(rows.flat())
      const { given, value, bound } = allocate(worth, collections, copies, most)
      const used = new Array<number>(collections).fill(0)
      let sum = 0
      for (let u = 0; u < rows.length; u++) {
        const own = [...given.subarray(u * most, u * most + most)].filter(c => c !== 255)
        assert.equal(new Set(own).size, own.length)
        for (const c of own) {
          used[c] = used[c]! + 1
          sum += worth[u * collections + c]!
          assert.ok(worth[u * collections + c]! > 0)
        }
      }
      for (const [c, n] of used.entries()) assert.ok(n <= (copies[c] ?? Number.POSITIVE_INFINITY))
      assert.ok(Math.abs(sum - value) < 1e-6)
      const exact = rows.map((_, u) => [...worth.subarray(u * collections, (u + 1) * collections)])
      const best = optimum(
        exact,
        copies.map(n => n ?? 99),
        most,
      )
      assert.ok(value <= best + 1e-6 && best <= bound + 1e-6, `${value} ≤ ${best} ≤ ${bound}`)
      assert.ok(value >= 0.8 * best - 1e-6, `${value} of ${best}`)
    }),
    { numRuns: 300 },
  )
})

test('with many customers the gap is next to nothing', () => {
  const n = 3000
  let state = 7
  const random = () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
    return state / 0x7fffffff
  }
  const worth = Float32Array.from({ length: n * 5 }, () => random() ** 2 * 3 - 0.2)
  const { value, bound } = allocate(worth, 5, [200, 300, null, 50, 400], 2)
  assert.ok((bound - value) / bound < 0.002, `${value} of ${bound}`)
})
