import assert from 'node:assert/strict'
import { test } from 'node:test'
import { capacitySchema, lotOf, perDay, perPlan } from './capacity.ts'

const read = (capacity: object) => capacitySchema.parse(capacity)

test('a call team makes agents × hours × 60 / minutes calls a day, 100 an agent when nothing is said', () => {
  const team = (t: object) => read({ kind: 'agents', teams: [{ name: 'a', agents: 4, ...t }], days: 5 })
  assert.equal(perDay(team({})), 400)
  assert.equal(perPlan(team({})), 2000)
  assert.equal(perDay(team({ hours: 6 })), 480, 'three minutes a call')
  assert.equal(perDay(team({ hours: 6, minutes_per_call: 7 })), 205)
  assert.equal(perDay(team({ minutes_per_call: 6 })), 200, 'five hours on the line')
  assert.equal(
    perDay(
      read({
        kind: 'agents',
        days: 1,
        teams: [
          { name: 'a', agents: 1 },
          { name: 'b', agents: 2, hours: 1 },
        ],
      }),
    ),
    140,
  )
})

test('lots, rates and days', () => {
  assert.equal(perPlan(read({ kind: 'lots', lot_size: 50, lots: 4 })), 200)
  assert.deepEqual(
    [
      lotOf(read({ kind: 'lots', lot_size: 50, lots: 4 })),
      lotOf(read({ kind: 'lots', lot_size: 50, lots: 4, whole: true })),
    ],
    [null, 50],
  )
  assert.deepEqual(
    [
      perPlan(read({ kind: 'rate', per_minute: 600, max: 400, per_day: 90 })),
      perDay(read({ kind: 'rate', per_minute: 600, max: 400, per_day: 90 })),
    ],
    [400, 90],
  )
  assert.equal(perPlan(read({ kind: 'none' })), null)
  assert.throws(() => read({ kind: 'days', per_day: -1, days: 3 }))
})
