import { recordEventsFrom } from '../../collect/index.ts'
import { markCarriedOut, openWaves, planToCarryOut, readPlan, readPlanById, wavesOfPlan } from '../../optimize/index.ts'
import type { Step } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { currentDefinition } from '../definition/load-sample.ts'
import { moveTo } from '../state.ts'
import { campaignMembers } from '../tables.ts'
import { armsAsEvents } from './arms-as-events.ts'
import { armsSql, membersSql, wavesSql } from './members-sql.ts'

/**
 * The plan becomes a campaign: members of both arms, its waves from the turn's date on, cost and target. It is the plan that people
 * approved and no campaign took yet, else the turn's own where plans are approved by the turn itself: whoever starts such a turn
 * approves its campaign by that, written down under the turn's name. Where people approve and have not, the campaign stays a
 * draft without members, and nobody is sent an offer.
 */
export const campaignStep: Step = {
  id: 'campaign',
  title: { en: 'Campaign', zh: '客户活动' },
  resumes: false,
  writes: [campaignMembers],
  async run({ app, turn, runId, runOf, progress }) {
    const definition = await currentDefinition(app)
    const approved = await planToCarryOut(app, runOf('plan'), turn)
    const plan = approved === null ? await readPlan(app, runOf('plan')) : await readPlanById(app, approved)
    const planRun = plan.runId
    const campaignId = await app.workflow.transaction(async tx => {
      // What a killed try left: its members went with its run, the campaign goes here.
      await tx.deleteFrom('campaigns').where('turn_id', '=', turn.id).execute()
      const { id } = await tx
        .insertInto('campaigns')
        .values({
          turn_id: turn.id,
          run_id: runId,
          plan_id: plan.planId,
          code: definition.code,
          name: asJson(definition.name),
          objective: asJson(definition.objective),
          as_of: turn.asOf,
          horizon_days: definition.horizonDays,
          currency: definition.currency,
          state: 'draft',
          target: definition.target,
          cost: 0,
          expected: 0,
          planned: 0,
          control: 0,
          result: null,
          created_at: new Date(),
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      return id
    })
    if (approved !== null)
      await app.facts.exec(membersSql, { runId, planRun, campaignId, identityRun: runOf('identity') })
    progress(1, 2, 'members')
    const arms = await app.facts.query<{ arm: string; customers: number; cost: number; expected: number }>(armsSql, {
      runId,
    })
    const inWave = new Map(
      (await app.facts.query<{ wave: number; planned: number; contacts: number }>(wavesSql, { runId })).map(row => [
        row.wave,
        row,
      ]),
    )
    const waves = (await wavesOfPlan(app, plan.planId)).map(({ wave, after }) => ({
      wave,
      date: dayAfter(turn.asOf, after),
      planned: inWave.get(wave)?.planned ?? 0,
      contacts: inWave.get(wave)?.contacts ?? 0,
    }))
    const arm = (name: string) => arms.find(a => a.arm === name) ?? { customers: 0, cost: 0, expected: 0 }
    const planned = arm('planned')
    const control = arm('control')
    await app.workflow.transaction(async tx => {
      await tx
        .updateTable('campaigns')
        .set({ cost: planned.cost, expected: planned.expected, planned: planned.customers, control: control.customers })
        .where('id', '=', campaignId)
        .execute()
      await tx
        .insertInto('waves')
        .values(
          waves.map(({ wave, date, planned: customers, contacts }) => ({
            campaign_id: campaignId,
            wave,
            date,
            planned: customers,
            contacts,
            state: 'waiting' as const,
            done_at: null,
          })),
        )
        .execute()
      if (approved === null) return
      await markCarriedOut(tx, approved, turn.id)
      await openWaves(
        tx,
        approved,
        waves.map(({ wave, date }) => ({ wave, date })),
      )
      const actor = { userId: null, name: `turn ${turn.id}` }
      await moveTo(tx, campaignId, 'approved', actor)
      await moveTo(tx, campaignId, 'running', actor)
    })
    if (approved !== null)
      await recordEventsFrom(app, armsAsEvents, {
        ...{ runId, campaignId, asOf: turn.asOf, horizonDays: definition.horizonDays },
      })
    progress(2, 2)
    return {
      campaign: campaignId,
      plan: plan.planId,
      planned: planned.customers,
      control: control.customers,
      cost: planned.cost,
      expected: planned.expected,
      target: definition.target,
      waves: waves.length,
    }
  },
}

const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
