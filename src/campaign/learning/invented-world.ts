import * as analyze from '../../analyze/index.ts'
import type { App, Step, StepId } from '../../platform/app.ts'
import type { OpenApp } from '../../platform/open-app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { armsAsEvents } from '../members/arms-as-events.ts'
import { daysAfter } from './dates.ts'

/** For tests and benchmarks: turns whose customers answer and leave as was said of them, but for one segment. */
export interface World {
  customers: number
  /** Contacts in a turn. */
  contacts: number
  turns: number
  segments: number
  offers: number
  channels: readonly string[]
  /** True odds of an answer over those predicted, in the segment of that number (from 0). */
  odd?: { segment: number; odds: number; leavingOdds?: number; from?: number }
  /** Margin of an offer that is taken, minor units: as promised, and as it is really earned besides what is bought anyway. */
  margin?: { promised: number; earned: number }
  /** Offers by these codes instead of O0, O1 …; as many as `offers`. */
  codes?: readonly string[]
  /** The same for segments, instead of S00, S01 … */
  segmentCodes?: readonly string[]
  seed: number
}

export const segmentCode = (n: number): string => `S${String(n).padStart(2, '0')}`
const asOfOf = (turn: number): string => daysAfter('2010-01-01', 30 * turn)

/** A number in [0, 1) that hangs on the row and a salt alone. */
const chance = (salt: string, ...of: string[]): string =>
  `(sipHash64(concat('${salt}', {seed:String}, ${of.map(one => `toString(${one})`).join(", '/', ")})) / 18446744073709551616.0)`
const moved = (p: string, odds: string): string => `(${odds} * ${p} / (1 - ${p} + ${odds} * ${p}))`

const steps: readonly StepId[] = ['identity', 'features', 'models', 'segments', 'plan', 'campaign']

/** Runs of finished turns without their work: the rows come from `fillWorld`. */
async function turnOf(app: App, asOf: string): Promise<{ turn: number; run: Record<string, number> }> {
  const turn = await app.runs.openTurn(asOf)
  const run: Record<string, number> = {}
  for (const id of steps) {
    const { runId } = await app.runs.begin(turn, { id, writes: [], resumes: false } as unknown as Step)
    run[id] = runId
    await app.runs.commit(runId, {})
  }
  await app.runs.closeTurn(turn)
  return { turn: turn.id, run }
}

/** Mean of 0.01 + 0.1 u²: what a contact of the world is said to be taken with. */
const MEAN_ACCEPTANCE = 0.01 + 0.1 / 3
const LIMITS = { exploration: { prior_weight: 100, history_from: 200, thompson: false, seed: 1, share: 0 } }

/** As they were entered: nobody hopes for too much. */
const codesOf = ({ offers, codes }: World): string[] => [
  ...(codes ?? Array.from({ length: offers }, (_, o) => `O${o}`)),
]
const offersOf = (world: World) =>
  codesOf(world).map(id => ({
    ...{ id, kind: 'other', channels: world.channels, benefitCostMinor: 0 },
    priorAcceptance: Object.fromEntries(world.channels.map(channel => [channel, MEAN_ACCEPTANCE])),
  }))

const segmentSql = (segments: string): string => `(customer_id % ${segments})`

