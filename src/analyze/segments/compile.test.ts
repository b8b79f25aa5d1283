import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import type { App } from '../../platform/app.ts'
import { openTestApp } from '../test-company.ts'
import { compileRule, compileSegments } from './compile.ts'
import type { Domain, FeatureValue } from './domain.ts'
import { holds } from './holds.ts'
import type { Condition, Rule } from './rule.ts'

let app: App & { close(): Promise<void> }
before(async () => {
  app = await openTestApp()
  await app.facts.exec(`CREATE TABLE people (id UInt32, orders UInt32, recency Nullable(UInt32), churn Float64,
    kind LowCardinality(String), city LowCardinality(Nullable(String)), bought Array(LowCardinality(String)))
    ENGINE = MergeTree ORDER BY id`)
  await app.facts.insert('people', people)
})
after(() => app.close())

const people: (Record<string, FeatureValue> & { id: number })[] = []
for (const orders of [0, 1, 2, 3])
  for (const recency of [null, 0, 2, 9])
    for (const churn of [0, 0.5, 0.7])
      for (const kind of ['person', 'organisation'])
        for (const city of [null, 'A', 'O’Hara \\ "x"'])
          for (const bought of [[], ['x'], ['x', 'y']])
            people.push({ id: people.length, orders, recency, churn, kind, city, bought })

const domains: Record<string, Domain> = {
  orders: { kind: 'number', whole: true, min: 0, nullable: false },
  recency: { kind: 'number', whole: true, min: 0, nullable: true },
  churn: { kind: 'number', whole: false, nullable: false },
  kind: { kind: 'choice', nullable: false },
  city: { kind: 'choice', nullable: true },
  bought: { kind: 'list' },
}
const column = (feature: string) => ({ sql: feature, domain: domains[feature]! })

const number = fc.constantFrom(-1, 0, 0.5, 1, 2, 3)
const words = fc.constantFrom('person', 'A', 'O’Hara \\ "x"', "x' OR 1=1 --")
const condition = fc.oneof(
  fc.record({
    feature: fc.constantFrom('orders', 'recency', 'churn'),
    op: fc.constantFrom('<', '<=', '>', '>=', '=', '!='),
    value: number,
  }),
  fc.record({
    feature: fc.constantFrom('orders', 'recency'),
    op: fc.constant('in'),
    value: fc.array(number, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ feature: fc.constantFrom('kind', 'city'), op: fc.constantFrom('=', '!='), value: words }),
  fc.record({
    feature: fc.constantFrom('kind', 'city'),
    op: fc.constant('in'),
    value: fc.array(words, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ feature: fc.constantFrom('recency', 'city', 'orders'), op: fc.constantFrom('missing', 'known') }),
  fc.record({
    feature: fc.constant('bought'),
    op: fc.constantFrom('includes', 'excludes'),
    value: fc.constantFrom('x', 'y', "'"),
  }),
) as fc.Arbitrary<Condition>
const all = fc.record({ all: fc.array(condition, { maxLength: 3 }) })
const rule: fc.Arbitrary<Rule> = fc.oneof(all, fc.record({ any: fc.array(all, { minLength: 1, maxLength: 2 }) }))

test('the engine puts everybody where the rules’ meaning does', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(rule, { minLength: 1, maxLength: 4 }), async rules => {
      const segments = rules.map((own, i) => ({ code: `s${i}`, rule: own }))
      const { segment, matches, params } = compileSegments(segments, column)
      const rows = await app.facts.query<{ id: number; segment: string; matches: number }>(
        `SELECT id, ${segment} AS segment, ${matches} AS matches FROM people ORDER BY id`,
        params,
      )
      for (const { id, segment: got, matches: count } of rows) {
        const holding = rules.map((own, i) => ({ own, i })).filter(({ own }) => holds(own, f => people[id]![f]!))
        assert.equal(got, holding.length > 0 ? `s${holding[0]!.i}` : '')
        assert.equal(count, holding.length)
      }
    }),
    { numRuns: 30 },
  )
})

test('an empty rule holds for everybody, and values never become text of the statement', () => {
  assert.equal(compileRule({ all: [] }, column).sql, 'true')
  const { sql, params } = compileRule({ all: [{ feature: 'city', op: '=', value: "'; DROP TABLE people" }] }, column)
  assert.ok(!sql.includes('DROP'))
  assert.deepEqual(Object.values(params), ["'; DROP TABLE people"])
})
