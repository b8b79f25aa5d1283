/**
 * Legal holds: what a court or an audit wants kept. A hold covers communications, customers (all they were ever sent) or both under the
 * name of a case; while it is in force neither retention nor erasure takes what it covers. Holds on customers are collect's, whose
 * erasure asks for them; those on communications are copied into the facts, where statements leave them out.
 */
import { sql } from 'kysely'
import { placeHold as holdCustomer, releaseHold as releaseCustomer, resumeErasures } from '../../collect/index.ts'
import type { App } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import type { Person } from '../../platform/personal-data.ts'
import { errors } from '../errors.ts'
import { archiveErrors } from './errors.ts'
import { placesOf } from './places.ts'

/** Condition on a table with `communication_id`. */
export const HELD = 'communication_id IN (SELECT communication_id FROM held_communications)'

export interface NewHold {
  caseName: string
  reason: string
  until: string | null
  customers: number[]
  communications: string[]
}

export interface ArchiveHold extends NewHold {
  id: number
  placedBy: number
  placedAt: Date
  releasedAt: Date | null
}

export async function placeArchiveHold(app: App, hold: NewHold, userId: number): Promise<number> {
  const { caseName, reason, until } = hold
  const customers = [...new Set(hold.customers)]
  const communications = [...new Set(hold.communications)]
  if (customers.length + communications.length === 0) throw archiveErrors['archive.hold-of-nothing']()
  const known = new Set((await placesOf(app, communications)).map(place => place.communication_id))
  const unknown = communications.find(id => !known.has(id))
  if (unknown) throw errors['personalize.no-communication']({ id: unknown })
  const { id } = await app.workflow.db
    .insertInto('archive_holds')
    .values({ case_name: caseName, reason, until, placed_by: userId, placed_at: new Date() })
    .returning('id')
    .executeTakeFirstOrThrow()
  // In the facts first: from here on nothing takes them, whatever happens to the rest.
  await app.facts.insert(
    'held_communications',
    communications.map(communication_id => ({ communication_id, hold_id: id })),
  )
  const items = [
    ...communications.map(communication_id => ({
      hold_id: id,
      communication_id,
      customer_id: null,
      customer_hold: null,
    })),
    ...(await Promise.all(
      customers.map(async customerId => ({
        hold_id: id,
        communication_id: null,
        customer_id: customerId,
        customer_hold: await holdCustomer(app, { customerId, reason: titleOf(caseName, reason), until }, userId),
      })),
    )),
  ]
  for (let from = 0; from < items.length; from += 1000)
    await app.workflow.db
      .insertInto('archive_hold_items')
      .values(items.slice(from, from + 1000))
      .execute()
  await audit(app, {
    userId,
    action: 'archive.hold',
    object: `hold/${id}`,
    detail: { customers: customers.length, communications: communications.length, until },
  })
  return id
}

const titleOf = (caseName: string, reason: string): string => (caseName === '' ? reason : `${caseName}: ${reason}`)

export async function releaseArchiveHold(app: App, id: number, userId: number): Promise<void> {
  const row = await app.workflow.db
    .updateTable('archive_holds')
    .set({ released_by: userId, released_at: new Date() })
    .where('id', '=', id)
    .where('released_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (!row) throw archiveErrors['archive.no-hold']({ hold: id })
  const items = await app.workflow.db.selectFrom('archive_hold_items').selectAll().where('hold_id', '=', id).execute()
  const ids = items.flatMap(item => item.communication_id ?? [])
  const owners = ids.length > 0 ? (await placesOf(app, ids)).map(place => place.customer_id) : []
  await app.facts.exec(
    `ALTER TABLE held_communications DELETE WHERE hold_id = ${id}`,
    {},
    { settings: { mutations_sync: 2 } },
  )
  // Whoever released it on the rights page already did the same.
  for (const { customer_hold } of items)
    if (customer_hold !== null) await releaseCustomer(app, customer_hold, userId).catch(() => undefined)
  await audit(app, { userId, action: 'archive.release-hold', object: `hold/${id}` })
  const freed = new Set([...owners, ...items.flatMap(item => item.customer_id ?? [])])
  for (const customer of freed) await resumeErasures(app, customer)
}

export async function archiveHolds(app: Pick<App, 'workflow'>, all: boolean): Promise<ArchiveHold[]> {
  let query = app.workflow.db.selectFrom('archive_holds').selectAll()
  if (!all) query = query.where('released_at', 'is', null)
  const rows = await query.orderBy('id', 'desc').limit(500).execute()
  if (rows.length === 0) return []
  const items = await app.workflow.db
    .selectFrom('archive_hold_items')
    .selectAll()
    .where(
      'hold_id',
      'in',
      rows.map(row => row.id),
    )
    .execute()
  const byHold = Map.groupBy(items, item => item.hold_id)
  return rows.map(row => {
    const own = byHold.get(row.id) ?? []
    return {
      id: row.id,
      caseName: row.case_name,
      reason: row.reason,
      until: row.until,
      placedBy: row.placed_by,
      placedAt: row.placed_at,
      releasedAt: row.released_at,
      customers: own.flatMap(item => item.customer_id ?? []),
      communications: own.flatMap(item => item.communication_id ?? []),
    }
  })
}

/** Holds in force on one communication itself. */
export async function holdsOnCommunication(
  app: Pick<App, 'workflow'>,
  id: string,
): Promise<{ id: number; title: string; until: string | null }[]> {
  const rows = await app.workflow.db
    .selectFrom('archive_holds')
    .innerJoin('archive_hold_items', 'archive_hold_items.hold_id', 'archive_holds.id')
    .select(['archive_holds.id as id', 'case_name', 'reason', 'until'])
    .where('communication_id', '=', id)
    .where('released_at', 'is', null)
    .where(sql<boolean>`(until IS NULL OR until >= current_date)`)
    .execute()
  return rows.map(row => ({ id: row.id, title: titleOf(row.case_name, row.reason), until: row.until }))
}

/** For an erasure: of this person's communications those that a hold of their own keeps, named in the certificate by their hold. */
export async function heldOf(
  app: App,
  person: Person,
): Promise<{ what: string; reason: string; until: string | null }[]> {
  const held = await app.facts.query<{ id: number; n: number }>(
    `SELECT hold_id AS id, uniqExact(communication_id) AS n FROM held_communications
     WHERE communication_id IN {ids:Array(String)} GROUP BY hold_id`,
    { ids: person.keys('communication') },
  )
  if (held.length === 0) return []
  const rows = await app.workflow.db
    .selectFrom('archive_holds')
    .selectAll()
    .where(
      'id',
      'in',
      held.map(hold => hold.id),
    )
    .execute()
  const count = new Map(held.map(hold => [hold.id, hold.n]))
  return rows.map(row => ({
    what: `facts.communications (${count.get(row.id) ?? 0})`,
    reason: titleOf(row.case_name, row.reason),
    until: row.until,
  }))
}

/** Holds whose last day is over; by nobody in particular. Returns how many. */
export async function releaseOverdue(app: App): Promise<number> {
  const over = await app.workflow.db
    .selectFrom('archive_holds')
    .select('id')
    .where('released_at', 'is', null)
    .where(sql<boolean>`until < current_date`)
    .execute()
  for (const { id } of over) await releaseArchiveHold(app, id, 0)
  return over.length
}
