/** Where in the live index a source's row stands. */
import type { App } from '../../platform/app.ts'
import type { Lookup } from './lookup.ts'

export interface RecordRef {
  source: string
  rowKey: string
}

export const recordKey = ({ source, rowKey }: RecordRef): string => `${source}\n${rowKey}`

const NUMBERS = `
SELECT source, row_key AS rowKey, record_no AS no FROM current_records
WHERE run_id = {runId:UInt64} AND (source, row_key) IN arrayZip({sources:Array(String)}, {keys:Array(String)})`

/** Number of each record in the order asked; null where the index does not hold it. */
export async function recordNumbers(
  app: App,
  lookup: Lookup,
  records: readonly RecordRef[],
): Promise<(number | null)[]> {
  const found = await app.facts.query<RecordRef & { no: number }>(NUMBERS, {
    runId: lookup.runId,
    sources: records.map(record => record.source),
    keys: records.map(record => record.rowKey),
  })
  const numbers = new Map(found.map(row => [recordKey(row), row.no]))
  return records.map(record => lookup.since.get(recordKey(record)) ?? numbers.get(recordKey(record)) ?? null)
}
