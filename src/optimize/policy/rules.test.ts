import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import * as analyze from '../../analyze/index.ts'
import * as collect from '../../collect/index.ts'
import type { OpenApp } from '../../platform/open-app.ts'
import { openTestApp } from '../../platform/open-test-app.ts'
import type { Facts } from '../../platform/stores/facts/index.ts'
import * as optimize from '../index.ts'
import { planLimitsSchema } from '../offers/plan-limits.ts'
import { randomOf } from '../options/acceptance.ts'
import { offerState } from '../options/options.ts'
import { inventedRuns } from '../plan/invented-customers.ts'
import { buildPlanInput, type PlanInput, type PlanInputs } from '../plan/plan-input.ts'
import { dayFrom, type PastEvent, smallCompany } from '../plan/small-companies.ts'
import { solvePlan } from '../plan/solve-plan.ts'
import { type ContactPolicy, contactPolicySchema } from './contact-policy.ts'
import { countEffect } from './count-effect.ts'

const asOf = '2010-12-01'
const CUSTOMERS = 14
let folder: string
let facts: Facts
let app: OpenApp

/** Everybody can be reached by everything and agreed to it: whatever is shut, a rule shut it. */
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiyin-rules-'))
  app = await openTestApp(
    folder,
    [collect, analyze, optimize].map(part => part.stage),
    { threads: 2, logLevel: 'silent' },
  )
  facts = app.facts
  const ids = Array.from({ length: CUSTOMERS }, (_, i) => i + 1)
  const { identity, features, models, segments } = inventedRuns
  await facts.insert(
    'golden_records',
    ids.map(id => ({
      run_id: identity,
      customer_id: id,
      kind: 'person',
      name: `c${id}`,
      email: `c${id}@example.com`,
      mobile: '+8613800000000',
      street: 'x',
      city: 'y',
    })),
  )
  await facts.insert(
    'features',
    ids.map(id => ({
      run_id: features,
      customer_id: id,
      as_of: asOf,
      kind: 'person',
      frequency: 3,
      recency_days: id === 9 ? 2 : 50,
      average_order_minor: 10_000,
    })),
  )
  await facts.insert(
    'scores',
    ids.map(id => ({ run_id: models, customer_id: id, p_alive: 0.5, expected_purchases: 2 })),
  )
  await facts.insert(
    'segment_members',
    ids.map(id => ({ run_id: segments, customer_id: id, segment: id <= 4 ? 'LOYAL' : 'OTHER' })),
  )
  await facts.insert(
    'customer_consents',
    ids.flatMap(id =>
      ['letter', 'email', 'sms', 'call'].map(channel => ({
        run_id: identity,
        customer_id: id,
        channel,
        granted: 1,
        at: '2010-01-01 00:00:00',
        source: 'crm',
      })),
    ),
  )
  await facts.insert('consent_statements', [
    {
      customer_id: 10,
      seq: 1,
      kind: 'preference',
      purpose: '',
      channel: 'preferred-channel',
      state: 'sms',
      granted: 0,
      at: '2010-05-01 00:00:00.000',
      source: 'test',
    },
    {
      customer_id: 11,
      seq: 1,
      kind: 'preference',
      purpose: '',
      channel: 'frequency',
      state: '1',
      granted: 0,
      at: '2010-05-01 00:00:00.000',
      source: 'test',
    },
    {
      customer_id: 12,
      seq: 1,
      kind: 'preference',
      purpose: '',
      channel: 'frequency',
      state: '1',
      granted: 0,
      at: '2010-05-01 00:00:00.000',
      source: 'test',
    },
  ])
})

after(async () => {
  await app.close()
  await rm(folder, { recursive: true })
})

async function tell(events: readonly (Omit<PastEvent, 'channel'> & { channel?: string })[]): Promise<void> {
  await facts.exec('TRUNCATE TABLE events')
  await facts.insert(
    'events',
    events.map((e, i) => ({
      event_id: `e${String(i).padStart(4, '0')}`,
      customer_id: e.customer,
      type: e.type,
      channel: e.channel ?? 'email',
      at: `${e.day} 10:00:00.000`,
      payload: JSON.stringify({ asOf: e.day, class: e.class, offer: e.offer, outcome: 'accepted' }),
    })),
  )
}

