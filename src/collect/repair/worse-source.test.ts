import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { type Facts, openFacts } from '../../platform/stores/facts/index.ts'
import { BELIEF, GATHERED, GOLDEN_UNITS, JUDGED, RECORD_FIELDS, rankedCandidates } from '../identity/survivorship.ts'

let dir: string
let facts: Facts
before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'huiyin-worse-'))
  facts = await openFacts({ dataDir: dir })
})
after(async () => {
  await facts.close()
  await rm(dir, { recursive: true, force: true })
})

interface Candidate {
  source: 'crm' | 'shop' | 'steward' | 'book'
  days: number
  email: string
}
const TRUST = { crm: 0.8, shop: 0.5, steward: 0.95, book: 0.3 } as const

const unit = GOLDEN_UNITS.find(({ unit: name }) => name === 'email')!
const WINNERS = `
SELECT customer, winner.1[1] AS email, winner.5 AS source FROM (
  SELECT customer, ${rankedCandidates(unit)}[1] AS winner FROM (
    SELECT customer, ${GATHERED} FROM (
      SELECT *, ${BELIEF} AS belief, ${JUDGED} FROM (
        SELECT customer, source, concat('r', toString(n)) AS row_key, toDateTime(toInt64({start:Int64}) + 86400 * days, 'UTC') AS at, trust,
               ${RECORD_FIELDS.map(field => (field === 'email' ? 'given AS email' : `'' AS ${field}`)).join(', ')}
        FROM (SELECT arrayJoin(arrayZip({customers:Array(UInt32)}, {sources:Array(String)}, {days:Array(Int32)}, {trusts:Array(Float64)}, {emails:Array(String)}, arrayEnumerate({emails:Array(String)}))) AS c,
                     c.1 AS customer, c.2 AS source, c.3 AS days, c.4 AS trust, c.5 AS given, c.6 AS n)
      )
    ) GROUP BY customer
  )
) ORDER BY customer`

const validEmail = (email: string): boolean => email.includes('@')

test('an address book never beats a valid value of a better source, whatever the dates, in whatever order they come', async () => {
  const candidate: fc.Arbitrary<Candidate> = fc.record({
    source: fc.constantFrom('crm', 'shop', 'steward', 'book'),
    days: fc.integer({ min: 0, max: 9000 }),
    email: fc.constantFrom('a@example.com', 'b@example.com', 'c@example.com', 'none', ''),
  })
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(candidate, { minLength: 1, maxLength: 6 }), { minLength: 200, maxLength: 200 }),
      async customers => {
        const rows = customers.flatMap((of, customer) => of.map(one => ({ customer, ...one })))
        const winners = await facts.query<{ customer: number; email: string; source: keyof typeof TRUST }>(WINNERS, {
          start: Math.floor(Date.UTC(2000, 0, 1) / 1000),
          now: new Date(Date.UTC(2026, 0, 1)),
          customers: rows.map(row => row.customer),
          sources: rows.map(row => row.source),
          days: rows.map(row => row.days),
          trusts: rows.map(row => TRUST[row.source]),
          emails: rows.map(row => row.email),
        })
        assert.equal(winners.length, customers.length)
        for (const { customer, source, email } of winners) {
          const of = customers[customer]!
          const better = of.some(one => one.source !== 'book' && validEmail(one.email))
          if (better) assert.ok(source !== 'book' && validEmail(email), JSON.stringify({ of, source, email }))
          if (of.some(one => validEmail(one.email))) assert.ok(validEmail(email), JSON.stringify({ of, source, email }))
        }
      },
    ),
    { numRuns: 10 },
  )
})
