import { searchCustomers } from '../../collect/index.ts'
import type { App } from '../../platform/app.ts'

/** More people than this are no search for a person. */
const MOST = 500

/**
 * Numbers of the customers that what was typed may mean: name, pinyin, initials, telephone, e-mail, account or customer number, and
 * the number of an identity document. Also numbers they had before they were merged: mail sent under those is theirs.
 */
export async function peopleLike(app: App, typed: string): Promise<number[]> {
  const run = await app.runs.latest('identity')
  if (run === null) return []
  const q = typed.normalize('NFKC').trim()
  const [{ rows }, byDocument] = await Promise.all([
    searchCustomers(app, run, { q, sort: 'number', offset: 0, limit: MOST }),
    app.facts.query<{ customerId: number }>(
      `SELECT customer_id AS customerId FROM golden_records
       WHERE run_id = {run:UInt64} AND {id:String} != '' AND (upper(id_number) = {id:String} OR upper(org_code) = {id:String}) LIMIT 10`,
      { run, id: /^[0-9A-Za-z]{8,20}$/.test(q) ? q.toUpperCase() : '' },
    ),
  ])
  const found = [...new Set([...rows, ...byDocument].map(row => row.customerId))]
  if (found.length === 0) return /^\d{1,15}$/.test(q) ? [Number(q)] : []
  const former = await app.facts.query<{ id: number }>(
    'SELECT DISTINCT old_id AS id FROM customer_redirects WHERE run_id = {run:UInt64} AND customer_id IN {found:Array(UInt64)}',
    { run, found },
  )
  return [...new Set([...found, ...former.map(row => row.id)])]
}