const ago = (days: number) => dayFrom(asOf, -days)
const sent = (customer: number, days: number, channel = 'email', kind = 'offer', offer = 'A') => ({
  customer,
  type: 'sent',
  channel,
  day: ago(days),
  class: kind,
  offer,
})
const event = (customer: number, type: string, days: number, offer = '') => ({
  customer,
  type,
  day: ago(days),
  class: '',
  offer,
})

const channel = { consent: null, unit_cost_minor: 1, capacity: { kind: 'none' as const } }
const policyWith = (rules: Partial<ContactPolicy>): ContactPolicy =>
  contactPolicySchema.parse({
    currency: 'GBP',
    limits: [],
    quiet_hours: [],
    blackouts: [],
    control_share: 0,
    budget_minor: 1_000_000,
    channels: { letter: channel, email: channel, sms: channel, call: channel },
    ...rules,
  })

const offer = {
  ...smallCompany(randomOf('any'), asOf, 1).inputs.offers[0]!,
  rule: { all: [] },
  minimum: 0,
  maximum: null,
  marginMinor: 9000,
  benefitCostMinor: 0,
}
const channels = ['letter', 'email', 'sms', 'call']
const offers = ['A', 'B', 'C'].map(id => ({
  ...offer,
  id,
  category: null,
  channels,
  priorAcceptance: { letter: 0.1, email: 0.1, sms: 0.1, call: 0.1 },
}))

const inputsWith = (rules: Partial<ContactPolicy>, limits: object = {}): PlanInputs => ({
  runs: {
    identityRun: inventedRuns.identity,
    featuresRun: inventedRuns.features,
    modelsRun: inventedRuns.models,
    segmentsRun: inventedRuns.segments,
  },
  asOf,
  offers,
  policy: policyWith(rules),
  limits: planLimitsSchema.parse(limits),
})

/** Customers by channel for whom the rule shuts it, as 'customer/channel'. */
function shutBy(input: PlanInput, rule: string, wave = 0): string[] {
  const found: string[] = []
  for (let c = 0; c < input.standing.customers; c++)
    for (const [k, id] of input.axes.channels.entries()) {
      const closed = input.closings.of(input.standing, c, k, wave)
      if (closed > 0 && input.closings.all[closed - 1]!.id === rule) found.push(`${input.standing.ids[c]}/${id}`)
    }
  return found
}

const build = (rules: Partial<ContactPolicy>, limits: object = {}) => buildPlanInput(app, inputsWith(rules, limits))
const by = (customer: number, list = channels) => list.map(c => `${customer}/${c}`)

test('rolling windows count contacts in all, by channel and by kind, to the day', async () => {
  await tell([
    sent(1, 1),
    sent(1, 29), // two within 30 days
    sent(2, 1),
    sent(2, 30), // the second on the first day outside
    sent(3, 3, 'letter'),
    sent(4, 3, 'email', 'service'),
    sent(4, 4, 'email', 'legal'),
  ])
  const all = await build({ limits: [{ channels: ['letter', 'email', 'sms', 'call'], days: 30, max: 2 }] })
  assert.deepEqual(shutBy(all, 'limit:0'), by(1))
  const letters = await build({ limits: [{ channels: ['letter'], days: 30, max: 1 }] })
  assert.deepEqual(shutBy(letters, 'limit:0'), ['3/letter'])
  const kinds = await build({
    limits: [{ channels: ['letter', 'email', 'sms', 'call'], kinds: ['offer', 'service'], days: 30, max: 1 }],
  })
  assert.deepEqual(shutBy(kinds, 'limit:0'), [...by(1), ...by(2), ...by(3), ...by(4)])
  const legal = await build({ limits: [{ channels: ['email'], kinds: ['legal'], days: 30, max: 1 }] })
  assert.deepEqual(shutBy(legal, 'limit:0'), [], 'a limit on legal mail alone is none on offers')
})

