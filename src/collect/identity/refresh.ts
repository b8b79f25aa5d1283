/**
 * Customers changed between runs: records moved from one to another (a merge, a split, the undoing of either, a new record that was matched)
 * and what follows from it, at once and within the newest committed run. The next run finds the links as they are left here, so
 * numbers stay.
 */
import type { App } from '../../platform/app.ts'
import type { ParamValue } from '../../platform/stores/facts/index.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { correctedSourceRecords, linkedRecords } from '../repair/corrected.ts'
import {
  customerAttributes,
  customerConsents,
  customerRedirects,
  goldenRecords,
  purchases,
  recordLinks,
} from '../tables.ts'
import { refreshAttributes } from './attributes.ts'
import { refreshConsents } from './consents.ts'
import { currentSourceRecords } from './current.ts'
import { sourceTrust } from './golden.ts'
import { goldenOfFew } from './golden-of-few.ts'
import { customersSaid, GOLDEN_COLUMNS, SAID_COLUMNS, toldRows } from './golden-sql.ts'
import { type IdentityEvent, recordIdentityEvents } from './identity-events.ts'
import { refreshPurchases } from './purchases.ts'
import { dropOlder } from './replace-rows.ts'
import { RECORD_FIELDS } from './survivorship.ts'

export { newCustomerNumbers } from './customer-numbers.ts'

export interface RecordMove {
  source: string
  rowKey: string
  /** Where it goes: a customer there is, or a number of `newCustomerNumbers`. */
  customerId: number
  /** Of the link; absent: the record's own, or 1. */
  probability?: number
}

export interface MoveReason {
  kind: 'merge' | 'split' | 'undo' | 'match'
  /** A user's number, or what did it. */
  actor: string
  reason?: string
}

/** One change at a time: two at once would read each other's half. */
let last: Promise<unknown> = Promise.resolve()
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const next = last.then(work, work)
  last = next.catch(() => undefined)
  return next
}

/** Customers handled by one statement: their numbers take 20 kB of parameters. */
const AT_ONCE = 2000

/** Moves records to customers; golden records, consents, attributes, purchases and redirects follow. null: no run yet. */
export function regroupRecords(
  app: App,
  moves: readonly RecordMove[],
  why: MoveReason,
): Promise<{ runId: number; customers: number[] } | null> {
  return inTurn(async () => {
    await redoOnce(app)
    const runId = await app.runs.latest('identity')
    if (runId === null || moves.length === 0) return null
    const id = await app.runs.nextId('identity-change')
    await app.workflow.db
      .insertInto('collect_identity_moves')
      .values({
        id,
        run_id: runId,
        moves: asJson([...moves]),
        why: asJson({ kind: why.kind, actor: why.actor, reason: why.reason ?? '' }),
        customers: asJson<number[]>([]),
        done: false,
        at: new Date(),
      })
      .execute()
    const customers = await carryOut(app, runId, id, moves, why)
    return { runId, customers }
  })
}

/** `golden`: the golden record alone, where what was told changes nothing else (no address, which attributes of areas hang on). */
export type Refreshed = 'all' | 'golden'

/** Rebuilds what is kept of these customers from the records they have. */
export function refreshGolden(app: App, customerIds: readonly number[], what: Refreshed = 'all'): Promise<void> {
  return inTurn(async () => {
    await redoOnce(app)
    const runId = await app.runs.latest('identity')
    if (runId !== null) await refreshRows(app, runId, customerIds, await app.runs.nextId('identity-change'), what)
  })
}

/** What a killed process had begun; harmless when nothing was. Done before the first change of a process too. */
export const finishMoves = (app: App): Promise<void> => inTurn(() => redo(app))

const looked = new WeakSet<App['workflow']>()
async function redoOnce(app: App): Promise<void> {
  if (looked.has(app.workflow)) return
  looked.add(app.workflow)
  await redo(app)
}

async function redo(app: App): Promise<void> {
  const open = await app.workflow.db
    .selectFrom('collect_identity_moves')
    .selectAll()
    .where('done', '=', false)
    .orderBy('id')
    .execute()
  const latest = await app.runs.latest('identity')
  for (const { id, run_id, moves, why } of open) {
    // A new run was committed since: what people decided was replayed by it.
    if (Number(run_id) !== latest) await forget(app, Number(id))
    else {
      const version = await app.runs.nextId('identity-change')
      await carryOut(app, latest, version, moves as RecordMove[], why as unknown as MoveReason, Number(id))
    }
  }
}

