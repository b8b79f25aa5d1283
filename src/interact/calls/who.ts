/** Whose number it is. A number may be nobody's, one customer's, or shared: a household, a shop, an old number given out again. */
import type { App } from '../../platform/app.ts'

/** More than these are not told apart by a question. */
const MOST = 20

/** The golden records' numbers: two skipping indexes are read, some granules of a million customers. */
const BELIEVED = `
SELECT customer_id FROM golden_records
WHERE run_id = {runId:UInt64} AND (mobile = {number:String} OR landline = {number:String})
ORDER BY customer_id LIMIT {most:UInt32}`

/** Second numbers and older ones that a source gave; asked only where no golden record has the number. */
const GIVEN = `
WITH records AS (
  SELECT source, row_key FROM current_records
  WHERE run_id = {runId:UInt64} AND (mobile2 = {number:String} OR mobile = {number:String} OR landline = {number:String})
)
SELECT DISTINCT customer_id FROM record_links
WHERE run_id = {runId:UInt64} AND (source, row_key) IN (SELECT source, row_key FROM records)
ORDER BY customer_id LIMIT {most:UInt32}`

export async function customersOfNumber(app: App, number: string): Promise<number[]> {
  const runId = await app.runs.latest('identity')
  if (runId === null || number === '') return []
  const params = { runId, number, most: MOST }
  const found = await app.facts.query<{ customer_id: number }>(BELIEVED, params)
  const rows = found.length > 0 ? found : await app.facts.query<{ customer_id: number }>(GIVEN, params)
  return rows.map(row => row.customer_id)
}

/** By what a voice menu asked for: the customer's number with us, or an account number. */
export async function customerOfId(app: App, id: string): Promise<number | null> {
  const runId = await app.runs.latest('identity')
  const text = id.normalize('NFKC').trim()
  if (runId === null || text === '') return null
  const rows = await app.facts.query<{ customer_id: number }>(
    `SELECT customer_id FROM record_links WHERE run_id = {runId:UInt64} AND account_no = {text:String}
     UNION DISTINCT SELECT customer_id FROM golden_records
     WHERE run_id = {runId:UInt64} AND customer_id = toUInt64OrZero({text:String}) AND customer_id > 0 LIMIT 2`,
    { runId, text },
  )
  return rows.length === 1 ? rows[0]!.customer_id : null
}
