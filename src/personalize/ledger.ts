import type { App } from '../platform/app.ts'
import { type Place, placesOf } from './archive/places.ts'
import { errors } from './errors.ts'

/** A row of the ledger as pages list it. */
export interface LedgerRow {
  communication_id: string
  customer_id: number
  kind: string
  class: string
  channel: string
  offer: string
  subject: string
  language: string
  state: 'composed' | 'held'
  reason: string
  reason_detail: string
  composed_at: string
  sha256: string
  size: number
  pages: number
  segments: number
  template: string
  template_version: number
}

export interface ManifestRow extends LedgerRow {
  /** As used. */
  address: string
  run_id: number
  partition: number
  data: string
  /** JSON of what stands in its slots (slots/slot-contents.ts), '' without. */
  slots: string
  engine: string
  fonts: string
}

const listed = `communication_id, customer_id, toString(kind) AS kind, toString(class) AS class, toString(channel) AS channel,
  toString(offer) AS offer, subject, toString(language) AS language, toString(state) AS state, toString(reason) AS reason, reason_detail,
  composed_at, sha256, size, pages, segments, toString(template) AS template, template_version`

const oneEach = 'LIMIT 1 BY communication_id'

/** Everything ever composed or held back for a customer, newest first. */
export async function communicationsOf(
  app: Pick<App, 'facts'>,
  { customerId, offset, limit }: { customerId: number; offset: number; limit: number },
): Promise<{ total: number; rows: LedgerRow[] }> {
  const [{ total }, rows] = await Promise.all([
    app.facts.one<{ total: number }>(
      'SELECT uniqExact(communication_id) AS total FROM communications WHERE customer_id = {customerId:UInt64}',
      { customerId },
    ),
    app.facts.query<LedgerRow>(
      `SELECT * FROM (
         SELECT ${listed} FROM communications WHERE customer_id = {customerId:UInt64}
         ORDER BY communication_id, state = 'composed' DESC, run_id ${oneEach}
       ) ORDER BY composed_at DESC, communication_id LIMIT {limit:UInt32} OFFSET {offset:UInt32}`,
      { customerId, offset, limit },
    ),
  ])
  return { total, rows }
}

/** Rows of a page of the search, which knows where they lie, in its order. */
export async function rowsAt(app: Pick<App, 'facts'>, places: readonly Place[]): Promise<LedgerRow[]> {
  if (places.length === 0) return []
  const rows = await app.facts.query<LedgerRow & { run_id: number }>(
    `SELECT ${listed}, run_id FROM communications
     WHERE run_id IN {runs:Array(UInt64)} AND customer_id IN {customers:Array(UInt64)} AND communication_id IN {ids:Array(FixedString(32))}
     ORDER BY communication_id, state = 'composed' DESC LIMIT 1 BY communication_id, run_id`,
    placeParams(places),
  )
  const found = new Map(rows.map(row => [`${row.communication_id}/${row.run_id}`, row]))
  return places.flatMap(place => found.get(`${place.communication_id}/${place.run_id}`) ?? [])
}

const placeParams = (places: readonly Place[]) => ({
  runs: [...new Set(places.map(place => place.run_id))],
  customers: [...new Set(places.map(place => place.customer_id))],
  ids: [...new Set(places.map(place => place.communication_id))],
})

const MANIFEST = `SELECT run_id, partition, data, slots, address, toString(engine) AS engine, toString(fonts) AS fonts, ${listed} FROM communications`
/** A composed row comes before a held one of an earlier turn. */
const BEST = `ORDER BY communication_id, state = 'composed' DESC, run_id ${oneEach}`

/** With all that is needed to compose it again. */
export async function manifestOf(app: Pick<App, 'facts'>, id: string): Promise<ManifestRow> {
  const [row] = await manifestsOf(app, /^[0-9a-f]{32}$/.test(id) ? [id] : [])
  if (!row) throw errors['personalize.no-communication']({ id })
  return row
}

/**
 * The same for many ids at once; what is not in the ledger is left out. The index of places names the rows; what is not in it is
 * looked for in the whole ledger.
 */
export async function manifestsOf(app: Pick<App, 'facts'>, ids: readonly string[]): Promise<ManifestRow[]> {
  if (ids.length === 0) return []
  const places = await placesOf(app, ids)
  const rows =
    places.length === 0
      ? []
      : await app.facts.query<ManifestRow>(
          `${MANIFEST} WHERE run_id IN {runs:Array(UInt64)} AND customer_id IN {customers:Array(UInt64)}
             AND communication_id IN {ids:Array(FixedString(32))} ${BEST}`,
          placeParams(places),
        )
  const found = new Set(rows.map(row => row.communication_id))
  const missing = ids.filter(id => !found.has(id))
  if (missing.length === 0) return rows
  const others = await app.facts.query<ManifestRow>(
    `${MANIFEST} WHERE communication_id IN {ids:Array(FixedString(32))} ${BEST}`,
    { ids: missing },
  )
  return [...rows, ...others]
}

/** A part's composed messages, in the order of its customers. */
export const composedOf = (app: Pick<App, 'facts'>, runId: number, partition: number): Promise<ManifestRow[]> =>
  app.facts.query(
    `SELECT run_id, partition, data, toString(engine) AS engine, toString(fonts) AS fonts, address, ${listed}
     FROM communications
     WHERE run_id = {runId:UInt64} AND partition = {partition:UInt32} AND state = 'composed' AND reason NOT IN ('erased', 'expired')
     ORDER BY customer_id, communication_id ${oneEach}`,
    { runId, partition },
  )