const forget = (app: App, id: number): Promise<unknown> =>
  app.workflow.db.deleteFrom('collect_identity_moves').where('id', '=', id).execute()

interface Link {
  source: string
  row_key: string
  customer_id: number
  account_no: string
  probability: number
}

const keyOf = (source: string, rowKey: string): string => `${source}\n${rowKey}`

async function carryOut(
  app: App,
  runId: number,
  version: number,
  moves: readonly RecordMove[],
  why: MoveReason,
  logged = version,
): Promise<number[]> {
  const sources = moves.map(move => move.source)
  const keys = moves.map(move => move.rowKey)
  const among = '(source, row_key) IN arrayZip({sources:Array(String)}, {keys:Array(String)})'
  const before = await app.facts.query<Link>(
    `SELECT source, row_key, customer_id, account_no, probability FROM record_links WHERE run_id = {run_id:UInt64} AND ${among}`,
    { run_id: runId, sources, keys },
  )
  const from = new Map(before.map(link => [keyOf(link.source, link.row_key), link]))
  const customers = [...new Set([...before.map(link => link.customer_id), ...moves.map(move => move.customerId)])]
  const links = new Map<string, Link>()
  for (const ids of slices(customers)) {
    const rows = await app.facts.query<Link>(
      `SELECT source, row_key, customer_id, account_no, probability FROM record_links
       WHERE run_id = {run_id:UInt64} AND customer_id IN {ids:Array(UInt64)} ORDER BY version`,
      { run_id: runId, ids },
    )
    for (const link of rows) links.set(keyOf(link.source, link.row_key), link)
  }
  const unlinked = moves.filter(move => !from.has(keyOf(move.source, move.rowKey)))
  const accounts = await accountsOf(app, unlinked)
  for (const { source, rowKey, customerId, probability } of moves) {
    const key = keyOf(source, rowKey)
    const old = from.get(key)
    links.set(key, {
      source,
      row_key: rowKey,
      customer_id: customerId,
      account_no: old?.account_no ?? accounts.get(key) ?? '',
      probability: probability ?? old?.probability ?? 1,
    })
  }
  const rows = [...links.values()]
  const each = <T>(of: (link: Link) => T): T[] => rows.map(of)
  await app.facts.insertColumns('record_links', {
    run_id: { type: 'UInt64', values: each(() => runId) },
    customer_id: { type: 'UInt64', values: each(link => link.customer_id) },
    source: { type: 'LowCardinality(String)', values: each(link => link.source) },
    row_key: { type: 'String', values: each(link => link.row_key) },
    account_no: { type: 'String', values: each(link => link.account_no) },
    probability: { type: 'Float32', values: each(link => link.probability) },
    version: { type: 'UInt32', values: each(() => version) },
  })
  for (const ids of slices(customers)) await dropOlder(app, recordLinks, runId, ids, version)
  const changes = changesOf(moves, from, rows)
  await moveRedirects(app, runId, version, customers, rows, changes.redirects)
  await refreshRows(app, runId, customers, version)
  await recordIdentityEvents(app, runId, changes.events, { actor: why.actor, reason: why.reason || why.kind })
  await forget(app, logged)
  return customers
}

async function accountsOf(app: App, records: readonly RecordMove[]): Promise<Map<string, string>> {
  if (records.length === 0) return new Map()
  const rows = await app.facts.query<{ source: string; row_key: string; account_no: string }>(
    `SELECT source, row_key, argMax(account_no, (import_id, row_no)) AS account_no FROM source_records
     WHERE (source, row_key) IN arrayZip({sources:Array(String)}, {keys:Array(String)}) AND import_id IN (SELECT import_id FROM import_commits)
     GROUP BY source, row_key`,
    { sources: records.map(({ source }) => source), keys: records.map(({ rowKey }) => rowKey) },
  )
  return new Map(rows.map(row => [keyOf(row.source, row.row_key), row.account_no]))
}

