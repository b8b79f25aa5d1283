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
import { coordinatesOf } from '../options/axes.ts'
import { offerState } from '../options/options.ts'
import { refusedByPolicy, type Wish } from '../policy/at-sending.ts'
import { perDay } from '../policy/capacity.ts'
import { capacityOf, contactKinds } from '../policy/contact-policy.ts'
import { inventCustomers } from './invented-customers.ts'
import { buildPlanInput, type PlanInput, rebuildNeeded } from './plan-input.ts'
import { dayFrom, type PastEvent, type SmallCompany, smallCompany } from './small-companies.ts'
import { type SolvedPlan, solvePlan } from './solve-plan.ts'

const asOf = '2010-12-01'
const CUSTOMERS = 80
const COMPANIES = Number(process.env['HUIYIN_COMPANIES'] ?? 3)

let folder: string
let facts: Facts
let app: OpenApp

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiyin-never-broken-'))
  app = await openTestApp(
    folder,
    [collect, analyze, optimize].map(part => part.stage),
    { threads: 2, logLevel: 'silent' },
  )
  facts = app.facts
  await inventCustomers(facts, CUSTOMERS, asOf)
  // Every third customer told a channel, every fifth how often.
  await facts.exec(
    `INSERT INTO consent_statements (customer_id, seq, kind, purpose, channel, state, granted, at, source)
     SELECT number + 1, name = 'frequency', 'preference', '', name, if(name = 'frequency', toString(number % 3), ['email', 'sms', 'call', 'letter'][number % 4 + 1]), 0, now(), 'test'
     FROM numbers({n:UInt64}) ARRAY JOIN ['preferred-channel', 'frequency'] AS name WHERE number % if(name = 'frequency', 5, 3) = 0`,
    { n: CUSTOMERS },
  )
})

after(async () => {
  await app.close()
  await rm(folder, { recursive: true })
})

async function tell(events: readonly PastEvent[]): Promise<void> {
  await facts.exec('TRUNCATE TABLE events')
  await facts.insert(
    'events',
    events.map((e, i) => ({
      event_id: `e${i}`,
      customer_id: e.customer,
      type: e.type,
      channel: e.channel,
      at: `${e.day} 10:00:00.000`,
      payload: JSON.stringify({
        asOf: e.day,
        class: e.class,
        offer: e.offer,
        ...(e.type === 'called' ? { outcome: 'refused' } : {}),
      }),
    })),
  )
}

interface Contact {
  customer: number
  offer: string
  channel: string
  day: string
  wave: number
  segment: string
}

/** The plan, read from what was chosen; segments from the engine. */
async function contactsOf(input: PlanInput, { solution }: SolvedPlan): Promise<Contact[]> {
  const rows = await facts.query<{ customer_id: number; segment: string }>(
    'SELECT customer_id, toString(segment) AS segment FROM segment_members',
  )
  const segments = new Map(rows.map(r => [r.customer_id, r.segment]))
  const { axes, options } = input
  const contacts: Contact[] = []
  for (let c = 0; c < options.ids.length; c++)
    for (let j = options.start[c]!; j < options.start[c + 1]!; j++) {
      if (solution.chosen[j] === 0) continue
      assert.equal(options.control[c], 0, 'nobody of the control group is planned')
      for (const part of options.bundles[options.code[j]! - axes.codes] ?? [options.code[j]!]) {
        const at = coordinatesOf(axes, part)
        const customer = options.ids[c]!
        contacts.push({
          customer,
          offer: axes.offers[at.offer]!,
          channel: axes.channels[at.channel]!,
          day: dayFrom(asOf, axes.waves[at.wave]!.after),
          wave: at.wave,
          segment: segments.get(customer)!,
        })
      }
    }
  return contacts
}

const kindOf = (e: PastEvent) => (e.type === 'sent' || e.type === 'called' ? e.class! : '')

