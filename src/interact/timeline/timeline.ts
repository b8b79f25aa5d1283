/** Everything that is known of one communication, in the order it happened: from the ledger to what the customer answered. */
import { userNames } from '../../collect/index.ts'
import { insteadId, type ManifestRow, manifestOf } from '../../personalize/index.ts'
import type { App } from '../../platform/app.ts'
import { reasonText } from '../gate/reasons.ts'
import type { TimelineEntry } from './api.ts'

type Entry = Omit<TimelineEntry, 'at'> & { at: string | Date }

const entry = (at: Date | string, what: string, part: Partial<Entry> = {}): Entry => ({
  at,
  what,
  channel: '',
  reason: null,
  detail: '',
  by: '',
  communicationId: null,
  ...part,
})

/** `exact`: the reader may see documents, and so what other sides wrote back, which may name an address. */
export async function timelineOf(app: App, id: string, exact: boolean): Promise<TimelineEntry[]> {
  const row = await manifestOf(app, id)
  const name = await userNames(app)
  const parts = await Promise.all([
    composed(app, row),
    delivered(app, row, exact),
    happened(app, row),
    printed(app, row),
    inPortal(app, row),
    instead(app, row),
    looked(app, row, name),
    held(app, row, name),
  ])
  return parts
    .flat()
    .map(one => ({ ...one, at: new Date(one.at).toISOString() }))
    .sort((a, b) => a.at.localeCompare(b.at))
}

async function composed(app: App, row: ManifestRow): Promise<Entry[]> {
  const kept = await app.facts.query<{ at: string; stored: number }>(
    `SELECT kept_at AS at, stored FROM kept_documents
     WHERE sha256 = {sha:String} AND communication_id = {id:String} LIMIT 1`,
    { sha: row.sha256.padEnd(64, '0'), id: row.communication_id },
  )
  return [
    entry(row.composed_at, row.state, {
      channel: row.channel,
      reason: row.state === 'held' ? reasonText(row.reason) : null,
    }),
    ...kept.map(({ at, stored }) => entry(at, 'kept', { detail: String(stored) })),
  ]
}

async function delivered(app: App, row: ManifestRow, exact: boolean): Promise<Entry[]> {
  const rows = await app.facts.query<Record<'at' | 'state' | 'channel' | 'reason' | 'transport' | 'receipt', string>>(
    `SELECT at, toString(state) AS state, toString(channel) AS channel, toString(reason) AS reason, toString(transport) AS transport, receipt
     FROM deliveries WHERE customer_id = {customer:UInt64} AND communication_id = {id:String}
     ORDER BY attempt, state != 'claimed', at`,
    { customer: row.customer_id, id: row.communication_id },
  )
  return rows.map(({ at, state, channel, reason, transport, receipt }) =>
    entry(at, state, {
      channel,
      reason: reasonText(reason),
      detail: [transport, exact ? receipt : ''].filter(text => text !== '').join(' · '),
    }),
  )
}

/** The event `sent` says again what the delivery said. */
async function happened(app: App, row: ManifestRow): Promise<Entry[]> {
  const rows = await app.facts.query<Record<'at' | 'type' | 'channel' | 'payload' | 'actor', string>>(
    `SELECT at, toString(type) AS type, toString(channel) AS channel, payload, actor FROM events FINAL
     WHERE customer_id = {customer:UInt64} AND communication_id = {id:String} AND type != 'sent' ORDER BY at LIMIT 500`,
    { customer: row.customer_id, id: row.communication_id },
  )
  return rows.map(({ at, type, channel, payload }) => {
    const told = JSON.parse(payload || '{}') as Record<string, unknown>
    const detail = ['outcome', 'status', 'reason', 'device'].flatMap(key =>
      typeof told[key] === 'string' && told[key] !== '' ? [told[key]] : [],
    )
    return entry(at, type, { channel, detail: detail.join(' · ') })
  })
}