/** What the moves mean for customer numbers. */
function changesOf(moves: readonly RecordMove[], from: Map<string, Link>, rows: readonly Link[]) {
  const went = new Map<number, Map<number, number>>()
  const came = new Map<number, Set<number>>()
  const alive = new Set(rows.map(link => link.customer_id))
  const fresh = new Set<number>()
  for (const { source, rowKey, customerId } of moves) {
    const old = from.get(keyOf(source, rowKey))?.customer_id
    if (old === undefined) {
      fresh.add(customerId)
      continue
    }
    if (old === customerId) continue
    const to = went.get(old) ?? new Map<number, number>()
    went.set(old, to.set(customerId, (to.get(customerId) ?? 0) + 1))
    came.set(customerId, (came.get(customerId) ?? new Set<number>()).add(old))
  }
  const events: IdentityEvent[] = []
  const redirects = new Map<number, number>()
  for (const [old, to] of went) {
    if (alive.has(old) || to.size > 1) {
      events.push({ kind: 'split', oldIds: [old], newIds: [...(alive.has(old) ? [old] : []), ...to.keys()] })
    }
    if (alive.has(old)) continue
    const target = [...to].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]![0]
    redirects.set(old, target)
    events.push({ kind: 'redirect', oldIds: [old], newIds: [target] })
  }
  const before = new Set([...from.values()].map(link => link.customer_id))
  const moved = new Set(moves.map(move => keyOf(move.source, move.rowKey)))
  const stayed = new Set(
    rows.filter(link => !moved.has(keyOf(link.source, link.row_key))).map(link => link.customer_id),
  )
  for (const [id, olds] of came) {
    const all = [...(stayed.has(id) ? [id] : []), ...olds]
    if (all.length > 1) events.push({ kind: 'merge', oldIds: all, newIds: [id] })
  }
  for (const id of fresh) {
    if (!before.has(id) && !stayed.has(id) && !came.has(id)) events.push({ kind: 'new', oldIds: [], newIds: [id] })
  }
  return { events, redirects }
}

/** Numbers that are empty now lead on, numbers that live again lead to themselves, and what led to an empty one leads further. */
async function moveRedirects(
  app: App,
  runId: number,
  version: number,
  customers: readonly number[],
  rows: readonly Link[],
  fresh: Map<number, number>,
): Promise<void> {
  const alive = new Set(rows.map(link => link.customer_id))
  const standing: { old_id: number; customer_id: number }[] = []
  for (const ids of slices(customers)) {
    standing.push(
      ...(await app.facts.query<{ old_id: number; customer_id: number }>(
        `SELECT old_id, customer_id FROM customer_redirects
         WHERE run_id = {run_id:UInt64} AND (old_id IN {ids:Array(UInt64)} OR customer_id IN {ids:Array(UInt64)})`,
        { run_id: runId, ids },
      )),
    )
  }
  const next = new Map(fresh)
  for (const { old_id, customer_id } of standing) {
    const target = fresh.get(customer_id)
    if (!alive.has(old_id) && target !== undefined && !next.has(old_id)) next.set(old_id, target)
  }
  const gone = standing.filter(({ old_id }) => alive.has(old_id) || next.has(old_id)).map(({ old_id }) => old_id)
  if (next.size > 0) {
    await app.facts.insertColumns('customer_redirects', {
      run_id: { type: 'UInt64', values: Array.from(next, () => runId) },
      old_id: { type: 'UInt64', values: [...next.keys()] },
      customer_id: { type: 'UInt64', values: [...next.values()] },
      version: { type: 'UInt32', values: Array.from(next, () => version) },
    })
  }
  for (const ids of slices(gone)) await dropOlder(app, customerRedirects, runId, ids, version, 'old_id')
}

/** Rows of SAID_COLUMNS from links and the newest versions of their records, `corrected` where stewards put any of them right. */
const saidBy = (links: string, among: string, corrected = true): string => `
SELECT links.customer_id AS customer_id, kind, account_no, created_at, source, row_key, at, trust, ${RECORD_FIELDS.join(', ')}
FROM (
  SELECT kind, account_no, created_at, toString(source) AS source, row_key, coalesce(updated_at, created_at, toDateTime(0, 'UTC')) AS at,
         toFloat64({trust:Map(String, Float64)}[toString(source)]) AS trust,
         ${RECORD_FIELDS.map(field => (field === 'birth_date' ? `ifNull(toString(birth_date), '') AS birth_date` : `toString(${field}) AS ${field}`)).join(', ')}
  FROM (${corrected ? correctedSourceRecords('*', among) : currentSourceRecords('*', among)})
) AS records
INNER JOIN (${links}) AS links USING (source, row_key)`