/** Judged from the events alone, rule by rule, as a person would count. */
function judge(
  { inputs, events }: SmallCompany,
  plan: readonly Contact[],
  preferences: Map<number, { channel?: string; most?: number }>,
): string[] {
  const { policy, limits } = inputs
  const broken: string[] = []
  const per = Map.groupBy(plan, c => c.customer)
  const past = Map.groupBy(events, e => e.customer)
  for (const [customer, its] of per) {
    const told = past.get(customer) ?? []
    const say = (what: string) => broken.push(`customer ${customer}: ${what}`)
    if (its.length > (policy.most_offers ?? 1)) say('more offers than a plan may give')
    if (new Set(its.map(c => c.offer)).size < its.length) say('the same offer twice')
    for (const c of its) {
      const since = (days: number) => dayFrom(c.day, -days)
      const within = (day: string, days: number) => day <= c.day && day > since(days)
      for (const l of policy.limits) {
        const kinds = l.kinds ?? ['offer']
        if (!kinds.includes('offer') || !(l.channels as string[]).includes(c.channel)) continue
        const before = told.filter(
          e =>
            (kinds as string[]).includes(kindOf(e)) &&
            (l.channels as string[]).includes(e.channel) &&
            within(e.day, l.days),
        )
        const planned = its.filter(o => (l.channels as string[]).includes(o.channel) && within(o.day, l.days))
        if (before.length + planned.length > l.max)
          say(`${before.length} + ${planned.length} contacts where ${l.max} are allowed`)
      }
      for (const b of policy.blackouts) {
        if (!(b.channels as string[]).includes(c.channel)) continue
        const events = told.filter(e => (b.after === 'contact' ? kindOf(e) === 'offer' : e.type === b.after))
        if (events.some(e => within(e.day, b.days))) say(`within the quiet days after ${b.after}`)
        if (
          b.after === 'contact' &&
          its.some(
            o =>
              o !== c && within(o.day, b.days) && o.day <= c.day && (o.day < c.day || its.indexOf(o) < its.indexOf(c)),
          )
        )
          say('two contacts of the plan within the quiet days')
      }
      for (const q of policy.quiet_periods ?? [])
        if ((q.channels as string[]).includes(c.channel) && c.day >= q.from && c.day <= q.to) say('in a quiet period')
      if (policy.complaints) {
        const complaints = told.filter(e => e.type === 'complaint').map(e => e.day)
        const resolved = told.filter(e => e.type === 'complaint-resolved').map(e => e.day)
        if (complaints.some(day => within(day, policy.complaints!.days))) say('after a complaint')
        if (policy.complaints.while_open && complaints.length > 0 && latest(complaints) > latest(resolved))
          say('while a complaint is open')
      }
      if (told.some(e => policy.service_first?.after.includes(e.type) && within(e.day, policy.service_first.days)))
        say('sales before service')
      const wish = preferences.get(customer)
      if (wish?.most !== undefined) {
        const before = told.filter(e => kindOf(e) === 'offer' && within(e.day, 30)).length
        const planned = its.filter(o => o.channel !== 'bill' && within(o.day, 30)).length
        if (before + planned > wish.most) say('more than the customer wants')
      }
      const post = c.channel === 'bill' ? 'letter' : c.channel
      if (policy.preferred_channel?.mode === 'strict' && wish?.channel && wish.channel !== post)
        say('not by the channel preferred')
      for (const { never, days } of limits.conflicts) {
        if (!never.includes(c.offer)) continue
        const others = never.filter(o => o !== c.offer)
        if (its.some(o => others.includes(o.offer))) say('offers that exclude each other')
        if (told.some(e => kindOf(e) === 'offer' && others.includes(e.offer!) && e.day > dayFrom(asOf, -days)))
          say('an offer that another excludes')
      }
      for (const { offer, needs, within_days } of limits.after)
        if (
          offer === c.offer &&
          !told.some(
            e =>
              e.type === 'accepted' &&
              e.offer === needs &&
              (within_days === undefined || e.day > dayFrom(asOf, -within_days)),
          )
        )
          say(`${offer} without ${needs} before`)
    }
  }
  return broken
}

/** A policy without anything to keep: the judge must notice what it plans. */
const noRules = {
  limits: [],
  blackouts: [],
  quiet_periods: [],
  complaints: undefined,
  service_first: undefined,
  preferred_channel: { mode: 'ignore' as const },
}

const latest = (days: readonly string[]): string => days.toSorted().at(-1) ?? ''

