import type { App } from '../platform/app.ts'
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
  engine: string
  fonts: string
}

const listed = `communication_id, customer_id, toString(kind) AS kind, toString(class) AS class, toString(channel) AS channel,
  toString(offer) AS offer, subject, toString(language) AS language, toString(state) AS state, toString(reason) AS reason, reason_detail,
  composed_at, sha256, size, pages, segments, toString(template) AS template, template_version`

/** Compose runs whose rows may be seen, and the one under way: what is in the ledger was made and is never unmade. */
const oneEach = 'LIMIT 1 BY communication_id'

export interface ListQuery {
  customerId?: number
  state?: string
  kind?: string
  offset: number
  limit: number
}

/** Newest first. Without a customer: of the newest compose run. */
export async function listCommunications(
  app: App,
  { customerId, state = '', kind = '', offset, limit }: ListQuery,
): Promise<{ total: number; rows: LedgerRow[] }> {
  const runId = customerId === undefined ? await app.runs.latest('compose') : 0
  if (runId === null) return { total: 0, rows: [] }
  const where = `WHERE ${customerId === undefined ? 'run_id = {runId:UInt64}' : 'customer_id = {customerId:UInt64}'}
    AND ({state:String} = '' OR state = {state:String}) AND ({kind:String} = '' OR kind = {kind:String})`
  const params = { runId, customerId: customerId ?? 0, state, kind, offset, limit }
  const [{ total }, rows] = await Promise.all([
    app.facts.one<{ total: number }>(
      `SELECT uniqExact(communication_id) AS total FROM communications ${where}`,
      params,
    ),
    app.facts.query<LedgerRow>(
      `SELECT ${listed} FROM communications ${where}
       ORDER BY ${customerId === undefined ? '' : 'composed_at DESC, '}customer_id, communication_id ${oneEach}
       LIMIT {limit:UInt32} OFFSET {offset:UInt32}`,
      params,
    ),
  ])
  return { total, rows }
}

/** With all that is needed to compose it again. A composed row comes before a held one of an earlier turn. */
export async function manifestOf(app: Pick<App, 'facts'>, id: string): Promise<ManifestRow> {
  const known = /^[0-9a-f]{32}$/.test(id)
  const rows = known
    ? await app.facts.query<ManifestRow>(
        `SELECT run_id, partition, data, address, toString(engine) AS engine, toString(fonts) AS fonts, ${listed}
         FROM communications WHERE communication_id = {id:FixedString(32)}
         ORDER BY state = 'composed' DESC, run_id LIMIT 1`,
        { id },
      )
    : []
  const row = rows[0]
  if (!row) throw errors['personalize.no-communication']({ id })
  return row
}

/** The same for many ids at once; what is not in the ledger is left out. */
export const manifestsOf = (app: Pick<App, 'facts'>, ids: readonly string[]): Promise<ManifestRow[]> =>
  app.facts.query(
    `SELECT run_id, partition, data, address, toString(engine) AS engine, toString(fonts) AS fonts, ${listed}
     FROM communications WHERE communication_id IN {ids:Array(FixedString(32))}
     ORDER BY communication_id, state = 'composed' DESC, run_id ${oneEach}`,
    { ids: [...ids] },
  )

/** A part's composed messages, in the order of its customers. */
export const composedOf = (app: Pick<App, 'facts'>, runId: number, partition: number): Promise<ManifestRow[]> =>
  app.facts.query(
    `SELECT run_id, partition, data, toString(engine) AS engine, toString(fonts) AS fonts, address, ${listed}
     FROM communications
     WHERE run_id = {runId:UInt64} AND partition = {partition:UInt32} AND state = 'composed' AND reason != 'erased'
     ORDER BY customer_id, communication_id ${oneEach}`,
    { runId, partition },
  )
