import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Findings, verdictOf } from './verdict.ts'

const fine: Findings = {
  ranking: 0.7,
  ruleRanking: 0.65,
  rankingError: 0.01,
  chance: 0.5,
  expected: 1000,
  actual: 1020,
  totalError: 0.02,
}

test('each verdict has its reason', () => {
  assert.equal(verdictOf(fine), 'good')
  assert.equal(verdictOf({ ...fine, ranking: 0.51 }), 'stop')
  assert.equal(verdictOf({ ...fine, ranking: Number.NaN }), 'stop')
  assert.equal(verdictOf({ ...fine, ruleRanking: 0.75 }), 'retrain')
  assert.equal(verdictOf({ ...fine, ruleRanking: 0.71 }), 'good')
  assert.equal(verdictOf({ ...fine, actual: 1300 }), 'recalibrate')
  assert.equal(verdictOf({ ...fine, actual: 1300, totalError: 0.2 }), 'good')
  assert.equal(verdictOf({ ...fine, calibrationError: 0.09 }), 'recalibrate')
  assert.equal(verdictOf({ ...fine, expected: 0, actual: 0 }), 'recalibrate')
})
