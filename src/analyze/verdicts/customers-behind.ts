import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import type { behindList } from './api.ts'
import { customerModelVerdict } from './customer-model.ts'
import { leavingDays } from './leaving-days.ts'
import { assignedMembers, outcomeContacts } from './response-sql.ts'
import { type Kind, outcomeParams } from './segment-evidence.ts'
import { outcomeCustomers } from './segment-outcomes-sql.ts'
import { responseParams } from './turns.ts'

export interface BehindAsk {
  segment: string
  kind: Kind
  /** The turn whose word it was; responses are of all turns. */
  asOf: string
  offset: number
  limit: number
}

interface Row {
  customerId: number
  expected: number
  observed: number
}

/** The customers behind one figure of a verdict, with what was said of each and what came. */
export async function customersBehind(app: App, ask: BehindAsk): Promise<z.infer<typeof behindList>> {
  const { turns, turnsOf, heard, segments } = await customerModelVerdict(app)
  const turn = turns.find(one => one.asOf === ask.asOf) ?? turns.at(-1)
  const { segment, offset, limit } = ask
  const total =
    segments.find(one => one.segment === segment)?.evidence.find(({ kind }) => kind === ask.kind)?.customers ?? 0
  if (!turn) return { total, rows: [] }
  const newest = turns.at(-1)!
  const page = { segment, offset, limit }
  const rows =
    ask.kind === 'response'
      ? await app.facts.query<Row>(outcomeContacts(assignedMembers), {
          ...responseParams(turnsOf(segment), new Date().toISOString().slice(0, 10), heard.unheard),
          ...page,
        })
      : await app.facts.query<Row>(outcomeCustomers(ask.kind), {
          ...outcomeParams(turn, newest.identity, (await leavingDays(app, turn)) ?? 365),
          ...page,
        })
  const people = await app.facts.query<{ customer_id: number; name: string }>(
    'SELECT customer_id, name FROM golden_records WHERE run_id = {identity:UInt64} AND customer_id IN {ids:Array(UInt64)}',
    { identity: newest.identity, ids: rows.map(row => row.customerId) },
  )
  const nameOf = new Map(people.map(person => [person.customer_id, person.name]))
  return { total, rows: rows.map(row => ({ ...row, name: nameOf.get(row.customerId) ?? '' })) }
}
