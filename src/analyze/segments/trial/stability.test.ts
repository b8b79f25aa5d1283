import assert from 'node:assert/strict'
import { test } from 'node:test'
import { monthsBefore } from './history.ts'
import { type DatedFlow, periodsOf, staysOf } from './stability.ts'

const flow = (since: string, from: string, to: string, customers: number): DatedFlow => ({
  since,
  until: `${since}+`,
  from,
  to,
  customers,
})
const flows = [
  flow('a', 'X', 'X', 80),
  flow('a', 'X', 'Y', 20),
  flow('a', 'Y', 'Y', 100),
  flow('b', 'X', 'X', 40),
  flow('b', 'X', 'Y', 40),
  flow('b', 'Y', 'Y', 120),
]

test('who stays, and how far the sizes moved beside what chance would do', () => {
  const [first, second] = periodsOf(flows)
  assert.equal(first!.stays, 0.9)
  // From 50 : 50 to 40 : 60: (−.1) ln .8 + .1 ln 1.2.
  assert.ok(Math.abs(first!.psi - (-0.1 * Math.log(0.8) + 0.1 * Math.log(1.2))) < 1e-12)
  assert.equal(first!.psiExpected, 2 / 200)
  assert.equal(second!.stays, 0.8)
  assert.deepEqual(staysOf(flows, 'X'), { stays: (0.8 + 0.5) / 2, least: 0.5 })
  assert.deepEqual(staysOf(flows, 'Z'), { stays: null, least: null })
})

test('a month earlier is the same day, or the last of a shorter month', () => {
  assert.equal(monthsBefore('2010-12-01', 3), '2010-09-01')
  assert.equal(monthsBefore('2011-03-31', 1), '2011-02-28')
  assert.equal(monthsBefore('2012-05-31', 3), '2012-02-29')
  assert.equal(monthsBefore('2011-01-15', 12), '2010-01-15')
})
