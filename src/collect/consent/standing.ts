/** What holds for customers now: consents and preferences, the newest statement of each, whichever way it came. */
import { sql } from 'kysely'
import type { App } from '../../platform/app.ts'
import { type StoredEvent, saidInEvents, statementsInStored } from './from-events.ts'
import { type Preferences, readPreferences } from './preference-values.ts'
import type { LedgerRow } from './record-statements.ts'
import { ALL_CHANNELS } from './statement.ts'

type Store = Pick<App, 'workflow' | 'facts'>

export interface Standing {
  granted: boolean
  at: Date
  source: string
}

/** Customer numbers that went into these, per number: statements stay under the number they were made with. */
async function formerNumbers(app: Store, identityRun: number, ids: readonly number[]): Promise<Map<number, number>> {
  const rows = await app.facts.query<{ old_id: number; customer_id: number }>(
    'SELECT old_id, customer_id FROM customer_redirects WHERE run_id = {run_id:UInt64} AND customer_id IN {ids:Array(UInt64)}',
    { run_id: identityRun, ids: [...ids] },
  )
  return new Map(rows.map(row => [row.old_id, row.customer_id]))
}

/** Straight from the ledger, not from its copy: what was said a moment ago counts. */
async function latestIn(
  app: Store,
  kind: 'consent' | 'preference',
  numbers: readonly number[],
  purpose?: string,
): Promise<Pick<LedgerRow, 'customer_id' | 'channel' | 'state' | 'at' | 'source'>[]> {
  if (numbers.length === 0) return []
  let query = app.workflow.db
    .selectFrom('consent_ledger')
    .distinctOn(['customer_id', 'channel'])
    .select(['customer_id', 'channel', 'state', 'at', 'source'])
    .where(sql<boolean>`customer_id = ANY(${`{${numbers.join(',')}}`}::int8[])`)
    .where('kind', '=', kind)
  if (purpose) query = query.where('purpose', '=', purpose)
  return query
    .orderBy('customer_id')
    .orderBy('channel')
    .orderBy('at', 'desc')
    .orderBy(sql`state = 'granted'`)
    .orderBy('seq', 'desc')
    .execute()
}

const FORMER =
  'SELECT old_id FROM customer_redirects WHERE run_id = {run_id:UInt64} AND customer_id IN {ids:Array(UInt64)}'

/** What the run resolved, the customers' former numbers and their events that speak of consent: a statement each costs the engine three times as much. */
const KNOWN = `
SELECT 'resolved' AS what, customer_id AS customerId, toUInt64(0) AS formerId, '' AS eventId, '' AS type, toString(channel) AS channel,
  toUInt8(granted) AS granted, toDateTime64(at, 3, 'UTC') AS at, toString(source) AS source, '' AS actor, '' AS payload
FROM customer_consents WHERE run_id = {run_id:UInt64} AND customer_id IN {ids:Array(UInt64)} AND {purpose:String} = 'marketing'
UNION ALL
SELECT 'former', customer_id, old_id, '', '', '', 0, toDateTime64(0, 3, 'UTC'), '', '', ''
FROM customer_redirects WHERE run_id = {run_id:UInt64} AND customer_id IN {ids:Array(UInt64)}
UNION ALL
SELECT 'event', customerId, 0, eventId, type, channel, 0, at, '', actor, payload
FROM (${saidInEvents(`(customer_id IN {ids:Array(UInt64)} OR customer_id IN (${FORMER}))`)})`

interface Known extends StoredEvent {
  what: 'resolved' | 'former' | 'event'
  formerId: number
  granted: number
  source: string
}

/** By `customer/channel`; whoever was never asked is not there. At the same moment a refusal wins. */
export async function standingConsents(
  app: Store,
  identityRun: number,
  ids: readonly number[],
  purpose = 'marketing',
): Promise<Map<string, Standing>> {
  if (ids.length === 0) return new Map()
  const known = await app.facts.query<Known>(KNOWN, { run_id: identityRun, ids: [...ids], purpose })
  const of = (what: Known['what']): Known[] => known.filter(row => row.what === what)
  const former = new Map(of('former').map(row => [row.formerId, row.customerId]))
  const said = await latestIn(app, 'consent', [...ids, ...former.keys()], purpose)
  const standing = new Map<string, Standing>()
  const take = (customer: number, channel: string, next: Standing): void => {
    const key = `${customer}/${channel}`
    const now = standing.get(key)
    const newer = now === undefined || next.at > now.at || (next.at.getTime() === now.at.getTime() && !next.granted)
    if (newer) standing.set(key, next)
  }
  for (const row of of('resolved'))
    take(row.customerId, row.channel, { granted: row.granted === 1, at: new Date(row.at), source: row.source })
  for (const row of said)
    take(former.get(row.customer_id) ?? row.customer_id, row.channel, {
      granted: row.state === 'granted',
      at: row.at,
      source: row.source,
    })
  for (const statement of statementsInStored(of('event'))) {
    if (statement.kind !== 'consent' || statement.purpose !== purpose || !(statement.at instanceof Date)) continue
    const { customerId, channel = ALL_CHANNELS, state, at, source } = statement
    take(former.get(customerId) ?? customerId, channel, { granted: state === 'granted', at, source })
  }
  return standing
}

/** Per customer, of those who stated any. */
export async function preferencesOf(
  app: Store,
  identityRun: number,
  ids: readonly number[],
): Promise<Map<number, Preferences>> {
  const former = await formerNumbers(app, identityRun, ids)
  const rows = await latestIn(app, 'preference', [...ids, ...former.keys()])
  const values = new Map<number, Map<string, { value: string; at: Date }>>()
  for (const row of rows) {
    const customer = former.get(row.customer_id) ?? row.customer_id
    const its = values.get(customer) ?? new Map<string, { value: string; at: Date }>()
    const now = its.get(row.channel)
    if (!now || row.at > now.at) its.set(row.channel, { value: row.state, at: row.at })
    values.set(customer, its)
  }
  return new Map(
    Array.from(values, ([customer, its]) => [
      customer,
      readPreferences(new Map(Array.from(its, ([name, { value }]) => [name, value]))),
    ]),
  )
}