async function printed(app: App, row: ManifestRow): Promise<Entry[]> {
  if (row.channel !== 'print') return []
  const pieces = await app.facts.query<{ run: number; piece: number }>(
    `SELECT DISTINCT print_run AS run, piece FROM print_pieces WHERE communication_id = {id:String} ORDER BY run LIMIT 50`,
    { id: row.communication_id },
  )
  if (pieces.length === 0) return []
  const runs = await app.workflow.db
    .selectFrom('print_runs')
    .select(['id', 'kind', 'created_at'])
    .where(
      'id',
      'in',
      pieces.map(({ run }) => run),
    )
    .execute()
  const byId = new Map(runs.map(run => [run.id, run]))
  const reports = await app.facts.query<{ run: number; piece: number; state: string; at: string }>(
    `SELECT print_run AS run, piece, toString(state) AS state, at FROM print_reports
     WHERE (print_run, piece) IN (SELECT print_run, piece FROM print_pieces WHERE communication_id = {id:String}) ORDER BY at`,
    { id: row.communication_id },
  )
  return [
    ...pieces.flatMap(({ run, piece }) => {
      const made = byId.get(run)
      return made
        ? [entry(made.created_at, made.kind === 'reprint' ? 'reprinted' : 'printed', { detail: `${run}/${piece}` })]
        : []
    }),
    ...reports.map(({ run, piece, state, at }) => entry(at, state, { detail: `${run}/${piece}` })),
  ]
}

async function inPortal(app: App, row: ManifestRow): Promise<Entry[]> {
  const message = await app.workflow.db
    .selectFrom('portal_messages')
    .select(['created_at', 'read_at'])
    .where('communication_id', '=', row.communication_id)
    .executeTakeFirst()
  if (!message) return []
  return [
    entry(message.created_at, 'in-portal', { channel: 'portal' }),
    ...(message.read_at ? [entry(message.read_at, 'read-in-portal', { channel: 'portal' })] : []),
  ]
}

/** What did not arrive this way and went another. */
async function instead(app: App, row: ManifestRow): Promise<Entry[]> {
  const ids = (['email', 'sms', 'print'] as const).map(to => insteadId(row.communication_id, to))
  const rows = await app.facts.query<{ id: string; channel: string; at: string }>(
    `SELECT communication_id AS id, toString(any(channel)) AS channel, min(composed_at) AS at FROM communications
     WHERE customer_id = {customer:UInt64} AND communication_id IN {ids:Array(FixedString(32))} GROUP BY communication_id`,
    { customer: row.customer_id, ids },
  )
  return rows.map(({ id, channel, at }) => entry(at, 'instead', { channel, communicationId: id }))
}

const ACTIONS: Record<string, string> = { 'communication.show': 'shown' }

async function looked(app: App, row: ManifestRow, name: (id: number) => string): Promise<Entry[]> {
  const rows = await app.workflow.db
    .selectFrom('audit')
    .select(['at', 'user_id', 'action'])
    .where('object', '=', `communication/${row.communication_id}`)
    .orderBy('id', 'desc')
    .limit(200)
    .execute()
  return rows.map(({ at, user_id, action }) => entry(at, ACTIONS[action] ?? action, { by: name(user_id) }))
}

async function held(app: App, row: ManifestRow, name: (id: number) => string): Promise<Entry[]> {
  const rows = await app.workflow.db
    .selectFrom('archive_hold_items')
    .innerJoin('archive_holds', 'archive_holds.id', 'archive_hold_items.hold_id')
    .select(['case_name', 'reason', 'placed_at', 'placed_by', 'released_at', 'released_by'])
    .where('communication_id', '=', row.communication_id)
    .execute()
  return rows.flatMap(hold => [
    entry(hold.placed_at, 'hold', { detail: hold.case_name || hold.reason, by: name(hold.placed_by) }),
    ...(hold.released_at
      ? [entry(hold.released_at, 'hold-released', { detail: hold.case_name, by: name(hold.released_by ?? 0) })]
      : []),
  ])
}
