import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ruleFeatures } from '../../features/catalogue.ts'
import type { Rule } from '../rule.ts'
import { catalogueFrom } from '../rule-catalogue.ts'
import type { SegmentDefinition, SegmentSet } from '../segment-set.ts'
import { changesBetween } from './diff.ts'

const segment = (code: string, rule: Rule, more: Partial<SegmentDefinition> = {}): SegmentDefinition => ({
  code,
  name: { en: code, zh: code },
  strategy: { en: '', zh: '' },
  rule,
  ...more,
})
const orders = (value: number): Rule => ({ all: [{ feature: 'frequency', op: '>=', value }] })
const before: SegmentSet = {
  ordered: true,
  segments: [segment('A', orders(9)), segment('B', orders(5)), segment('C', orders(2)), segment('D', { all: [] })],
}
const of = (after: SegmentSet) =>
  changesBetween(before, after, catalogueFrom(ruleFeatures)).map(({ kind, segment, before: b, after: a }) => [
    kind,
    segment,
    b?.en,
    a?.en,
  ])

test('each change is said once, in words; of a move only what moved', () => {
  assert.deepEqual(of(before), [])
  assert.deepEqual(of({ ...before, segments: before.segments.toSpliced(1, 1, segment('B', orders(6))) }), [
    ['rule', 'B', 'Orders at least 5', 'Orders at least 6'],
  ])
  const [a, b, c, d] = before.segments as [SegmentDefinition, SegmentDefinition, SegmentDefinition, SegmentDefinition]
  assert.deepEqual(of({ ordered: true, segments: [c, a, b, d] }), [
    ['moved', 'C', 'tried as number 3', 'tried as number 1'],
  ])
  const service = { per: 'quarter' as const, calls: 1, minutes: 3, offers: 0 }
  assert.deepEqual(of({ ordered: false, segments: [{ ...a, service }, b, d, segment('E', orders(1))] }), [
    ['order', '', 'tried in order', 'in no order: no two may overlap'],
    ['service', 'A', 'nothing promised', '1 call of 3 min a quarter'],
    ['added', 'E', undefined, 'Orders at least 1'],
    ['removed', 'C', 'Orders at least 2', undefined],
  ])
})