/** Limits over all customers, counted from the contacts alone. */
function judgeLimits({ inputs }: SmallCompany, plan: readonly Contact[], relaxed: ReadonlySet<string>): string[] {
  const { policy, offers, limits } = inputs
  const broken: string[] = []
  const say = (what: string, holds: boolean) => holds || broken.push(what)
  const cost = (list: readonly Contact[]) =>
    list.reduce((sum, c) => sum + policy.channels[c.channel as 'sms']!.unit_cost_minor, 0)
  for (const o of offers) {
    const n = plan.filter(c => c.offer === o.id).length
    say(`offer ${o.id} ${n}`, n <= (o.maximum ?? n) && (n >= o.minimum || relaxed.has(`offer:${o.id}`)))
  }
  say('budget', cost(plan) <= policy.budget_minor)
  for (const [channel, { capacity }] of Object.entries(policy.channels)) {
    const its = plan.filter(c => c.channel === channel)
    say(`${channel} ${its.length}`, its.length <= (capacityOf(policy, channel) ?? its.length))
    if (capacity.kind === 'lots') say('whole lots', its.length % capacity.lot_size === 0)
    for (const [w, wave] of limits.waves.entries())
      say(
        `${channel} in wave ${w}`,
        its.filter(c => c.wave === w).length <= (perDay(capacity) ?? its.length) * wave.days,
      )
  }
  for (const b of limits.budgets)
    say(
      'a budget',
      cost(plan.filter(c => c.offer === (b.offer ?? c.offer) && c.segment === (b.segment ?? c.segment))) <= b.max_minor,
    )
  for (const [i, q] of limits.quotas.entries()) {
    const n = plan.filter(c => c.offer === (q.offer ?? c.offer) && c.segment === (q.segment ?? c.segment)).length
    const all = plan.length
    say(`quota ${i + 1}: ${n} of ${all}`, n <= (q.max ?? n) && n <= (q.max_share ?? 1) * all + 1e-9)
    say(
      `quota ${i + 1} from below: ${n} of ${all}`,
      relaxed.has(`quota:${i + 1}`) || (n >= (q.min ?? 0) && n >= (q.min_share ?? 0) * all - 1e-9),
    )
  }
  return broken
}

test('no plan of a random small company breaks a rule of its policy or a limit', async () => {
  const told = await facts.query<{ customer_id: number; channel: string; state: string }>(
    'SELECT customer_id, toString(channel) AS channel, state FROM consent_statements',
  )
  const preferences = new Map<number, { channel?: string; most?: number }>()
  for (const { customer_id, channel, state } of told) {
    const its = preferences.get(customer_id) ?? {}
    preferences.set(customer_id, channel === 'frequency' ? { ...its, most: Number(state) } : { ...its, channel: state })
  }
  let planned = 0
  let several = 0
  let caught = 0
  for (let seed = 1; seed <= COMPANIES; seed++) {
    const company = smallCompany(randomOf(`company ${seed}`), asOf, CUSTOMERS)
    await tell(company.events)
    const input = await buildPlanInput(app, company.inputs)
    const solved = await solvePlan(input, { threads: 1 })
    const plan = await contactsOf(input, solved)
    assert.deepEqual(judge(company, plan, preferences), [], `company ${seed}`)
    assert.deepEqual(judgeLimits(company, plan, solved.relaxed), [], `company ${seed}, limits`)
    assert.ok(solved.solution.value <= solved.solution.bound + 1e-6)
    const lawless = {
      ...company.inputs,
      policy: { ...company.inputs.policy, ...noRules },
      limits: planLimitsSchema.parse({}),
    }
    const wild = await buildPlanInput(app, lawless)
    const wildPlan = await contactsOf(wild, await solvePlan(wild, { threads: 1 }))
    if (judge(company, wildPlan, preferences).length > 0) caught++
    planned += plan.length
    several += plan.length - new Set(plan.map(c => c.customer)).size
  }
  assert.ok(planned > COMPANIES * 3, `${planned} contacts in all: too few to prove anything`)
  assert.ok(caught > COMPANIES / 2, `the judge finds fault with ${caught} plans only that were made without rules`)
  assert.ok(several > 0, 'no customer got two offers: bundles were not tried')
})

