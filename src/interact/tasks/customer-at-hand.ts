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
  /** Somebody was found to be several people since. */
  splits: boolean
  /** That may be rung, best first. */
  numbers(): Promise<string[]>
}

const AT_HAND = `${PROFILE}
UNION ALL
SELECT 'number', '', arrayJoin([mobile, mobile2, landline]), '', '' FROM (
  SELECT argMax(mobile, import_id) AS mobile, argMax(mobile2, import_id) AS mobile2, argMax(landline, import_id) AS landline
  FROM source_records
  WHERE (source, row_key) IN (SELECT source, row_key FROM record_links WHERE run_id = {runId:UInt64} AND customer_id = {id:UInt64})
  GROUP BY source, row_key)
UNION ALL
SELECT 'split', '', toString(count()), '', '' FROM identity_events WHERE kind = 'split' AND at > {since:DateTime64(3)}`

/** `since`: when the task was made. */
export async function customerAtHand(app: App, runId: number, id: number, since: Date): Promise<AtHand> {
  const rows = await app.facts.query<ProfileRow>(AT_HAND, { runId, id, since })
  const golden = rows.find(row => row.what === 'golden')
  const profile = profileOf(rows.filter(row => row.what === 'golden' || row.what === 'attribute'))
  const believed = ['mobile', 'landline'].flatMap(field => profile[field]?.value ?? [])
  const told = rows.flatMap(row => (row.what === 'number' && row.value !== '' ? row.value : []))
  const descending = (numbers: readonly string[]): string[] => [...new Set(numbers)].sort().reverse()
  return {
    contact: golden
      ? { customer_id: id, name: golden.name, phone: profile['mobile']?.value ?? profile['landline']?.value ?? '' }
      : null,
    profile,
    splits: rows.some(row => row.what === 'split' && row.value !== '0'),
    numbers: async () => {
      const all = [...new Set([...descending(believed), ...descending(told)])]
      return (await numbersAmong(app, all)).open
    },
  }
}