test('quiet after a contact, a purchase, an event; on given days; and after a complaint nothing', async () => {
  await tell([
    sent(1, 4),
    event(2, 'bounce', 10),
    event(3, 'complaint', 20),
    event(4, 'complaint', 200),
    event(5, 'complaint', 200),
    event(5, 'complaint-resolved', 190),
    event(6, 'service-request', 2),
    event(7, 'service-request', 9),
  ])
  const input = await build({
    blackouts: [
      { after: 'contact', days: 5, channels: ['email', 'call'] },
      { after: 'purchase', days: 3, channels: ['call'] },
      { after: 'bounce', days: 30, channels: ['email'] },
    ],
    complaints: { days: 60, while_open: true, resolved_by: ['complaint-resolved'] },
    service_first: { days: 7, after: ['service-request'] },
  })
  assert.deepEqual(shutBy(input, 'blackout:0'), ['1/email', '1/call'])
  assert.deepEqual(shutBy(input, 'blackout:1'), ['9/call'])
  assert.deepEqual(shutBy(input, 'blackout:2'), ['2/email'])
  assert.deepEqual(shutBy(input, 'complaint'), [...by(3), ...by(4)], 'recent, and open since long')
  assert.deepEqual(shutBy(input, 'service-first'), by(6))
  const quiet = await build(
    { quiet_periods: [{ from: '2010-12-05', to: '2010-12-12', channels: ['sms'] }] },
    {
      waves: [
        { after_days: 0, days: 1 },
        { after_days: 11, days: 1 },
        { after_days: 12, days: 1 },
      ],
    },
  )
  assert.equal(shutBy(quiet, 'quiet:0', 0).length, 0)
  assert.equal(shutBy(quiet, 'quiet:0', 1).length, CUSTOMERS)
  assert.equal(shutBy(quiet, 'quiet:0', 2).length, 0)
})

test('a later wave sees windows that have moved on', async () => {
  await tell([sent(1, 4)])
  const input = await build(
    { limits: [{ channels: ['email'], days: 7, max: 1 }] },
    {
      waves: [
        { after_days: 0, days: 1 },
        { after_days: 2, days: 1 },
        { after_days: 3, days: 1 },
      ],
    },
  )
  assert.deepEqual(
    [0, 1, 2].map(w => shutBy(input, 'limit:0', w).length),
    [1, 1, 0],
  )
})

test('what customers said of channel and frequency holds', async () => {
  await tell([sent(11, 3), sent(12, 40)])
  const strict = await build({ preferred_channel: { mode: 'strict' } })
  assert.deepEqual(shutBy(strict, 'preferred-channel'), ['10/letter', '10/email', '10/call'])
  assert.deepEqual(shutBy(strict, 'own-wish'), by(11))
  const [plain, factor] = [await build({}), await build({ preferred_channel: { mode: 'factor', factor: 0.5 } })]
  const value = (input: PlanInput, k: number) => input.worth.value(9, 0, k)
  assert.equal(value(factor, 2), value(plain, 2), 'the preferred channel keeps its value')
  assert.equal(value(factor, 1), value(plain, 1) / 2)
})

test('never A with B, B only after A', async () => {
  await tell([
    sent(1, 10, 'email', 'offer', 'A'),
    sent(2, 40, 'email', 'offer', 'A'),
    event(3, 'accepted', 50, 'A'),
    { ...event(4, 'called', 5, 'A'), class: 'offer' },
  ])
  const input = await build({}, { conflicts: [{ never: ['A', 'B'], days: 30 }], after: [{ offer: 'C', needs: 'A' }] })
  const open = (nth: number) => [1, 2, 3, 4, 5].filter(id => offerState(input.standing, input.rules, id - 1, nth) === 0)
  assert.deepEqual(open(0), [1, 2, 3, 4, 5])
  assert.deepEqual(open(1), [2, 3, 5], 'B not to those who were sent A within 30 days')
  assert.deepEqual(open(2), [3, 4], 'C only to those who accepted A, by answer or in a call')
})

