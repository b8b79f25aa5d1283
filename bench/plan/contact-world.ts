import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as analyze from '../../src/analyze/index.ts'
import * as collect from '../../src/collect/index.ts'
import * as optimize from '../../src/optimize/index.ts'
import { type Offer, offersFile } from '../../src/optimize/offers/offer.ts'
import { planLimitsSchema } from '../../src/optimize/offers/plan-limits.ts'
import { inventCustomers, inventedRuns } from '../../src/optimize/plan/invented-customers.ts'
import type { PlanInputs } from '../../src/optimize/plan/plan-input.ts'
import { type ContactPolicy, contactPolicySchema } from '../../src/optimize/policy/contact-policy.ts'
import { type Facts, migrateFacts } from '../../src/platform/stores/facts/index.ts'

const asOf = '2010-12-01'
const samples = join(import.meta.dirname, '../../samples')

/**
 * Customers with features, scores, consents and purchases, and what they were sent in the two years before: by hashes of their
 * numbers, the same every time. Three of four contacts sold something, one in five was service, the rest legal mail; one in a
 * hundred was complained of, three in a hundred were accepted.
 */
export async function makeContactWorld(facts: Facts, customers: number, contacts: number): Promise<void> {
  await migrateFacts(facts, [...collect.stage.factTables, ...analyze.stage.factTables, ...optimize.stage.factTables])
  await inventCustomers(facts, customers, asOf)
  const each = Math.round(contacts / customers)
  const hash = (salt: number, n: number) => `(sipHash64(${salt}, number) % ${n})`
  const STEP = 5_000_000
  for (let from = 0; from < contacts; from += STEP)
    await facts.exec(
      `INSERT INTO events (event_id, customer_id, type, channel, at, communication_id, payload)
       SELECT
         concat('s', leftPad(toString(number), 9, '0')), intDiv(number, {each:UInt64}) + 1,
         multiIf(${hash(1, 1000)} < 10, 'complaint', ${hash(1, 1000)} < 40, 'accepted', 'sent'),
         ['letter', 'email', 'sms', 'call', 'email', 'email'][${hash(2, 6)} + 1],
         toDateTime64({asOf:Date} - 1 - ${hash(3, 730)}, 3, 'UTC') + toIntervalHour(10),
         hex(sipHash128(number)),
         concat('{"asOf":"', toString({asOf:Date} - 1 - ${hash(3, 730)}), '","class":"',
           ['offer', 'offer', 'offer', 'service'][${hash(4, 4)} + 1], '","offer":"OFFER-', toString(${hash(5, 50)} + 1), '","kind":"message"}')
       FROM numbers({from:UInt64}, {n:UInt64})`,
      { asOf, each, from, n: Math.min(STEP, contacts - from) },
    )
}

const rules = [
  [{ feature: 'recency_days', op: '<=', value: 180 }],
  [{ feature: 'recency_days', op: '>', value: 120 }],
  [
    { feature: 'bought_categories', op: 'includes', value: 'TABLEWARE' },
    { feature: 'bought_categories', op: 'excludes', value: 'CHRISTMAS' },
  ],
  [
    { feature: 'frequency', op: '>=', value: 3 },
    { feature: 'churn_probability', op: '>=', value: 0.5 },
  ],
  [{ feature: 'segment', op: '=', value: 'LOYAL' }],
] as const

/** 50 offers by 4 channels, six rolling windows, blackouts after complaints, purchases and bounces, conflicts and a sequence. */
export async function contactWorldInputs(): Promise<PlanInputs> {
  const file = offersFile.parse(JSON.parse(await readFile(join(samples, 'offers.json'), 'utf8')))
  const policy: ContactPolicy = contactPolicySchema.parse(
    JSON.parse(await readFile(join(samples, 'contact-policy.json'), 'utf8')),
  )
  const { bill: _, ...channels } = policy.channels
  const offers = Array.from({ length: 50 }, (__, i): Offer => {
    const like = file.offers[i % file.offers.length]!
    return {
      ...like,
      id: `OFFER-${i + 1}`,
      channels: ['letter', 'email', 'sms', 'call'],
      priorAcceptance: { letter: 0.03, email: 0.02, sms: 0.015, call: 0.08 },
      rule: {
        all: [...rules[i % rules.length]!, { feature: 'monetary_minor', op: '>=', value: 1000 * (i % 40) }],
      } as Offer['rule'],
      marginMinor: 4000 + 200 * i,
      minimum: 0,
      maximum: 200_000,
    }
  })
  const { identity, features, models, segments } = inventedRuns
  return {
    runs: { identityRun: identity, featuresRun: features, modelsRun: models, segmentsRun: segments },
    asOf,
    offers,
    policy: {
      ...policy,
      channels,
      limits: [
        { channels: ['letter', 'email', 'sms', 'call'], days: 30, max: 5 },
        { channels: ['letter', 'email', 'sms', 'call'], kinds: ['offer', 'service'], days: 90, max: 15 },
        { channels: ['letter'], days: 60, max: 2 },
        { channels: ['email'], days: 7, max: 2 },
        { channels: ['sms'], days: 14, max: 1 },
        { channels: ['call'], days: 90, max: 2 },
      ],
      blackouts: [...policy.blackouts, { after: 'purchase', days: 3, channels: ['call'] }],
      complaints: { days: 60, while_open: false, resolved_by: ['complaint-resolved'] },
      fatigue: { days: 90, minor: 2 },
      budget_minor: 20_000_000,
    },
    limits: planLimitsSchema.parse({
      conflicts: [{ never: ['OFFER-1', 'OFFER-2', 'OFFER-3'], days: 60 }],
      after: [{ offer: 'OFFER-50', needs: 'OFFER-1' }],
    }),
  }
}

export const ASKED_ONCE = `
  SELECT toString(sum(cityHash64(customer_id, type, channel, at, payload))) AS sum, count() AS n FROM events FINAL`
