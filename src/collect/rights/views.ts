import { sql } from 'kysely'
import type { App } from '../../platform/app.ts'
import { LOCAL_USER_ID } from '../../platform/http/gate.ts'
import type { RequestRow } from './api.ts'
import { holdsOf } from './holds.ts'
import type { RightsRequest } from './requests.ts'

type Store = Pick<App, 'workflow'>

/** Names of the company's people by their number. */
export async function userNames(app: Store): Promise<(id: number) => string> {
  const rows = await app.workflow.db.selectFrom('users').select(['id', 'login', 'name']).execute()
  const names = new Map(rows.map(row => [row.id, row.name || row.login]))
  return id => (id === LOCAL_USER_ID ? 'huiyin' : (names.get(id) ?? `#${id}`))
}

export async function requestRows(
  app: Store,
  requests: readonly RightsRequest[],
  reader: number,
): Promise<RequestRow[]> {
  const name = await userNames(app)
  const holds = requests.length > 0 ? await holdsOf(app, [...new Set(requests.map(row => row.customer_id))]) : []
  const held = new Set(holds.map(hold => hold.customerId))
  return requests.map(row => ({
    id: row.id,
    kind: row.kind,
    customerId: row.customer_id,
    state: row.state,
    receivedBy: row.received_by,
    requestedBy: name(row.requested_by),
    requestedAt: row.requested_at.toISOString(),
    dueAt: row.due_at.toISOString(),
    decidedBy: row.decided_by === null ? null : name(row.decided_by),
    decidedAt: row.decided_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
    doneSteps: row.done_steps,
    totalSteps: row.total_steps,
    error: row.error,
    certificateId: row.certificate_id,
    mine: row.requested_by === reader,
    onHold: held.has(row.customer_id),
  }))
}

export interface AccessQuery {
  q: string
  action: string
  offset: number
  limit: number
}

/** Who looked at or changed what of customers: every unmask with its reason, answers, statements, requests. Newest first. */
export async function accessRows(app: Store, { q, action, offset, limit }: AccessQuery) {
  const name = await userNames(app)
  const like = `%${q.replace(/[\\%_]/g, '\\$&')}%`
  let found = app.workflow.db
    .selectFrom('audit')
    .leftJoin('users', 'users.id', 'audit.user_id')
    .where('audit.action', action === '' ? 'like' : '=', action === '' ? '%' : action)
    .where(
      sql<boolean>`(audit.action LIKE 'customer.%' OR audit.action LIKE 'consent.%' OR audit.action LIKE 'rights.%' OR audit.action LIKE 'suppression.%'
        OR audit.action IN ('portal.refused', 'kiosk.refused'))`,
    )
  if (q.trim() !== '') {
    const id = /^\d+$/.test(q.trim()) ? `customer/${q.trim()}` : ''
    found = found.where(
      id !== ''
        ? sql<boolean>`audit.object = ${id}`
        : sql<boolean>`(users.name ILIKE ${like} OR users.login ILIKE ${like} OR audit.object ILIKE ${like} OR audit.detail::text ILIKE ${like})`,
    )
  }
  const { total } = await found.select(count => count.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await found
    .select([
      'audit.id as id',
      'audit.at as at',
      'audit.user_id as user_id',
      'audit.action as action',
      'audit.object as object',
      'audit.detail as detail',
    ])
    .orderBy('audit.id', 'desc')
    .offset(offset)
    .limit(limit)
    .execute()
  return {
    total: Number(total),
    rows: rows.map(row => ({
      id: row.id,
      at: row.at.toISOString(),
      user: name(row.user_id),
      action: row.action,
      object: row.object,
      field: String(row.detail['field'] ?? ''),
      reason: String(row.detail['reason'] ?? ''),
    })),
  }
}
