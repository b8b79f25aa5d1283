import type { z } from 'zod'
import { segmentNames } from '../../analyze/index.ts'
import type { App } from '../../platform/app.ts'
import { mask } from '../../platform/masking.ts'
import { optimizeErrors } from '../errors.ts'
import type { changesView, planCustomers, whoView } from './api.ts'
import { readScenario } from './scenarios.ts'

/** A plan or a saved scenario, as pages name it: `plan:3`, `scenario:7`. */
export interface Subject {
  /** Rows (customer_id, offer, channel, value_minor, cost_minor) under this run … */
  run: number
  table: 'plan_assignments' | 'scenario_choices'
  planId: number
}

export async function subjectOf(app: App, name: string): Promise<Subject> {
  const [kind, number] = name.split(':')
  const id = Number(number)
  if (kind === 'scenario') {
    const { planId } = await readScenario(app, id)
    const row = await app.workflow.db
      .selectFrom('plan_scenarios')
      .select('choices_run')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    if (row.choices_run === null) throw optimizeErrors['optimize.scenario-without-plan']({ scenario: id })
    return { run: row.choices_run, table: 'scenario_choices', planId }
  }
  const row = await app.workflow.db.selectFrom('plans').select('run_id').where('id', '=', id).executeTakeFirst()
  if (!row) throw optimizeErrors['optimize.no-such-plan']({ plan: id })
  return { run: row.run_id, table: 'plan_assignments', planId: id }
}

const rowsOf = ({ table }: Subject, run: string): string =>
  `(SELECT customer_id, toString(offer) AS offer, toString(channel) AS channel, value_minor, cost_minor
    FROM ${table} WHERE run_id = {${run}:UInt64}${table === 'scenario_choices' ? ' AND control = 0' : ''})`

async function planOf(app: App, planId: number) {
  return app.workflow.db
    .selectFrom('plans')
    .select(['basis', 'view', 'as_of'])
    .where('id', '=', planId)
    .executeTakeFirstOrThrow()
}

/** Customers by segment, offer and channel. */
export async function whoGetsWhat(app: App, of: string): Promise<z.infer<typeof whoView>> {
  const subject = await subjectOf(app, of)
  const plan = await planOf(app, subject.planId)
  const { segmentsRun } = plan.basis.runs
  const names = await segmentNames(app)
  const [cells, segments] = await Promise.all([
    app.facts.query<{
      segment: string
      offer: string
      channel: string
      customers: number
      value: number
      cost: number
    }>(
      `SELECT toString(m.segment) AS segment, p.offer AS offer, p.channel AS channel, count() AS customers,
              sum(p.value_minor) AS value, sum(p.cost_minor) AS cost
       FROM ${rowsOf(subject, 'run')} AS p
       LEFT JOIN (SELECT customer_id, segment FROM segment_members WHERE run_id = {segmentsRun:UInt64}) AS m
         ON m.customer_id = p.customer_id
       GROUP BY segment, offer, channel ORDER BY customers DESC, segment, offer, channel`,
      { run: subject.run, segmentsRun },
    ),
    app.facts.query<{ segment: string; customers: number }>(
      `SELECT toString(segment) AS segment, count() AS customers FROM segment_members
       WHERE run_id = {segmentsRun:UInt64} GROUP BY segment ORDER BY customers DESC, segment`,
      { segmentsRun },
    ),
  ])
  const { offers, policy } = plan.basis
  const listed = new Set(cells.map(c => c.channel))
  return {
    of,
    currency: policy.currency,
    segments: segments.map(s => ({ ...s, name: names.get(s.segment) ?? { en: s.segment, zh: s.segment } })),
    offers: offers.map(o => ({ offer: o.id, name: o.name })),
    channels: Object.keys(policy.channels).filter(c => listed.has(c)),
    cells,
  }
}

interface Filter {
  segment?: string | undefined
  offer?: string | undefined
  channel?: string | undefined
  offset: number
  limit: number
}

