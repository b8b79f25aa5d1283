import type { App } from '../../platform/app.ts'
import type { WorkflowTransaction } from '../../platform/stores/workflow/index.ts'
import { optimizeErrors } from '../errors.ts'
import type { Person } from './scenarios.ts'
import type { ApprovalMode, ApprovalState } from './workflow-tables.ts'

/** What an approval stands at: nobody asked yet, one of two has said yes, approved, refused, taken back, carried out. */
export type Standing = 'open' | ApprovalState

export interface Approval {
  standing: Standing
  /** Those who said yes since the last no. */
  approvedBy: { name: string; at: string; person: boolean }[]
  note: string
}

type Entry = { state: ApprovalState; user_id: number | null; by_name: string; at: Date; note: string }

export async function approvalMode(app: Pick<App, 'workflow'>): Promise<ApprovalMode> {
  const row = await app.workflow.db.selectFrom('plan_settings').select('approval').executeTakeFirst()
  return row?.approval ?? 'automatic'
}

export async function setApprovalMode(app: Pick<App, 'workflow'>, approval: ApprovalMode): Promise<void> {
  await app.workflow.db
    .insertInto('plan_settings')
    .values({ id: 1, approval })
    .onConflict(conflict => conflict.column('id').doUpdateSet({ approval }))
    .execute()
}

/** How a plan's entries, oldest first, add up. */
export function standingOf(entries: readonly Entry[]): Approval {
  const last = entries.at(-1)
  const from = entries.findLastIndex(e => e.state === 'refused' || e.state === 'withdrawn')
  const yes = entries.slice(from + 1).filter(e => e.state === 'approved' || e.state === 'asked')
  return {
    standing: last?.state ?? 'open',
    approvedBy: yes.map(e => ({ name: e.by_name, at: e.at.toISOString(), person: e.user_id !== null })),
    note: last?.note ?? '',
  }
}

export async function approvalsOf(
  app: Pick<App, 'workflow'>,
  planIds: readonly number[],
): Promise<Map<number, Approval>> {
  if (planIds.length === 0) return new Map()
  const rows = await app.workflow.db
    .selectFrom('plan_approvals')
    .selectAll()
    .where('plan_id', 'in', planIds)
    .orderBy('id')
    .execute()
  return new Map(planIds.map(id => [id, standingOf(rows.filter(row => row.plan_id === id))]))
}

/** In the turn: where approval is automatic, its plan is approved by the turn that made it. */
export async function approveByTurn(tx: WorkflowTransaction, planId: number, turnId: number): Promise<void> {
  const row = await tx.selectFrom('plan_settings').select('approval').executeTakeFirst()
  if (row && row.approval !== 'automatic') return
  await tx
    .insertInto('plan_approvals')
    .values(entry(planId, 'approved', '', null, turnName(turnId)))
    .execute()
}

const turnName = (turnId: number): string => `turn ${turnId}`

const entry = (plan_id: number, state: ApprovalState, note: string, user_id: number | null, by_name: string) => ({
  plan_id,
  state,
  note,
  user_id,
  by_name,
  at: new Date(),
})

type Answer = 'approve' | 'refuse' | 'withdraw'

/** One person's word on a plan. Where two are asked for, the second must be another person. */
export async function answerPlan(
  app: App,
  planId: number,
  answer: Answer,
  note: string,
  who: Person,
): Promise<Approval> {
  const mode = await approvalMode(app)
  await app.workflow.transaction(async tx => {
    const plan = await tx.selectFrom('plans').select('id').where('id', '=', planId).forUpdate().executeTakeFirst()
    if (!plan) throw optimizeErrors['optimize.no-such-plan']({ plan: planId })
    const entries = await tx
      .selectFrom('plan_approvals')
      .selectAll()
      .where('plan_id', '=', planId)
      .orderBy('id')
      .execute()
    const { standing } = standingOf(entries)
    if (standing === 'used') throw optimizeErrors['optimize.plan-used']({ plan: planId })
    let state: ApprovalState
    if (answer === 'approve') {
      const from = entries.findLastIndex(e => e.state === 'refused' || e.state === 'withdrawn')
      const mine = entries.slice(from + 1).filter(e => e.user_id !== null)
      if (mode === 'two' && mine.some(e => e.user_id === who.userId))
        throw optimizeErrors['optimize.second-person']({ plan: planId })
      state = mode === 'two' && mine.length === 0 ? 'asked' : 'approved'
    } else {
      if (answer === 'withdraw' && standing !== 'approved' && standing !== 'asked')
        throw optimizeErrors['optimize.not-approved']({ plan: planId })
      state = answer === 'refuse' ? 'refused' : 'withdrawn'
    }
    await tx
      .insertInto('plan_approvals')
      .values(entry(planId, state, note, who.userId, who.name))
      .execute()
  })
  return (await approvalsOf(app, [planId])).get(planId)!
}

/** An approved plan is not carried out when the data it rests on are older than this. */
export const VALID_DAYS = 35

/**
 * The plan that a turn's campaign carries out: the newest one that a person approved and no campaign has taken yet; else the
 * turn's own, where plans are approved automatically; else none.
 */
export async function planToCarryOut(
  app: Pick<App, 'workflow'>,
  turnPlanRun: number,
  turn: { id: number; asOf: string },
): Promise<number | null> {
  const { asOf } = turn
  const { db } = app.workflow
  const own = await db.selectFrom('plans').select('id').where('run_id', '=', turnPlanRun).executeTakeFirst()
  const since = new Date(Date.parse(asOf) - VALID_DAYS * 86_400_000).toISOString().slice(0, 10)
  const rows = await db
    .selectFrom('plan_approvals')
    .innerJoin('plans', 'plans.id', 'plan_approvals.plan_id')
    .select(['plan_approvals.plan_id', 'state', 'user_id', 'by_name', 'at', 'note'])
    .where('plans.as_of', '>=', since)
    .where('plans.as_of', '<=', asOf)
    .orderBy('plan_approvals.id')
    .execute()
  // A campaign step that was killed and runs again takes what it took.
  const byPlan = Map.groupBy(
    rows.filter(row => row.state !== 'used' || row.by_name !== turnName(turn.id)),
    row => row.plan_id,
  )
  const approved = [...byPlan].filter(([, entries]) => {
    const last = entries.at(-1)!
    return last.state === 'approved' && last.user_id !== null
  })
  const newest = approved.sort((a, b) => a[1].at(-1)!.at.getTime() - b[1].at(-1)!.at.getTime()).at(-1)
  if (newest) return newest[0]
  return own && (await approvalMode(app)) === 'automatic' ? own.id : null
}

/** Written down by the campaign step: a plan is carried out once. */
export async function markCarriedOut(tx: WorkflowTransaction, planId: number, turnId: number): Promise<void> {
  await tx.deleteFrom('plan_approvals').where('state', '=', 'used').where('by_name', '=', turnName(turnId)).execute()
  await tx
    .insertInto('plan_approvals')
    .values(entry(planId, 'used', '', null, turnName(turnId)))
    .execute()
}
