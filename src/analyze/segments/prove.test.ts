import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Domain, FeatureValue } from './domain.ts'
import { holds } from './holds.ts'
import { proveSegments } from './prove.ts'
import type { Condition, Rule } from './rule.ts'

const domains = new Map<string, Domain>([
  ['orders', { kind: 'number', whole: true, min: 0, nullable: false }],
  ['recency', { kind: 'number', whole: true, min: 0, max: 4, nullable: true }],
  ['churn', { kind: 'number', whole: false, min: 0, max: 1, nullable: false }],
  ['kind', { kind: 'choice', values: ['person', 'organisation'], nullable: false }],
  ['city', { kind: 'choice', nullable: true }],
  ['bought', { kind: 'list' }],
])
const of = (rules: Rule[]) => rules.map((rule, i) => ({ code: `s${i}`, rule }))

const numeric = (feature: string, value: fc.Arbitrary<number>) =>
  fc.oneof(
    fc.record({ feature: fc.constant(feature), op: fc.constantFrom('<', '<=', '>', '>=', '=', '!='), value }),
    fc.record({
      feature: fc.constant(feature),
      op: fc.constant('in'),
      value: fc.array(value, { minLength: 1, maxLength: 3 }),
    }),
  )
const chosen = (feature: string, ...values: string[]) =>
  fc.record({ feature: fc.constant(feature), op: fc.constantFrom('=', '!='), value: fc.constantFrom(...values) })
const condition = fc.oneof(
  numeric('orders', fc.constantFrom(-1, 0, 1, 1.5, 2, 3)),
  numeric('recency', fc.constantFrom(0, 2, 3, 4)),
  fc.record({ feature: fc.constantFrom('recency', 'city'), op: fc.constantFrom('missing', 'known') }),
  numeric('churn', fc.constantFrom(0, 0.5, 1)),
  chosen('kind', 'person', 'organisation'),
  chosen('city', 'A', 'B'),
  fc.record({
    feature: fc.constant('bought'),
    op: fc.constantFrom('includes', 'excludes'),
    value: fc.constantFrom('x', 'y'),
  }),
) as fc.Arbitrary<Condition>
const all = fc.record({ all: fc.array(condition, { maxLength: 3 }) })
const rule: fc.Arbitrary<Rule> = fc.oneof(
  { weight: 4, arbitrary: all },
  { weight: 1, arbitrary: fc.record({ any: fc.array(all, { minLength: 1, maxLength: 2 }) }) },
)

/** Every combination of values fine enough for the thresholds above: between, on, below and above them. */
const everybody: Record<string, FeatureValue>[] = []
for (const orders of [0, 1, 2, 3, 4])
  for (const recency of [null, 0, 1, 2, 3, 4])
    for (const churn of [0, 0.2, 0.5, 0.7, 1])
      for (const kind of ['person', 'organisation'])
        for (const city of [null, 'A', 'B', 'C'])
          for (const bought of [[], ['x'], ['y'], ['x', 'y']])
            everybody.push({ orders, recency, churn, kind, city, bought })

test('the proof agrees with trying everybody, and its witnesses are real', () => {
  fc.assert(
    fc.property(fc.array(rule, { minLength: 1, maxLength: 7 }), rules => {
      const inside = everybody.map(c => rules.filter(r => holds(r, f => c[f]!)).length)
      const proof = proveSegments(of(rules), domains, false)
      assert.equal(proof.complete, inside.includes(0) ? 'refuted' : 'proven')
      assert.equal(proof.exclusive, inside.some(n => n > 1) ? 'refuted' : 'proven')
      if (proof.gap) assert.equal(rules.filter(r => holds(r, f => proof.gap![f] ?? null)).length, 0)
      for (const { a, b, witness } of proof.overlaps)
        for (const code of [a, b]) assert.ok(holds(rules[Number(code.slice(1))]!, f => witness[f] ?? null))
      const first = everybody.map(c => rules.findIndex(r => holds(r, f => c[f]!)))
      const ordered = proveSegments(of(rules), domains, true)
      assert.deepEqual(
        ordered.empty,
        rules.flatMap((_, i) => (first.includes(i) ? [] : [`s${i}`])),
      )
      assert.deepEqual([ordered.exclusive, ordered.complete], ['proven', proof.complete])
    }),
    { numRuns: 400 },
  )
})

test('a partition is proven; one threshold moved is shown with the customer it loses', () => {
  const split = (upper: number): Rule[] => [
    { all: [{ feature: 'orders', op: '<=', value: 2 }] },
    {
      all: [
        { feature: 'orders', op: '>=', value: upper },
        { feature: 'churn', op: '<', value: 0.5 },
      ],
    },
    {
      all: [
        { feature: 'orders', op: '>=', value: upper },
        { feature: 'churn', op: '>=', value: 0.5 },
      ],
    },
  ]
  const right = proveSegments(of(split(3)), domains, false)
  assert.deepEqual([right.exclusive, right.complete, right.gap], ['proven', 'proven', null])
  assert.equal(proveSegments(of(split(4)), domains, false).gap!['orders'], 3)
  const twice = proveSegments(of(split(2)), domains, false)
  assert.equal(twice.overlaps[0]!.witness['orders'], 2)
})

test('500 rules over 30 attributes are proven within a second', () => {
  const features = Array.from({ length: 30 }, (_, k) => `f${k}`)
  const many = new Map<string, Domain>(features.map(f => [f, { kind: 'number', whole: false, nullable: true }]))
  // A decision tree of 500 leaves: every split by another attribute, null going to the left.
  type Leaf = { path: Condition[]; at: number }
  const leaves: Leaf[] = [{ path: [], at: 0 }]
  for (let i = 0; leaves.length < 500; i++) {
    const { path, at } = leaves.shift()!
    const feature = features[(i * 7 + at * 3) % 30]!
    const used = path.some(c => c.feature === feature)
    if (used) {
      leaves.push({ path, at: at + 1 })
      continue
    }
    const value = (i % 17) - 8
    const parts: Condition[] = [
      { feature, op: '<', value },
      { feature, op: '>=', value },
      { feature, op: 'missing' },
    ]
    leaves.push(...parts.map(part => ({ path: [...path, part], at: at + 1 })))
  }
  const rules = leaves.map((leaf, i) => ({ code: `s${i}`, rule: { all: leaf.path } }))
  const start = performance.now()
  const proof = proveSegments(rules, many, false)
  const seconds = (performance.now() - start) / 1000
  assert.deepEqual([proof.exclusive, proof.complete], ['proven', 'proven'])
  assert.ok(seconds < 1, `${seconds} s`)
  const holed = proveSegments(rules.toSpliced(123, 1), many, false)
  assert.equal(holed.complete, 'refuted')
})
