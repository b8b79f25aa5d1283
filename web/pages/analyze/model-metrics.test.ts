import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Model } from '../../api/types.ts'
import { headline } from './model-metrics.ts'

const text = { en: '', zh: '' }
const model = (kind: string, metrics: Record<string, number>): Model => ({
  id: kind,
  title: text,
  kind,
  asOf: '2010-12-01',
  trainedOn: 1,
  parameters: {},
  verdict: 'good',
  evidence: text,
  metrics,
  deciles: [],
})

test('totals become a ratio, beside that of the simple rule', () => {
  const { pairs, rest } = headline(
    model('purchases', { 'after.expected': 200, 'after.actual': 150, 'after.ruleTotal': 300, se_a: 0.1 }),
  )
  assert.deepEqual(pairs, [{ id: 'after.total', value: 0.75, rule: 0.5, unit: 'share' }])
  assert.deepEqual(rest, [['se_a', 0.1]])
})

test('the error of a model of money is money', () => {
  assert.equal(headline(model('value', { 'after.mae': 4916, 'after.ruleMae': 4670 })).pairs[0]?.unit, 'money')
  assert.equal(headline(model('purchases', { 'after.mae': 2.4 })).pairs[0]?.unit, 'number')
})

test('a model that has not been judged has no headline', () => {
  assert.deepEqual(headline(model('churn', {})), { pairs: [], rest: [] })
})