/** One turn: everybody's features, scores and segment, the campaign's members, what was sent and what came back. */
export async function fillTurn(app: OpenApp, world: World, nth: number): Promise<void> {
  const asOf = asOfOf(nth)
  const { turn, run } = await turnOf(app, asOf)
  const { odd } = world
  const params = {
    ...{ asOf, nth, seed: String(world.seed), customers: world.customers, contacts: world.contacts },
    segmentCodes: world.segmentCodes
      ? [...world.segmentCodes]
      : Array.from({ length: world.segments }, (_, n) => segmentCode(n)),
    ...{
      segments: world.segments,
      codes: codesOf(world),
      channels: [...world.channels],
      margin: world.margin?.promised ?? 0,
    },
    ...{ odd: odd?.segment ?? 0, odds: odd?.odds ?? 1, leavingOdds: odd?.leavingOdds ?? 1, from: odd?.from ?? 0 },
    ...{ identityRun: run['identity']!, featuresRun: run['features']!, modelsRun: run['models']! },
    ...{ segmentsRun: run['segments']!, planRun: run['plan']!, campaignRun: run['campaign']! },
  }
  const write = (sql: string, more: Record<string, string | number> = {}) => app.facts.exec(sql, { ...params, ...more })
  const everybody = 'FROM (SELECT number + 1 AS customer_id FROM numbers({customers:UInt64}))'
  const isOdd = `${segmentSql('{segments:UInt32}')} = {odd:UInt32} AND (recency_days > {from:UInt32})`
  const recency = `toUInt32(${chance('recency', 'customer_id', '{nth:UInt32}')} * 300)`
  const leaves = `(0.05 + 0.4 * ${chance('leaves', 'customer_id', '{nth:UInt32}')})`
  await write(
    `INSERT INTO features (run_id, customer_id, as_of, purchase_days, frequency, recency_days) SELECT {featuresRun:UInt64}, customer_id, {asOf:Date}, 3, 3, ${recency} ${everybody}`,
  )
  await write(
    `INSERT INTO scores (run_id, customer_id, churn_probability, value_minor) SELECT {modelsRun:UInt64}, customer_id, ${leaves}, 0 ${everybody}`,
  )
  await write(
    `INSERT INTO segment_members (run_id, customer_id, segment) SELECT {segmentsRun:UInt64}, customer_id, {segmentCodes:Array(String)}[1 + ${segmentSql('{segments:UInt32}')}] ${everybody}`,
  )
  await app.workflow.db
    .insertInto('models')
    .values({
      ...{
        run_id: run['models']!,
        model: 'churn',
        as_of: asOf,
        trained_on: 1,
        features_run: run['features']!,
        problem: null,
      },
      ...{ parameters: asJson({}), metrics: asJson({}), definition: asJson<unknown>({}), verdict: 'unjudged' },
      ...{
        evidence: null,
        judged_by_run: null,
        learner: null,
        code: null,
        trained_as_of: null,
        drift: null,
        version_id: null,
      },
    })
    .execute()
  await write(
    `INSERT INTO golden_records (run_id, customer_id, name) SELECT {identityRun:UInt64}, customer_id, concat('N', toString(customer_id)) ${everybody}`,
  )
  const planned = `SELECT 1 + (number + {nth:UInt32} * {contacts:UInt64}) % {customers:UInt64} AS customer_id, ${chance('held', 'number', '{nth:UInt32}')} < 0.1 AS held,
      {codes:Array(String)}[1 + intDiv(number, {segments:UInt32}) % length({codes:Array(String)})] AS offer,
      {channels:Array(String)}[1 + intDiv(number, {segments:UInt32} * length({codes:Array(String)})) % length({channels:Array(String)})] AS channel,
      toFloat32(0.01 + 0.1 * pow(${chance('p', 'number', '{nth:UInt32}')}, 2)) AS p
    FROM numbers({contacts:UInt64})`
  const campaign = await app.workflow.db
    .insertInto('campaigns')
    .values({
      ...{
        turn_id: turn,
        run_id: run['campaign']!,
        plan_id: 0,
        code: 'W',
        as_of: asOf,
        horizon_days: 60,
        currency: 'GBP',
      },
      ...{ name: asJson({ en: 'World', zh: '世界' }), objective: asJson({ en: '', zh: '' }), state: 'done' as const },
      ...{ target: 0, cost: 0, expected: 0, planned: 1, control: 1, result: null, created_at: new Date() },
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const plan = await app.workflow.db
    .insertInto('plans')
    .values({
      ...{ turn_id: turn, run_id: run['plan']!, as_of: asOf, made_at: new Date(), inputs: null },
      ...{ view: asJson<unknown>({}), prices: asJson({}), policy_version: null, offers_version: null },
      basis: asJson({ offers: offersOf(world), policy: {}, limits: LIMITS, runs: {}, meanLiking: [] }) as never,
      ...{ scenario_id: null, base_plan: null },
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await app.workflow.db.updateTable('campaigns').set({ plan_id: plan.id }).where('id', '=', campaign.id).execute()
  await app.workflow.db
    .insertInto('plan_approvals')
    .values({ plan_id: plan.id, state: 'used', note: '', user_id: null, by_name: `turn ${turn}`, at: new Date() })
    .execute()
  await write(
    `INSERT INTO campaign_members (run_id, campaign_id, customer_id, arm, wave, offer, channel, acceptance, value_minor, cost_minor)
     SELECT {campaignRun:UInt64}, {campaign:UInt64}, customer_id, if(held, 'control', 'planned'), 1, offer, channel, p, p * {margin:Float64} - 10, 10 FROM (${planned})`,
    { campaign: campaign.id },
  )
  await write(
    `INSERT INTO plan_assignments (run_id, customer_id, offer, channel, acceptance, value_minor, cost_minor, next_best)
     SELECT {planRun:UInt64}, customer_id, offer, channel, p, p * {margin:Float64} - 10, 10, '' FROM (${planned}) WHERE NOT held`,
  )
  await write(
    `INSERT INTO control_members (run_id, customer_id, offer, channel, acceptance, value_minor, cost_minor)
     SELECT {planRun:UInt64}, customer_id, offer, channel, p, p * {margin:Float64} - 10, 10 FROM (${planned}) WHERE held`,
  )
  await app.facts.exec(`INSERT INTO events (event_id, customer_id, type, channel, at, payload) ${armsAsEvents}`, {
    runId: run['campaign']!,
    campaignId: campaign.id,
    asOf,
    horizonDays: 60,
  })
  await write(
    `INSERT INTO events (event_id, customer_id, type, channel, at, payload)
     SELECT concat('sent:', toString({nth:UInt32}), ':', toString(customer_id), offer, channel), customer_id, 'sent', channel, toDateTime64({asOf:Date}, 3, 'UTC'),
       concat('{"asOf":"', toString({asOf:Date}), '","class":"offer","kind":"email","costMinor":10,"offer":"', offer, '"}')
     FROM (${planned}) WHERE NOT held`,
  )
  const { held, sent, cost, value } = await app.facts.one<Record<'held' | 'sent' | 'cost' | 'value', number>>(
    `SELECT uniqExactIf(customer_id, arm = 'control') AS held, uniqExactIf(customer_id, arm = 'planned') AS sent,
       sumIf(cost_minor, arm = 'planned') AS cost, sumIf(value_minor, arm = 'planned') AS value
     FROM campaign_members WHERE run_id = {campaignRun:UInt64}`,
    params,
  )
  await app.workflow.db
    .updateTable('campaigns')
    .set({ planned: sent, control: held, cost, expected: value })
    .where('id', '=', campaign.id)
    .execute()
  const odds = `if(${isOdd}, {odds:Float64}, 1)`
  await write(
    `INSERT INTO events (event_id, customer_id, type, channel, at, payload)
     SELECT concat('accepted:', toString({nth:UInt32}), ':', toString(customer_id), offer, channel), customer_id, 'accepted', channel,
       toDateTime64({asOf:Date} + 1 + toUInt32(20 * ${chance('late', 'customer_id', '{nth:UInt32}')}), 3, 'UTC'), concat('{"offer":"', offer, '"}')
     FROM (SELECT *, ${recency} AS recency_days FROM (${planned}) WHERE NOT held)
     WHERE ${chance('takes', 'customer_id', '{nth:UInt32}', 'offer')} < ${moved('p', odds)}`,
  )
}

/**
 * Whoever has not left by the last turn's word buys once within the half-year after it: what the scores of the first turn are judged on. And
 * whoever takes an offer brings its margin besides (without an amount: so that it is no sign of staying).
 */
async function fillPurchases(app: OpenApp, world: World): Promise<void> {
  const turns = await analyze.pastTurns(app)
  const [first, last] = [turns[0]!, turns.at(-1)!]
  const odds = `if(${segmentSql('{segments:UInt32}')} = {odd:UInt32}, {leavingOdds:Float64}, 1)`
  await app.facts.exec(
    `INSERT INTO purchases (run_id, customer_id, sold_at, invoice, product_code, amount_minor, margin_minor)
     SELECT {run:UInt64}, customer_id, toDateTime({day:Date}, 'UTC') + INTERVAL toUInt32(179.9 * ${chance('day', 'customer_id')}) DAY, toString(customer_id), 'P', 5000, 2000
     FROM (SELECT customer_id, toFloat64(churn_probability) AS p FROM scores WHERE run_id = {models:UInt64})
     WHERE ${chance('stays', 'customer_id')} >= ${moved('p', odds)}`,
    {
      ...{ run: last.identity, day: first.asOf, models: first.models, seed: String(world.seed) },
      ...{ segments: world.segments, odd: world.odd?.segment ?? 0, leavingOdds: world.odd?.leavingOdds ?? 1 },
    },
  )
  if (world.margin)
    await app.facts.exec(
      `INSERT INTO purchases (run_id, customer_id, sold_at, invoice, product_code, amount_minor, margin_minor)
       SELECT {run:UInt64}, customer_id, toDateTime(at, 'UTC') + INTERVAL 1 DAY, event_id, 'Q', 0, {earned:UInt32}
       FROM events WHERE type = 'accepted' AND startsWith(event_id, 'accepted:')`,
      { run: last.identity, earned: world.margin.earned },
    )
}

export async function fillWorld(app: OpenApp, world: World): Promise<void> {
  for (let turn = 1; turn <= world.turns; turn++) await fillTurn(app, world, turn)
  await fillPurchases(app, world)
}