test('one contact more does harm, and what was answered before is believed from history on', async () => {
  await tell([
    ...Array.from({ length: 3 }, (_, i) => sent(1, 10 + i)),
    ...Array.from({ length: 14 }, (_, i) => sent(i + 1, 60, 'sms', 'offer', 'B')),
    ...Array.from({ length: 7 }, (_, i) => event(i + 1, 'accepted', 55, 'B')),
  ])
  const input = await build(
    { fatigue: { days: 30, minor: 7 } },
    { exploration: { history_from: 14, prior_weight: 14 } },
  )
  assert.equal(input.worth.value(1, 0, 1) - input.worth.value(0, 0, 1), 21, 'three offers in the window, seven each')
  const b = 1 * 4 + 2
  assert.equal(input.acceptance.history[b], 1)
  assert.ok(Math.abs(input.acceptance.mean[b]! - (0.1 * 14 + 7) / 28) < 1e-9, `${input.acceptance.mean[b]}`)
  assert.equal(input.acceptance.history[0], 0)
})

test('a share of contacts goes to what is not known yet; shares and lots hold exactly', async () => {
  await tell(Array.from({ length: 14 }, (_, i) => sent(i + 1, 60, 'email', 'offer', 'A')))
  const free = await solvePlan(await build({}, { exploration: { history_from: 5 } }), { threads: 1 })
  const known = { ...channel, capacity: { kind: 'lots' as const, lot_size: 4, lots: 5, whole: true } }
  const input = await buildPlanInput(app, {
    ...inputsWith(
      { channels: { email: known } },
      { exploration: { share: 0.5, history_from: 5 }, quotas: [{ segment: 'LOYAL', max_share: 0.25 }] },
    ),
    offers: [{ ...offers[0]!, marginMinor: 20_000 }, offers[1]!].map(o => ({ ...o, channels: ['email'] })),
  })
  const plan = await solvePlan(input, { threads: 1 })
  const used = (id: string) => plan.used[plan.limits.findIndex(l => l.id === id)]!
  assert.ok(free.solution.value > 0)
  assert.ok(used('contacts') > 0 && used('contacts') % 4 === 0, `${used('contacts')} e-mails are no whole lots`)
  assert.ok(used('explore') >= used('contacts') / 2, `${used('explore')} of ${used('contacts')} to learn`)
  assert.ok(used('quota:1') <= used('contacts') / 4)
})

test('limits that contradict each other are named', async () => {
  await tell([])
  const inputs = inputsWith({ budget_minor: 3 })
  const input = await buildPlanInput(app, {
    ...inputs,
    offers: offers.map(o => ({ ...o, minimum: o.id === 'A' ? 5 : 0 })),
  })
  await assert.rejects(solvePlan(input, { threads: 1, strict: true }), {
    code: 'optimize.infeasible',
    message: /budget/,
  })
  const { relaxed, conflicts, solution } = await solvePlan(input, { threads: 1 })
  assert.deepEqual([...relaxed], ['offer:A'])
  assert.deepEqual(conflicts[0]?.toSorted(), ['budget', 'offer:A'])
  assert.equal(solution.feasible, true)
})