/** The customers behind a number of the map; names as the reader may see them. */
export async function customersOf(
  app: App,
  of: string,
  filter: Filter,
  plain: boolean,
): Promise<z.infer<typeof planCustomers>> {
  const subject = await subjectOf(app, of)
  const plan = await planOf(app, subject.planId)
  const names = new Map(plan.basis.offers.map(o => [o.id, o.name]))
  const params = {
    run: subject.run,
    segmentsRun: plan.basis.runs.segmentsRun,
    identityRun: plan.basis.runs.identityRun,
    segment: filter.segment ?? '',
    offer: filter.offer ?? '',
    channel: filter.channel ?? '',
  }
  const chosen = `
    SELECT p.customer_id AS customer_id, toString(m.segment) AS segment, p.offer AS offer, p.channel AS channel,
           p.value_minor AS value, p.cost_minor AS cost
    FROM ${rowsOf(subject, 'run')} AS p
    LEFT JOIN (SELECT customer_id, segment FROM segment_members WHERE run_id = {segmentsRun:UInt64}) AS m
      ON m.customer_id = p.customer_id
    WHERE ({segment:String} = '' OR m.segment = {segment:String}) AND ({offer:String} = '' OR p.offer = {offer:String})
      AND ({channel:String} = '' OR p.channel = {channel:String})`
  const [{ total }, rows] = await Promise.all([
    app.facts.one<{ total: number }>(`SELECT count() AS total FROM (${chosen})`, params),
    app.facts.query<{
      customer_id: number
      segment: string
      offer: string
      channel: string
      value: number
      cost: number
    }>(`${chosen} ORDER BY value DESC, customer_id LIMIT {limit:UInt32} OFFSET {offset:UInt32}`, {
      ...params,
      limit: filter.limit,
      offset: filter.offset,
    }),
  ])
  const people = await app.facts.query<{ customer_id: number; name: string }>(
    `SELECT customer_id, name FROM golden_records
     WHERE run_id = {identityRun:UInt64} AND customer_id IN {ids:Array(UInt64)}`,
    { identityRun: (await app.runs.latest('identity')) ?? params.identityRun, ids: rows.map(r => r.customer_id) },
  )
  const nameOf = new Map(people.map(p => [p.customer_id, p.name]))
  const segments = await segmentNames(app)
  return {
    total,
    rows: rows.map(row => {
      const name = nameOf.get(row.customer_id) ?? ''
      return {
        customerId: row.customer_id,
        name: plain ? name : mask('name', name),
        segment: segments.get(row.segment) ?? { en: row.segment, zh: row.segment },
        offer: names.get(row.offer) ?? { en: row.offer, zh: row.offer },
        channel: row.channel,
        value: row.value,
        cost: row.cost,
      }
    }),
  }
}

/** Who gets something else in one than in the other, by what they had and what they get. */
export async function changesBetween(app: App, from: string, to: string): Promise<z.infer<typeof changesView>> {
  const [a, b] = [await subjectOf(app, from), await subjectOf(app, to)]
  const had = (s: Subject, run: string) =>
    `(SELECT customer_id, arraySort(groupArray((offer, channel))) AS had, sum(value_minor) AS worth FROM ${rowsOf(s, run)} GROUP BY customer_id)`
  const rows = await app.facts.query<{
    before: [string, string][]
    after: [string, string][]
    customers: number
    value: number
  }>(
    `SELECT a.had AS before, b.had AS after, count() AS customers, sum(b.worth) - sum(a.worth) AS value
     FROM ${had(a, 'runA')} AS a FULL OUTER JOIN ${had(b, 'runB')} AS b ON a.customer_id = b.customer_id
     GROUP BY before, after ORDER BY customers DESC, before, after`,
    { runA: a.run, runB: b.run },
  )
  const plan = await planOf(app, b.planId)
  const names = new Map(plan.basis.offers.map(o => [o.id, o.name]))
  const put = (list: [string, string][]) =>
    list.map(([offer, channel]) => ({ offer: names.get(offer) ?? { en: offer, zh: offer }, channel }))
  const equal = (row: (typeof rows)[number]) => JSON.stringify(row.before) === JSON.stringify(row.after)
  const count = (which: (row: (typeof rows)[number]) => boolean) =>
    rows.filter(which).reduce((n, row) => n + row.customers, 0)
  return {
    from,
    to,
    currency: plan.basis.policy.currency,
    gained: count(r => r.before.length === 0),
    lost: count(r => r.after.length === 0),
    moved: count(r => r.before.length > 0 && r.after.length > 0 && !equal(r)),
    same: count(equal),
    moves: rows
      .filter(r => !equal(r))
      .slice(0, 50)
      .map(r => ({ before: put(r.before), after: put(r.after), customers: r.customers, value: r.value })),
  }
}
