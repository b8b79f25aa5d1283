import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aaCampaigns, falseAccusations, power } from '../../../bench/learn/error-rates.ts'

test('2,000 A/A campaigns looked at daily: false alarms ≤ 5 %', context => {
  const { alarms, naive } = aaCampaigns(2000)
  context.diagnostic(`${alarms} false alarms of 2,000; the usual test at each look: ${naive}`)
  assert.ok(alarms <= 100, `${alarms}`)
})

test('one segment whose customers answer otherwise: found within three turns, no other accused in 95 % of worlds', context => {
  const { found, others } = falseAccusations(200)
  context.diagnostic(`found in ${found} of 200 worlds, another accused in ${others}`)
  assert.ok(found >= 190, `${found}`)
  assert.ok(others <= 10, `${others}`)
})

test('power: a cell of 1,000 contacts at 6 % with twice the odds is found', context => {
  for (const row of power(50)) context.diagnostic(`odds × ${row.odds}: ${row.found} of ${row.of}, day ${row.meanDay}`)
  assert.ok(power(50, [2])[0]!.found >= 45)
})