const ofThese = (column: string): string => `${column} IN {ids:Array(UInt64)}`

const LINKS = `SELECT customer_id, toString(source) AS source, row_key FROM record_links WHERE run_id = {run_id:UInt64} AND ${ofThese('customer_id')}`

const CORRECTIONS = `SELECT count() AS some FROM corrections WHERE (source, row_key) IN (${linkedRecords(ofThese('customer_id'))})`

const refreshed = (corrected: boolean): string => `
INSERT INTO golden_records (run_id, version, ${GOLDEN_COLUMNS})
SELECT {run_id:UInt64}, {version:UInt32}, * FROM (${goldenOfFew(`
  SELECT ${SAID_COLUMNS.join(', ')} FROM (${saidBy(LINKS, `(source, row_key) IN (${linkedRecords(ofThese('customer_id'))})`, corrected)})
  UNION ALL ${corrected ? toldRows(ofThese) : customersSaid(ofThese)}`)})`

/** To read and plan a statement costs more than to run it here: without corrections 100 ms of processor time instead of 180. */
const REFRESHED = refreshed(true)
const REFRESHED_UNCORRECTED = refreshed(false)

async function refreshRows(
  app: App,
  runId: number,
  customers: readonly number[],
  version: number,
  what: Refreshed = 'all',
): Promise<void> {
  const common = await beliefs(app, runId)
  for (const ids of slices(customers)) {
    const { some } = await app.facts.one<{ some: number }>(CORRECTIONS, { run_id: runId, ids })
    const sql = some > 0 ? REFRESHED : REFRESHED_UNCORRECTED
    await app.facts.exec(sql, { ...common, run_id: runId, ids, version })
    await dropOlder(app, goldenRecords, runId, ids, version)
    if (what === 'golden') continue
    // They read the golden record and the links, not each other.
    await Promise.all([
      refreshConsents(app, runId, ids, version).then(() => dropOlder(app, customerConsents, runId, ids, version)),
      refreshAttributes(app, runId, ids, version).then(() => dropOlder(app, customerAttributes, runId, ids, version)),
      refreshPurchases(app, runId, ids, version).then(() => dropOlder(app, purchases, runId, ids, version)),
    ])
  }
}

/** As of the run's own turn, so that a refresh without news changes nothing. */
async function beliefs(app: App, runId: number): Promise<Record<string, ParamValue>> {
  const { asOf } = await app.runs.turnOf(runId)
  return { trust: await sourceTrust(app), now: new Date(`${asOf}T00:00:00Z`) }
}

function* slices(ids: readonly number[]): Generator<number[]> {
  for (let from = 0; from < ids.length; from += AT_ONCE) yield ids.slice(from, from + AT_ONCE)
}

export type GoldenRow = Record<string, unknown> & { customer_id: number; provenance: string }

const PREVIEW = goldenOfFew(
  `SELECT ${SAID_COLUMNS.join(', ')} FROM (${saidBy(
    'SELECT link.1 AS customer_id, link.2 AS source, link.3 AS row_key FROM (SELECT arrayJoin(arrayZip({ids:Array(UInt64)}, {sources:Array(String)}, {keys:Array(String)})) AS link)',
    '(source, row_key) IN arrayZip({sources:Array(String)}, {keys:Array(String)})',
  )})`,
)

/** Golden records as they would be if records belonged to customers thus; nothing is written. */
export async function goldenOf(
  app: App,
  links: readonly { customerId: number; source: string; rowKey: string }[],
): Promise<GoldenRow[]> {
  const runId = await app.runs.latest('identity')
  if (runId === null || links.length === 0) return []
  const rows = await app.facts.query<GoldenRow>(PREVIEW, {
    ...(await beliefs(app, runId)),
    ids: links.map(link => link.customerId),
    sources: links.map(link => link.source),
    keys: links.map(link => link.rowKey),
  })
  return rows.map(
    row =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [NAMED[name] ?? name.replace(/^golden_/, ''), value]),
      ) as GoldenRow,
  )
}

/** Columns whose names in the computation differ from the table's. */
const NAMED: Record<string, string> = {
  golden_full_name: 'name',
  golden_birth: 'birth_date',
  record_count: 'records',
}