test('the effect of a policy on past contacts is counted by rule', async () => {
  await tell([
    sent(1, 20),
    sent(1, 15),
    sent(1, 10), // the second and third within 14 days of one before
    sent(2, 20),
    event(2, 'complaint', 18),
    sent(2, 17, 'letter'),
    sent(2, 16, 'letter', 'service'),
    sent(2, 15, 'letter', 'legal'),
    sent(3, 200),
    sent(3, 20, 'email', 'offer', 'B'),
    sent(11, 12, 'sms'),
    sent(11, 11, 'call'), // wants one in thirty days
  ])
  const policy = policyWith({
    limits: [{ channels: ['email'], days: 14, max: 1 }],
    quiet_periods: [{ from: ago(10), to: ago(10), channels: ['email'] }],
    complaints: { days: 30, while_open: false, resolved_by: ['complaint-resolved'] },
  })
  const count = await countEffect(app, policy, ago(90), asOf)
  const rule = (id: string) => count.byRule.find(r => r.rule === id)
  assert.deepEqual([count.contacts, count.refused, count.customers], [10, 4, 3])
  assert.deepEqual([rule('limit:0')?.refused, rule('limit:0')?.alone], [2, 1])
  assert.deepEqual([rule('quiet:0')?.refused, rule('quiet:0')?.alone], [1, 0])
  assert.deepEqual([rule('complaint')?.refused, rule('complaint')?.alone], [1, 1], 'service and legal mail are exempt')
  assert.equal(rule('own-wish')?.refused, 1)
  assert.deepEqual(
    count.byChannel.find(c => c.channel === 'letter'),
    { channel: 'letter', contacts: 3, refused: 1 },
  )
  assert.equal(
    count.bySegment.reduce((n, row) => n + row.contacts, 0),
    count.contacts,
  )
  const later = await countEffect(app, policyWith({ preferred_channel: { mode: 'strict' } }), ago(90), asOf, {
    limits: planLimitsSchema.parse({ after: [{ offer: 'B', needs: 'A' }] }),
  })
  assert.equal(later.byRule.find(r => r.rule === 'after:1')?.refused, 1)
  assert.ok(later.byRule.some(r => r.rule === 'preferred-channel'))
  const held = await countEffect(app, { ...policy, exempt: ['legal'] }, ago(90), asOf)
  assert.equal(held.byRule.find(r => r.rule === 'complaint')?.refused, 2, 'service too where only legal mail is exempt')
})

test('what an earlier plan still owes counts as a contact, before its day and after', async () => {
  await tell([])
  await facts.insert('plan_assignments', [
    { run_id: 90, customer_id: 1, offer: 'A', channel: 'email', wave: 2 },
    { run_id: 90, customer_id: 2, offer: 'A', channel: 'email', wave: 3 },
    { run_id: 90, customer_id: 3, offer: 'A', channel: 'sms', wave: 2 },
  ])
  const policy = policyWith({ limits: [{ channels: ['email'], days: 7, max: 1 }] })
  const open = async (promised: NonNullable<PlanInputs['promised']>) => {
    const input = await buildPlanInput(app, { ...inputsWith(policy), promised })
    const email = input.axes.channels.indexOf('email')
    return [1, 2, 3].map(id => input.closings.of(input.standing, id - 1, email, 0) === 0)
  }
  assert.deepEqual(await open([]), [true, true, true])
  const owed = [
    { runId: 90, wave: 2, day: dayFrom(asOf, 4) },
    { runId: 90, wave: 3, day: dayFrom(asOf, 7) },
  ]
  assert.deepEqual(await open(owed), [false, true, true], 'a week apart is far enough; another channel does not count')
})

test('legal mail is planned first: it counts where a limit says so, and takes of the printers', async () => {
  await tell([])
  await facts.insert('plan_notices', [{ run_id: 91, customer_id: 1, notice: 'TERMS', channel: 'letter' }])
  const lots = { kind: 'lots' as const, lot_size: 5, lots: 2, whole: true }
  const policy = policyWith({
    limits: [{ channels: ['letter'], kinds: ['offer', 'legal'], days: 30, max: 1 }],
    channels: { letter: { ...channel, capacity: lots }, sms: channel },
  })
  const only = offers.map(o => ({ ...o, channels: ['letter', 'sms'] }))
  const input = await buildPlanInput(app, {
    ...inputsWith(policy),
    offers: only,
    noticesRun: 91,
    noticesBy: { letter: 3 },
  })
  const letter = input.axes.channels.indexOf('letter')
  const closed = (id: number) => input.closings.of(input.standing, id - 1, letter, 0)
  assert.deepEqual([closed(1) > 0, closed(2) > 0], [true, false])
  const limit = input.limits.find(l => l.id === 'channel:letter')
  assert.deepEqual([limit?.max, limit?.taken], [7, 3])
  const { used, limits } = await solvePlan(input, { threads: 1 })
  const letters = used[limits.findIndex(l => l.id === 'channel:letter')]!
  assert.ok(letters === 0 || (letters + 3) % 5 === 0, `${letters} offers and 3 notices fill whole lots`)
})
