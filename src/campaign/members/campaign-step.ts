import { markCarriedOut, planToCarryOut, readPlan, readPlanById } from '../../optimize/index.ts'
import type { Step } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { currentDefinition } from '../definition/load-sample.ts'
import { moveTo } from '../state.ts'
import { campaignMembers } from '../tables.ts'
import { armsSql, membersSql } from './members-sql.ts'

/**
 * The plan becomes a campaign: members of both arms, one wave on the turn's date, cost and target. It is the plan that people
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
      await app.facts.exec(membersSql, { runId, planRun, campaignId, wave: 1, identityRun: runOf('identity') })
    progress(1, 2, 'members')
    const arms = await app.facts.query<{ arm: string; customers: number; cost: number; expected: number }>(armsSql, {
      runId,
    })
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
        .values({ campaign_id: campaignId, wave: 1, date: turn.asOf, planned: planned.customers })
        .execute()
      if (approved === null) return
      await markCarriedOut(tx, approved, turn.id)
      const actor = { userId: null, name: `turn ${turn.id}` }
      await moveTo(tx, campaignId, 'approved', actor)
      await moveTo(tx, campaignId, 'running', actor)
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
    }
  },
}
