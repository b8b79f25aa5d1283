import { segmentNames } from '../../analyze/index.ts'
import type { App } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { controlParams, inControlGroup } from '../control-group.ts'
import { optimizeErrors } from '../errors.ts'
import { planLimitsOf } from '../offers/plan-limits.ts'
import type { PlanView, StoredPlan } from '../plan/plan-view.ts'
import { priceMeaning, relaxedMeaning } from '../plan/plan-view.ts'
import { readPlanById } from '../plan/read-plan.ts'
import { byOfferSql, bySegmentSql } from '../plan/summary-sql.ts'
import type { ContactPolicy } from '../policy/contact-policy.ts'
import { readScenario } from './scenarios.ts'

/** The product an offer is about: the best of its category among those the customer may want next (as the plan step says it). */
const withProducts = `
  wishes AS (
    SELECT customer_id, arraySort(t -> t.1, groupArray((rank, toString(category), product_code))) AS wanted
    FROM next_products
    WHERE run_id = {modelsRun:UInt64} AND customer_id IN (SELECT customer_id FROM scenario_choices WHERE run_id = {solve:UInt64})
    GROUP BY customer_id
  ),
  spelt AS (
    SELECT
      c.customer_id AS customer_id, toString(c.offer) AS offer, toString(c.channel) AS channel, c.control AS control,
      {categories:Array(String)}[indexOf({offerIds:Array(String)}, toString(c.offer))] AS category,
      arrayFirst(t -> category = '' OR t.2 = category, w.wanted).3 AS product_code,
      c.value_minor AS value_minor, c.acceptance AS acceptance, c.cost_minor AS cost_minor, c.next_best AS next_best,
      c.wave AS wave, c.basis AS basis
    FROM scenario_choices AS c
    LEFT JOIN wishes AS w ON w.customer_id = c.customer_id
    WHERE c.run_id = {solve:UInt64}
  )`

const columns = 'run_id, customer_id, offer, channel, product_code, value_minor, acceptance, cost_minor'

const assignmentsSql = `
INSERT INTO plan_assignments (${columns}, next_best, wave, basis)
WITH ${withProducts}
SELECT {solve:UInt64}, customer_id, offer, channel, product_code, value_minor, acceptance, cost_minor, next_best, wave, basis
FROM spelt WHERE control = 0`

const controlSql = `
INSERT INTO control_members (${columns}, wave)
WITH ${withProducts}
SELECT {solve:UInt64}, g.customer_id, offer, channel, product_code, value_minor, acceptance, cost_minor, greatest(wave, 1)
FROM (
  SELECT customer_id FROM golden_records WHERE run_id = {identityRun:UInt64} AND ${inControlGroup('customer_id')}
) AS g
LEFT JOIN (SELECT * FROM spelt WHERE control = 1) AS s ON s.customer_id = g.customer_id`

/** Makes a saved scenario a plan of its own, that can be shown, compared and approved like that of a turn. */
export async function keepAsPlan(app: App, scenarioId: number): Promise<PlanView> {
  const scenario = await readScenario(app, scenarioId)
  const { db } = app.workflow
  const row = await db
    .selectFrom('plan_scenarios')
    .select(['choices_run', 'prices'])
    .where('id', '=', scenarioId)
    .executeTakeFirstOrThrow()
  const { outcome } = scenario
  if (row.choices_run === null || !outcome?.feasible)
    throw optimizeErrors['optimize.scenario-without-plan']({ scenario: scenarioId })
  const solve = row.choices_run
  // The same solve makes the same plan: asked for twice, it is there already.
  const there = await db.selectFrom('plans').select('id').where('run_id', '=', solve).executeTakeFirst()
  if (there) return readPlanById(app, there.id)
  const base = await db.selectFrom('plans').selectAll().where('id', '=', scenario.planId).executeTakeFirstOrThrow()
  const policy: ContactPolicy = scenario.change.policy ?? base.basis.policy
  const { runs, offers } = base.basis
  const params = {
    solve,
    modelsRun: runs.modelsRun,
    identityRun: runs.identityRun,
    offerIds: offers.map(o => o.id),
    categories: offers.map(o => o.category ?? ''),
    ...controlParams(base.as_of, policy.control_share),
  }
  for (const table of ['plan_assignments', 'control_members'])
    await app.facts.exec(`DELETE FROM ${table} WHERE run_id = {solve:UInt64}`, { solve })
  await app.facts.exec(assignmentsSql, params)
  await app.facts.exec(controlSql, params)
  const byOffer = await app.facts.query<StoredPlan['byOffer'][number]>(byOfferSql, { runId: solve })
  const bySegment = await app.facts.query<StoredPlan['bySegment'][number]>(bySegmentSql, {
    runId: solve,
    segmentsRun: runs.segmentsRun,
  })
  const before = base.view as StoredPlan
  const names = new Map(offers.map(o => [o.id, o.name]))
  const segments = await segmentNames(app)
  const assigned = byOffer.reduce((n, r) => n + r.customers, 0)
  const plain = (id: string) => ({ en: id, zh: id })
  const limits = outcome.limits
    .filter(l => l.max !== null || l.min > 0)
    .map(l => ({
      id: l.id,
      name: l.name,
      unit: l.unit,
      max: l.max ?? l.used,
      min: l.min > 0 ? l.min : null,
      used: l.used,
      price: l.price,
      meaning: l.relaxed ? relaxedMeaning(l) : priceMeaning(l.unit, l.price, policy.currency),
    }))
  // Whoever was left out and is not of the control group: what limits changed shows in that one number.
  const control = (
    await app.facts.one<{ n: number }>('SELECT count() AS n FROM control_members WHERE run_id = {solve:UInt64}', {
      solve,
    })
  ).n
  const others = before.notPlanned.filter(r => r.reason !== 'limits-reached' && r.reason !== 'control')
  const shutOut = before.customers - assigned - control - others.reduce((n, r) => n + r.customers, 0)
  const view: StoredPlan = {
    ...before,
    value: outcome.value,
    bound: outcome.bound,
    gap: outcome.gap,
    seconds: outcome.seconds,
    assigned,
    control,
    limits,
    byOffer: byOffer.map(r => ({ ...r, name: names.get(r.offer) ?? plain(r.offer) })),
    bySegment: bySegment.map(r => ({ ...r, name: segments.get(r.segment) ?? plain(r.segment) })),
    notPlanned: before.notPlanned.map(r =>
      r.reason === 'limits-reached'
        ? { ...r, customers: Math.max(0, shutOut) }
        : r.reason === 'control'
          ? { ...r, customers: control }
          : r,
    ),
  }
  const { id } = await db
    .insertInto('plans')
    .values({
      turn_id: base.turn_id,
      run_id: solve,
      as_of: base.as_of,
      view: asJson<unknown>(view),
      prices: asJson(row.prices ?? {}),
      // A changed policy brings its own limits, waves among them.
      basis: asJson({ ...base.basis, policy, ...(scenario.change.policy ? { limits: planLimitsOf(policy) } : {}) }),
      made_at: new Date(),
      inputs: null,
      policy_version: base.policy_version,
      offers_version: base.offers_version,
      scenario_id: scenarioId,
      base_plan: base.id,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return readPlanById(app, id)
}
