/** Records sent by another system: stored as an import stores them, and each told at once which customer it is. */
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { App } from '../../platform/app.ts'
import { MATCH_FIELDS } from '../identity/match-table.ts'
import { newCustomerNumbers, regroupRecords } from '../identity/refresh.ts'
import { importFile } from '../import/import-file.ts'
import { oneAtATime } from '../import/one-at-a-time.ts'
import { sourceNamed } from '../sources.ts'
import type { OneRecord } from './live-index.ts'
import { forgetLookup, lookupOf } from './lookup.ts'
import { recordKey, recordNumbers } from './record-numbers.ts'

export interface UpsertResult {
  rowsIn: number
  stored: number
  duplicates: number
  quarantined: number
  importId: number
  customers: { rowKey: string; customerId: number; as: 'known' | 'matched' | 'new'; probability: number }[]
}

const STORED = `
SELECT row_key, kind, full_name, family_name, given_name, gender, ifNull(toString(birth_date), '') AS birth_date, id_number, org_code,
  mobile, mobile2, landline, email, province, city, district, street, postcode, address2, account_no
FROM source_records
WHERE source = {source:String} AND import_id = {importId:UInt64}
ORDER BY row_no`

const LINKED = `
SELECT row_key, customer_id FROM record_links
WHERE run_id = {runId:UInt64} AND source = {source:String} AND row_key IN {keys:Array(String)}`

/**
 * One batch at a time: it is imported like a file of JSON lines under the source's mapping, so that the same rules, quarantine and
 * versions hold; then each stored row keeps its customer, joins one, or becomes a new one. The same batch sent twice changes nothing.
 */
export function upsertRecords(
  app: App,
  source: string,
  rows: readonly Record<string, unknown>[],
): Promise<UpsertResult> {
  return oneAtATime(app, async () => {
    const { mapping } = await sourceNamed(app, source)
    const folder = join(app.config.dataDir, 'spool', 'records')
    await mkdir(folder, { recursive: true })
    const path = join(folder, `${source}-${process.pid}-${Date.now()}.jsonl`)
    try {
      await writeFile(path, rows.map(row => `${JSON.stringify(row)}\n`).join(''))
      const done = await importFile(app, { ...mapping, importer: 'jsonl', file: 'records' }, path)
      const { rowsIn, stored, duplicates, quarantined, importId } = done
      const customers = await placeStored(app, source, importId)
      return { rowsIn, stored, duplicates, quarantined, importId, customers }
    } finally {
      await rm(path, { force: true })
    }
  })
}

async function placeStored(app: App, source: string, importId: number): Promise<UpsertResult['customers']> {
  const stored = await app.facts.query<Record<string, string>>(STORED, { source, importId })
  const lookup = await lookupOf(app)
  // Before the first identity run nobody has a number; that run takes these rows up.
  if (!lookup || stored.length === 0) return []
  const keys = stored.map(row => row['row_key']!)
  const linked = new Map(
    (
      await app.facts.query<{ row_key: string; customer_id: number }>(LINKED, { runId: lookup.runId, source, keys })
    ).map(row => [row.row_key, row.customer_id]),
  )
  const known = await recordNumbers(
    app,
    lookup,
    stored.map(row => ({ source, rowKey: row['row_key']! })),
  )
  const numbers = await newCustomerNumbers(app, stored.length)
  const { placed, room } = await lookup.ask({
    do: 'place',
    threshold: lookup.threshold,
    records: stored.map((row, i) => ({
      known: known[i]!,
      linked: linked.has(row['row_key']!),
      customerId: linked.get(row['row_key']!) ?? numbers[i]!,
      one: Object.fromEntries(MATCH_FIELDS.flatMap(field => (row[field] ? [[field, row[field]]] : []))) as OneRecord,
    })),
  })
  const customers = stored.map((row, i) => {
    const rowKey = row['row_key']!
    const before = linked.get(rowKey)
    lookup.since.set(recordKey({ source, rowKey }), placed[i]!.record)
    const { customerId, probability } = placed[i]!
    return before === undefined
      ? { rowKey, customerId, as: customerId === numbers[i] ? ('new' as const) : ('matched' as const), probability }
      : { rowKey, customerId: before, as: 'known' as const, probability: 1 }
  })
  await regroupRecords(
    app,
    customers.map(({ rowKey, customerId, probability }) => ({ source, rowKey, customerId, probability })),
    { kind: 'match', actor: `source:${source}` },
  )
  if (room < 5000) await forgetLookup(app)
  return customers
}
