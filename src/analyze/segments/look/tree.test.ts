import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Domain, FeatureValue } from '../domain.ts'
import { conditionHolds, holds } from '../holds.ts'
import type { Condition } from '../rule.ts'
import { type Node, treeOf } from './tree.ts'

const domains = new Map<string, Domain>([
  ['orders', { kind: 'number', whole: true, min: 0, nullable: false }],
  ['recency', { kind: 'number', whole: true, min: 0, nullable: true }],
  ['kind', { kind: 'choice', values: ['person', 'organisation'], nullable: false }],
  ['bought', { kind: 'list' }],
])
const everybody: Record<string, FeatureValue>[] = []
for (const orders of [0, 1, 2, 3, 4])
  for (const recency of [null, 0, 1, 2, 3, 4])
    for (const kind of ['person', 'organisation'])
      for (const bought of [[], ['x']]) everybody.push({ orders, recency, kind, bought })

const condition = fc.oneof(
  fc.record({
    feature: fc.constantFrom('orders', 'recency'),
    op: fc.constantFrom('<', '<=', '>', '>=', '=', '!='),
    value: fc.constantFrom(0, 1, 2, 3),
  }),
  fc.record({ feature: fc.constant('recency'), op: fc.constantFrom('missing', 'known') }),
  fc.record({ feature: fc.constant('kind'), op: fc.constant('='), value: fc.constantFrom('person', 'organisation') }),
  fc.record({ feature: fc.constant('bought'), op: fc.constantFrom('includes', 'excludes'), value: fc.constant('x') }),
) as fc.Arbitrary<Condition>
const all = fc.record({ all: fc.array(condition, { maxLength: 3 }) })
const rules = fc.array(fc.oneof(all, fc.record({ any: fc.array(all, { minLength: 1, maxLength: 2 }) })), {
  minLength: 1,
  maxLength: 5,
})

const leafOf = (node: Node, customer: Record<string, FeatureValue>): Node & { kind: 'leaf' } =>
  node.kind === 'leaf'
    ? node
    : leafOf(conditionHolds(node.ask, customer[node.ask.feature]!) ? node.yes : node.no, customer)

test('every customer comes to the leaf of the first rule that takes him, and every leaf to a number of its own', () => {
  fc.assert(
    fc.property(rules, given => {
      const segments = given.map((rule, i) => ({
        code: `s${i}`,
        name: { en: '', zh: '' },
        strategy: { en: '', zh: '' },
        rule,
      }))
      const tree = treeOf(segments, domains)!
      const met = new Map<number, string | null>()
      for (const customer of everybody) {
        const first = segments.find(({ rule }) => holds(rule, f => customer[f]!))?.code ?? null
        const leaf = leafOf(tree.root, customer)
        assert.equal(leaf.segment, first)
        assert.ok(leaf.leaf < tree.leaves)
        assert.equal(met.get(leaf.leaf) ?? leaf.segment, leaf.segment)
        met.set(leaf.leaf, leaf.segment)
      }
    }),
    { numRuns: 150 },
  )
})
