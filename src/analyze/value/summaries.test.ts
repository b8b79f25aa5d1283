import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { distinctSummaries, SummaryGroups } from './summaries.ts'

const triple = fc.tuple(
  fc.integer({ min: 0, max: 3 }),
  fc.oneof(fc.integer({ min: 0, max: 5 }), fc.double({ min: 0, max: 1, noNaN: true })),
  fc.oneof(fc.integer({ min: 0, max: 5 }), fc.double({ min: 0, max: 1e-3, noNaN: true })),
)

test('every row finds its own triple, no triple stands twice, weights add up; in parts as at once', () => {
  fc.assert(
    fc.property(fc.array(triple, { maxLength: 300 }), fc.nat(300), (rows, cut) => {
      const column = (k: 0 | 1 | 2) => rows.map(row => row[k])
      const all = distinctSummaries(column(0), column(1), column(2))
      const seen = new Set<string>()
      for (let k = 0; k < all.x.length; k++) seen.add(`${all.x[k]} ${all.tx[k]} ${all.T[k]}`)
      assert.equal(seen.size, all.x.length)
      for (const [i, row] of rows.entries()) {
        const k = all.rowOf[i]!
        // −0 and 0 are one number.
        assert.ok(all.x[k] === row[0] && all.tx[k] === row[1] && all.T[k] === row[2])
      }
      assert.equal(
        all.weight.reduce((s, w) => s + w, 0),
        rows.length,
      )
      const groups = new SummaryGroups(rows.length)
      for (const part of [rows.slice(0, cut), rows.slice(cut)])
        groups.add(
          part.map(row => row[0]),
          part.map(row => row[1]),
          part.map(row => row[2]),
        )
      assert.deepEqual(groups.done(), all)
    }),
  )
})
