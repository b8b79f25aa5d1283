import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inSeason, seasonFactor } from './season.ts'

const steady = { known: 365, trained: 100, year_ago: 100, before_that: 0 }

test('the season of the days to come, by the year before', () => {
  assert.equal(seasonFactor(steady, 180), 1)
  assert.equal(seasonFactor({ ...steady, year_ago: 75 }, 180), 0.75)
  assert.equal(seasonFactor({ ...steady, known: 300, year_ago: 75 }, 180), 1, 'less than a year says nothing')
  // A company that doubles in half a year (before_that 50, year_ago 100·0.8, trained 200): only the season of 0.8 is left.
  const growing = { known: 600, before_that: 50, year_ago: 80, trained: 200 }
  assert.ok(Math.abs(seasonFactor(growing, 180) - 0.8) < 1e-12)
  assert.equal(seasonFactor({ ...steady, year_ago: 1 }, 180), 0.5, 'held within bounds')
})

test('fewer purchases to come, more silence', () => {
  assert.ok(Math.abs(inSeason(Math.exp(-2), 0.5) - Math.exp(-1)) < 1e-12)
})
