/** Legal holds: what must not be erased yet, why, and until when. */
import { sql } from 'kysely'
import type { App } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { rightsErrors } from './errors.ts'

export interface Hold {
  id: number
  customerId: number
  reason: string
  until: string | null
  placedBy: number
  placedAt: Date
  releasedAt: Date | null
}

type Store = Pick<App, 'workflow'>

const inForce = sql<boolean>`released_at IS NULL AND (until IS NULL OR until >= current_date)`

export async function holdsOf(app: Store, customers: readonly number[], forceOnly = true): Promise<Hold[]> {
  let query = app.workflow.db.selectFrom('legal_holds').selectAll()
  if (customers.length > 0) query = query.where('customer_id', 'in', [...customers])
  if (forceOnly) query = query.where(inForce)
  const rows = await query.orderBy('id', 'desc').limit(1000).execute()
  return rows.map(row => ({
    id: row.id,
    customerId: row.customer_id,
    reason: row.reason,
    until: row.until,
    placedBy: row.placed_by,
    placedAt: row.placed_at,
    releasedAt: row.released_at,
  }))
}

/** Numbers of all customers under a hold in force. */
export async function customersOnHold(app: Store): Promise<number[]> {
  const rows = await app.workflow.db.selectFrom('legal_holds').select('customer_id').distinct().where(inForce).execute()
  return rows.map(row => row.customer_id)
}

export async function placeHold(
  app: Store,
  { customerId, reason, until }: Pick<Hold, 'customerId' | 'reason' | 'until'>,
  userId: number,
): Promise<number> {
  const { id } = await app.workflow.db
    .insertInto('legal_holds')
    .values({ customer_id: customerId, reason, until, placed_by: userId, placed_at: new Date() })
    .returning('id')
    .executeTakeFirstOrThrow()
  await audit(app, { userId, action: 'rights.hold', object: `customer/${customerId}`, detail: { hold: id, until } })
  return id
}

export async function releaseHold(app: Store, id: number, userId: number): Promise<number> {
  const row = await app.workflow.db
    .updateTable('legal_holds')
    .set({ released_by: userId, released_at: new Date() })
    .where('id', '=', id)
    .where('released_at', 'is', null)
    .returning('customer_id')
    .executeTakeFirst()
  if (!row) throw rightsErrors['rights.no-hold']({ hold: id })
  await audit(app, {
    userId,
    action: 'rights.release-hold',
    object: `customer/${row.customer_id}`,
    detail: { hold: id },
  })
  return row.customer_id
}
