import assert from 'node:assert/strict'
import { test } from 'node:test'
import { perPlan } from '../../../../src/optimize/policy/capacity.ts'
import { type Capacity, carries, plannedWith } from './calls-a-day.ts'

test('the calculator says what the server plans with', () => {
  const capacities: Capacity[] = [
    { kind: 'none' },
    { kind: 'lots', lot_size: 50, lots: 4 },
    { kind: 'rate', per_minute: 600, max: 400 },
    { kind: 'days', per_day: 12, days: 8 },
    { kind: 'agents', teams: [{ name: 'a', agents: 3 }], days: 5 },
    {
      kind: 'agents',
      teams: [
        { name: 'a', agents: 7, hours: 6.5, minutes_per_call: 4.5 },
        { name: 'b', agents: 1 },
      ],
      days: 2,
    },
  ]
  for (const capacity of capacities) assert.equal(carries(capacity), perPlan(capacity), JSON.stringify(capacity))
})

test('what the desk counted is planned with where it is wanted and there', () => {
  const teams = { kind: 'agents' as const, teams: [{ name: 'a', agents: 3 }], days: 5 }
  assert.equal(plannedWith({ ...teams, measured: true }, { perDay: 42 }), 210)
  assert.equal(plannedWith({ ...teams, measured: true }, undefined), null)
  assert.equal(plannedWith(teams, { perDay: 42 }), null)
})