test('what the plan may not plan is refused at sending, and the other way round', async () => {
  const wishes = new Map<number, Wish>()
  const told = await facts.query<{ customer_id: number; channel: string; state: string }>(
    'SELECT customer_id, toString(channel) AS channel, state FROM consent_statements',
  )
  for (const { customer_id, channel, state } of told) {
    const wish = wishes.get(customer_id) ?? {}
    if (channel === 'frequency') wish.frequency = Number(state)
    else wish.preferredChannel = state
    wishes.set(customer_id, wish)
  }
  const seen = { open: 0, shut: new Set<string>() }
  for (let seed = 1; seed <= COMPANIES; seed++) {
    const company = smallCompany(randomOf(`gate ${seed}`), asOf, CUSTOMERS)
    const { policy, offers } = company.inputs
    const inputs = { ...company.inputs, limits: { ...company.inputs.limits, waves: [] } }
    policy.plan = inputs.limits
    await tell(company.events)
    const input = await buildPlanInput(app, inputs)
    const { standing: s, axes, closings, rules } = input
    for (const [o, offer] of offers.entries())
      for (const [k, channel] of axes.channels.entries()) {
        if (channel === 'bill') continue
        // Consent and address are the gate's own; here only what the policy says.
        const open = { ...s, reached: s.reached.slice().fill(255), agreed: s.agreed.slice().fill(255) }
        const planned = new Set<number>()
        for (let c = 0; c < s.customers; c++) {
          const barred = offerState({ ...open, fits: s.fits.map(f => f.slice().fill(0xffff_ffff)) }, rules, c, o) === 2
          const closed = closings.of(open, c, k, 0)
          if (closed === 0 && !barred) planned.add(s.ids[c]!)
          else seen.shut.add(closed > 0 ? closings.all[closed - 1]!.id.split(':')[0]! : 'offer')
        }
        const batch = Array.from(s.ids, customerId => ({
          id: `m${customerId}`,
          customerId,
          channel,
          kind: 'offer' as const,
          offer: offer.id,
        }))
        const refused = await refusedByPolicy(app, { policy, offers, identityRun: 1, asOf }, batch, wishes)
        const sent = new Set(batch.filter(m => !refused.has(m.id)).map(m => m.customerId))
        assert.deepEqual([...sent], [...planned], `company ${seed}, ${offer.id} by ${channel}`)
        seen.open += sent.size
      }
  }
  assert.ok(seen.open > COMPANIES * 10, `${seen.open} contacts let through: too few to prove anything`)
  assert.ok(seen.shut.size >= 5, `rules that shut something: ${[...seen.shut].join(', ')}`)
})

test('service and legal mail goes whatever the policy says of offers, unless the policy holds it back too', async () => {
  const company = smallCompany(randomOf('gate exempt'), asOf, CUSTOMERS)
  const policy = {
    ...company.inputs.policy,
    limits: [{ channels: ['email' as const], kinds: [...contactKinds], days: 9, max: 0 }],
  }
  await tell(company.events)
  const batch = contactKinds.map(kind => ({ id: kind, customerId: 1, channel: 'email' as const, kind, offer: '' }))
  const judge = (exempt?: ('service' | 'legal')[]) =>
    refusedByPolicy(app, { policy: { ...policy, exempt }, offers: [], identityRun: 1, asOf }, batch, new Map())
  assert.deepEqual([...(await judge()).keys()], ['offer'])
  assert.deepEqual([...(await judge(['legal'])).keys()], ['offer', 'service'])
})

test('messages of one customer in one batch count each other', async () => {
  await tell([])
  const { policy, offers } = smallCompany(randomOf('gate batch'), asOf, CUSTOMERS).inputs
  const only = {
    ...policy,
    ...noRules,
    plan: undefined,
    limits: [{ channels: ['email' as const, 'sms' as const], days: 9, max: 2 }],
  }
  const batch = (['email', 'sms', 'email'] as const).map((channel, i) => ({
    id: `${i}`,
    customerId: 1,
    channel,
    kind: 'offer' as const,
    offer: '',
  }))
  const refused = await refusedByPolicy(app, { policy: only, offers, identityRun: 1, asOf }, batch, new Map())
  assert.deepEqual([...refused.keys()], ['2'])
})

test('an input changed in memory is the input read anew', async () => {
  const company = smallCompany(randomOf('company again'), asOf, CUSTOMERS)
  await tell(company.events)
  const before = await buildPlanInput(app, company.inputs)
  const { policy, limits, offers } = company.inputs
  for (const [changed, needs] of [
    [{ ...company.inputs, policy: { ...policy, budget_minor: 77 } }, 'nothing'],
    [
      { ...company.inputs, policy: { ...policy, limits: policy.limits.map(l => ({ ...l, max: l.max + 1 })) } },
      'options',
    ],
    [{ ...company.inputs, offers: offers.map(o => ({ ...o, marginMinor: o.marginMinor * 2 })) }, 'options'],
    [
      { ...company.inputs, limits: { ...limits, exploration: { ...limits.exploration, thompson: true, seed: 5 } } },
      'options',
    ],
    [
      { ...company.inputs, policy: { ...policy, limits: policy.limits.map(l => ({ ...l, days: l.days + 9 })) } },
      'read',
    ],
  ] as const) {
    assert.equal(rebuildNeeded(company.inputs, changed), needs)
    const quick = await buildPlanInput(app, changed, { from: before })
    const anew = await buildPlanInput(app, changed)
    assert.deepEqual(
      [quick.options.code, quick.options.value, quick.limits],
      [anew.options.code, anew.options.value, anew.limits],
    )
  }
})
