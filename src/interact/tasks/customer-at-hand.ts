/**
 * What the screen of one task shows of its customer, in one statement: name, numbers, what we know already and whether anybody was told
 * apart since. Asked one by one these were five statements, 30 of the 110 ms of processor time that the next task took.
 */
import type { App } from '../../platform/app.ts'
import { type Known, PROFILE, type ProfileRow, profileOf } from './known-answers.ts'
import { numbersAmong } from './numbers-to-ring.ts'

/** Name and number as lists show them. */
export interface Contact {
  customer_id: number
  name: string
  phone: string
}

export interface AtHand {
  /** null: there is no such customer any more. */
  contact: Contact | null
  profile: Known
  /** Of the records: what the customer can be rung at, shut ones too, best first. */
  told: readonly string[]
  /** Splits were looked for after this moment; null for the newest: nobody was found to be several people since. */
  splits: { after: Date; newest: Date | null }
}

const AT_HAND = `${PROFILE}
UNION ALL
SELECT 'number', customer_id, '', arrayJoin([mobile, mobile2, landline]), '', '' FROM (
  SELECT source, row_key, argMax(mobile, import_id) AS mobile, argMax(mobile2, import_id) AS mobile2, argMax(landline, import_id) AS landline
  FROM source_records
  WHERE (source, row_key) IN (SELECT source, row_key FROM record_links WHERE run_id = {runId:UInt64} AND customer_id IN {ids:Array(UInt64)})
  GROUP BY source, row_key) AS records
INNER JOIN (SELECT source, row_key, customer_id FROM record_links WHERE run_id = {runId:UInt64} AND customer_id IN {ids:Array(UInt64)}) AS linked
  USING (source, row_key)
UNION ALL
SELECT 'split', 0, '', '', '', toString(toUnixTimestamp64Milli(max(at))) FROM identity_events
WHERE kind = 'split' AND at > {since:DateTime64(3)}`

/** `since`: when the first of their tasks was made. */
export async function customersAtHand(
  app: App,
  runId: number,
  ids: readonly number[],
  since: Date,
): Promise<Map<number, AtHand>> {
  const rows = await app.facts.query<ProfileRow>(AT_HAND, { runId, ids: [...ids], since })
  const newest = Number(rows.find(row => row.what === 'split')?.at ?? 0)
  const splits = { after: since, newest: newest > 0 ? new Date(newest) : null }
  const own = Map.groupBy(rows, row => row.id)
  return new Map(ids.map(id => [id, atHand(id, own.get(id) ?? [], splits)]))
}

export const customerAtHand = async (app: App, runId: number, id: number, since: Date): Promise<AtHand> =>
  (await customersAtHand(app, runId, [id], since)).get(id)!

function atHand(id: number, rows: readonly ProfileRow[], splits: AtHand['splits']): AtHand {
  const golden = rows.find(row => row.what === 'golden')
  const profile = profileOf(rows.filter(row => row.what !== 'number'))
  const believed = ['mobile', 'landline'].flatMap(field => profile[field]?.value ?? [])
  const told = rows.flatMap(row => (row.what === 'number' && row.value !== '' ? row.value : []))
  const descending = (numbers: readonly string[]): string[] => [...new Set(numbers)].sort().reverse()
  return {
    contact: golden
      ? { customer_id: id, name: golden.name, phone: profile['mobile']?.value ?? profile['landline']?.value ?? '' }
      : null,
    profile,
    told: [...new Set([...descending(believed), ...descending(told)])],
    splits,
  }
}

/** Numbers that may be rung now, best first. */
export const numbersAtHand = async (app: App, { told }: AtHand): Promise<string[]> =>
  (await numbersAmong(app, told)).open

/** Somebody was found to be several people since then, or it is not known. */
export const splitSince = ({ splits: { after, newest } }: AtHand, since: Date): boolean =>
  since < after || (newest !== null && newest > since)
