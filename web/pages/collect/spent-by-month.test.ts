import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { spentByMonth } from './spent-by-month.ts'

test('months without a purchase stand between the others, over a new year too', () => {
  const rows = [
    { soldAt: '2010-02-01T00:00:00Z', amountMinor: 5 },
    { soldAt: '2009-11-30T23:59:00Z', amountMinor: 100 },
    { soldAt: '2009-11-02T10:00:00Z', amountMinor: -30 },
  ]
  assert.deepEqual(spentByMonth(rows), [
    { month: '2009-11', minor: 70 },
    { month: '2009-12', minor: 0 },
    { month: '2010-01', minor: 0 },
    { month: '2010-02', minor: 5 },
  ])
})

test('nothing spent is no month', () => assert.deepEqual(spentByMonth([]), []))

test('no amount is lost', () => {
  const row = fc.record({
    soldAt: fc
      .date({ min: new Date('2009-01-01'), max: new Date('2011-12-31'), noInvalidDate: true })
      .map(date => date.toISOString()),
    amountMinor: fc.integer({ min: -100_000, max: 100_000 }),
  })
  fc.assert(
    fc.property(fc.array(row), rows => {
      const total = (list: { n: number }[]): number => list.reduce((sum, entry) => sum + entry.n, 0)
      assert.equal(
        total(spentByMonth(rows).map(entry => ({ n: entry.minor }))),
        total(rows.map(entry => ({ n: entry.amountMinor }))),
      )
    }),
  )
})
