/** Every change by hand can be undone, and what was undone can be done again; both leave a row. */
import { sql } from 'kysely'
import type { App } from '../../platform/app.ts'
import { identityRun } from '../customers/run.ts'
import { regroupRecords } from '../identity/refresh.ts'
import { customersOfRecords } from './customer-records.ts'
import { decisionErrors } from './errors.ts'
import { inTurn, keepAction, refuseContradictions } from './keep-decisions.ts'
import type { Done } from './merge-customers.ts'
import type { RecordMove } from './migrations.ts'

async function actionNumbered(app: App, id: number) {
  const action = await app.workflow.db
    .selectFrom('collect_identity_actions')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  if (!action) throw decisionErrors['collect.action-unknown']({ action: id })
  return action
}

/** Takes the decisions back and the records to where they came from. */
export const undoAction = (app: App, id: number, userId: number): Promise<Done> =>
  inTurn(async () => {
    const action = await actionNumbered(app, id)
    if (action.revoked_at) throw decisionErrors['collect.action-undone']({ action: id })
    const at = new Date()
    await app.workflow.transaction(async tx => {
      await tx
        .updateTable('collect_identity_actions')
        .set({ revoked_at: at, revoked_by: userId })
        .where('id', '=', id)
        .execute()
      await tx.updateTable('collect_identity_decisions').set({ revoked_at: at }).where('action_id', '=', id).execute()
    })
    await moveBack(app, action.moves, userId, `undo of action ${id}`)
    return { actionId: id, customerId: action.customer_id }
  })

/** Only records that still are where the change put them: a later change has the last word. */
async function moveBack(app: App, moves: readonly RecordMove[], userId: number, reason: string): Promise<void> {
  if (moves.length === 0) return
  const now = await customersOfRecords(app, await identityRun(app), moves)
  const back = moves.filter((move, at) => now[at] === move.to)
  if (back.length === 0) return
  await regroupRecords(
    app,
    back.map(({ source, rowKey, from }) => ({ source, rowKey, customerId: from })),
    { kind: 'undo', actor: String(userId), reason },
  )
}

/** Does an undone change again, as a new change; refused when something decided since stands against it. */
export const redoAction = (app: App, id: number, userId: number): Promise<Done> =>
  inTurn(async () => {
    const action = await actionNumbered(app, id)
    if (!action.revoked_at) throw decisionErrors['collect.action-stands']({ action: id })
    const rows = await app.workflow.db
      .selectFrom('collect_identity_decisions')
      .selectAll()
      .where('action_id', '=', id)
      .orderBy('id')
      .execute()
    const decisions = rows.map(row => ({
      kind: row.kind,
      left: { source: row.left_source, rowKey: row.left_key },
      right: { source: row.right_source, rowKey: row.right_key },
    }))
    await refuseContradictions(app, decisions)
    const actionId = await keepAction(app, {
      kind: action.kind,
      customerId: action.customer_id,
      otherId: action.other_id,
      moves: action.moves,
      decisions,
      reason: rows[0]?.reason ?? '',
      note: action.note,
      userId,
      againOf: id,
    })
    if (action.moves.length > 0)
      await regroupRecords(
        app,
        action.moves.map(({ source, rowKey, to }) => ({ source, rowKey, customerId: to })),
        { kind: action.kind === 'split' ? 'split' : 'merge', actor: String(userId), reason: `action ${actionId}` },
      )
    return { actionId, customerId: action.customer_id }
  })

/** Changes by hand, newest first: all, or those that touched a customer. */
export async function listActions(app: App, customerId: number | null, offset: number, limit: number) {
  const concerned = app.workflow.db
    .selectFrom('collect_identity_actions as action')
    .$if(customerId !== null, query =>
      query.where(where =>
        where.or([where('action.customer_id', '=', customerId!), where('action.other_id', '=', customerId!)]),
      ),
    )
  const { total } = await concerned.select(sql<number>`count(*)::int4`.as('total')).executeTakeFirstOrThrow()
  const rows = await concerned
    .leftJoin('users', 'users.id', 'action.user_id')
    .select(['action.id', 'action.kind', 'customer_id', 'other_id', 'moves', 'again_of', 'at', 'note', 'revoked_at'])
    .select('users.name as by')
    .select(where =>
      where
        .selectFrom('collect_identity_decisions as decision')
        .whereRef('decision.action_id', '=', 'action.id')
        .select(sql<string>`min(decision.kind)`.as('kind'))
        .as('verdict'),
    )
    .orderBy('action.id', 'desc')
    .offset(offset)
    .limit(limit)
    .execute()
  return {
    total,
    rows: rows.map(row => ({
      actionId: row.id,
      kind: row.kind,
      verdict: row.verdict ?? '',
      customerId: row.customer_id,
      otherId: row.other_id,
      records: row.moves.length,
      againOf: row.again_of,
      by: row.by ?? '',
      at: row.at.toISOString(),
      note: row.note,
      undone: row.revoked_at !== null,
    })),
  }
}
