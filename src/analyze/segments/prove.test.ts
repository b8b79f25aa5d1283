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

interface World {
  domains: Map<string, Domain>
  rule: fc.Arbitrary<Rule>
  everybody: Record<string, FeatureValue>[]
}
const first: World = { domains, rule, everybody }

/** Dates, open bounds, bounds of rules outside the domain, lists and choices of which all values are known. */
const second: World = (() => {
  const since = ['2009-12-31', '2010-01-01', '2010-01-02', '2010-01-03', '2010-01-05', null]
  const shares = [0.01, 0.2, 0.3, 0.5, 0.7]
  const tiers = ['a', 'b', 'c', null]
  const tags: string[][] = [[], ['x'], ['y'], ['x', 'y']]
  const everybody: World['everybody'] = []
  for (const joined of since)
    for (const share of shares)
      for (const tier of tiers) for (const tag of tags) everybody.push({ joined, share, tier, tag })
  const days = fc.constantFrom('2009-12-30', '2010-01-01', '2010-01-03')
  const order = fc.constantFrom('<', '<=', '>', '>=', '=', '!=')
  const condition = fc.oneof(
    fc.record({ feature: fc.constant('joined'), op: order, value: days }),
    fc.record({
      feature: fc.constant('joined'),
      op: fc.constant('in'),
      value: fc.array(days, { minLength: 1, maxLength: 2 }),
    }),
    numeric('share', fc.constantFrom(-1, 0, 0.2, 0.5, 1, 2)),
    fc.record({
      feature: fc.constant('tier'),
      op: fc.constant('in'),
      value: fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 3 }),
    }),
    chosen('tier', 'a', 'b', 'c'),
    fc.record({ feature: fc.constantFrom('joined', 'tier'), op: fc.constantFrom('missing', 'known') }),
    fc.record({
      feature: fc.constant('tag'),
      op: fc.constantFrom('includes', 'excludes'),
      value: fc.constantFrom('x', 'y', 'z'),
    }),
  ) as fc.Arbitrary<Condition>
  const all = fc.record({ all: fc.array(condition, { maxLength: 3 }) })
  return {
    domains: new Map<string, Domain>([
      ['joined', { kind: 'date', min: '2009-12-31', max: '2010-01-05', nullable: true }],
      ['share', { kind: 'number', whole: false, min: 0, max: 1, openMin: true, openMax: true, nullable: false }],
      ['tier', { kind: 'choice', values: ['a', 'b', 'c'], nullable: true }],
      ['tag', { kind: 'list', values: ['x', 'y'] }],
    ]),
    rule: fc.oneof(all, fc.record({ any: fc.array(all, { minLength: 1, maxLength: 3 }) })),
    everybody,
  }
})()

for (const [name, world] of Object.entries({ first, second }))
  test(`the proof agrees with trying everybody, and its witnesses are real: ${name} world`, () => {
    fc.assert(
      fc.property(fc.array(world.rule, { minLength: 1, maxLength: 7 }), rules => {
        const inside = world.everybody.map(c => rules.filter(r => holds(r, f => c[f]!)).length)
        const proof = proveSegments(of(rules), world.domains, false)
        assert.equal(proof.complete, inside.includes(0) ? 'refuted' : 'proven')
        assert.equal(proof.exclusive, inside.some(n => n > 1) ? 'refuted' : 'proven')
        if (proof.gap) assert.equal(rules.filter(r => holds(r, f => proof.gap![f] ?? null)).length, 0)
        for (const { a, b, witness } of proof.overlaps)
          for (const code of [a, b]) assert.ok(holds(rules[Number(code.slice(1))]!, f => witness[f] ?? null))
        const first = world.everybody.map(c => rules.findIndex(r => holds(r, f => c[f]!)))
        const ordered = proveSegments(of(rules), world.domains, true)
        assert.deepEqual(
          ordered.empty,
          rules.flatMap((_, i) => (first.includes(i) ? [] : [`s${i}`])),
        )
        assert.deepEqual([ordered.exclusive, ordered.complete], ['proven', proof.complete])
      }),
      { numRuns: name === 'first' ? 300 : 600 },
    )
  })

test('whole numbers next to each other, and values at the ends of what doubles can say, are not overlooked', () => {
  const real = new Map<string, Domain>([['x', { kind: 'number', whole: false, nullable: false }]])
  const complete = (domains: Map<string, Domain>, ...conditions: [string, number][]) =>
    proveSegments(
      of(conditions.map(([op, value]) => ({ all: [{ feature: 'x', op, value } as Condition] }))),
      domains,
      true,
    ).complete
  assert.equal(complete(real, ['>=', -1e300]), 'refuted')
  assert.equal(complete(real, ['<=', 1.7e308]), 'refuted')
  assert.equal(complete(real, ['<=', 1], ['>=', 1 + Number.EPSILON]), 'proven')
  assert.equal(complete(real, ['<=', 1], ['>=', 1 + 2 * Number.EPSILON]), 'refuted')
  const whole = new Map<string, Domain>([['x', { kind: 'number', whole: true, nullable: false }]])
  assert.equal(complete(whole, ['<=', 2], ['>=', 3]), 'proven')
  // 2^53 + 1 is a number to the engine and none to a double.
  assert.throws(() => complete(whole, ['<=', 2 ** 53], ['>=', 2 ** 53 + 2]), /too large|过大|9007199254740991/)
})

/** Ten pigeons, so many holes: two of them share one. Resolution needs exponentially many steps to see it (Haken 1985). */
function pigeons(holes: number): { domains: Map<string, Domain>; rules: Rule[] } {
  const values = Array.from({ length: holes }, (_, v) => `hole ${v}`)
  const names = Array.from({ length: 10 }, (_, p) => `pigeon ${p}`)
  const rules = names.flatMap((a, i) =>
    names.slice(i + 1).flatMap(b =>
      values.map(value => ({
        all: [
          { feature: a, op: '=' as const, value },
          { feature: b, op: '=' as const, value },
        ],
      })),
    ),
  )
  return { domains: new Map(names.map(name => [name, { kind: 'choice', values, nullable: false }])), rules }
}

test('what nobody can prove in time is "not proven", soon', () => {
  const tight = pigeons(9)
  const start = process.cpuUsage()
  const proof = proveSegments(of(tight.rules), tight.domains, true)
  assert.equal(proof.complete, 'not-proven')
  const { user } = process.cpuUsage(start)
  assert.ok(user < 4e6, `${user} µs of computing`)
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
