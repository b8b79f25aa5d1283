/** The telephone numbers of customers, best first: the golden record's, then those of their source records; none that is shut. */
import type { App } from '../../platform/app.ts'
import { addressHash } from '../gate/address-hash.ts'
import type { DoneOf } from '../take-back/done.ts'

export interface Numbers {
  /** Still to be rung, the golden record's first. */
  open: string[]
  /** Not theirs, as somebody told us. */
  wrong: string[]
  /** Somebody there does not want to be called. */
  refused: boolean
}

const KNOWN = `
WITH
  linked AS (
    SELECT source, row_key, customer_id FROM record_links
    WHERE run_id = {runId:UInt64} AND customer_id IN {ids:Array(UInt64)}
  ),
  told AS (
    SELECT customer_id, arrayJoin([mobile, mobile2, landline]) AS number, 1 AS place
    FROM (
      SELECT source, row_key, argMax(mobile, import_id) AS mobile, argMax(mobile2, import_id) AS mobile2, argMax(landline, import_id) AS landline
      FROM source_records WHERE (source, row_key) IN (SELECT source, row_key FROM linked) GROUP BY source, row_key
    ) AS records INNER JOIN linked USING (source, row_key)
  ),
  believed AS (
    SELECT customer_id, arrayJoin([mobile, landline]) AS number, 0 AS place FROM golden_records
    WHERE run_id = {runId:UInt64} AND customer_id IN {ids:Array(UInt64)}
  )
SELECT customer_id, number, min(place) AS place
FROM (SELECT * FROM believed UNION ALL SELECT * FROM told)
WHERE number != '' GROUP BY customer_id, number ORDER BY customer_id, place, number = '' , number DESC`

export async function numbersOf(app: App, runId: number, ids: readonly number[]): Promise<Map<number, Numbers>> {
  if (ids.length === 0) return new Map()
  const rows = await app.facts.query<{ customer_id: number; number: string }>(KNOWN, { runId, ids: [...ids] })
  const shut = await shutNumbers(
    app,
    rows.map(row => row.number),
  )
  const byCustomer = Map.groupBy(rows, row => row.customer_id)
  return new Map(
    ids.map(id => [
      id,
      sorted(
        (byCustomer.get(id) ?? []).map(row => row.number),
        shut,
      ),
    ]),
  )
}

/** Of one customer's numbers, best first. */
export const numbersAmong = async (app: App, numbers: readonly string[]): Promise<Numbers> =>
  sorted(numbers, await shutNumbers(app, numbers))

const sorted = (numbers: readonly string[], shut: ReadonlyMap<string, string>): Numbers => ({
  open: numbers.filter(number => !shut.has(number)),
  wrong: numbers.filter(number => shut.get(number) === 'wrong-number'),
  refused: numbers.some(number => shut.has(number) && shut.get(number) !== 'wrong-number'),
})

/** Number → why it is not to be rung. */
async function shutNumbers({ workflow }: App, numbers: readonly string[]): Promise<Map<string, string>> {
  if (numbers.length === 0) return new Map()
  const byHash = new Map(numbers.map(number => [addressHash('call', number), number]))
  const rows = await workflow.db
    .selectFrom('suppressions')
    .select(['address_hash', 'reason'])
    .where('channel', '=', 'call')
    .where('address_hash', 'in', [...byHash.keys()])
    .execute()
  return new Map(rows.map(row => [byHash.get(row.address_hash)!, row.reason]))
}

/** The number is not rung again, whoever it comes to belong to in our records. Shut for another reason, that stands. */
export async function shutNumber({ workflow }: App, number: string, reason: string): Promise<DoneOf<'number'>> {
  const hash = addressHash('call', number)
  const shut = await workflow.db
    .insertInto('suppressions')
    .values({ channel: 'call', address_hash: hash, reason, at: new Date() })
    .onConflict(conflict => conflict.columns(['channel', 'address_hash']).doNothing())
    .returning('channel')
    .execute()
  return { what: 'number', hash, reason, fresh: shut.length > 0 }
}

export async function openNumber({ workflow }: App, { hash, reason }: DoneOf<'number'>): Promise<void> {
  await workflow.db
    .deleteFrom('suppressions')
    .where('channel', '=', 'call')
    .where('address_hash', '=', hash)
    .where('reason', '=', reason)
    .execute()
}
