/** What a person is known by, gathered before anything is taken away and kept until the request is done: a killed erasure goes on. */
import type { App } from '../../platform/app.ts'
import {
  type FactKeys,
  KEY_KINDS,
  type KeyKind,
  type Person,
  personalData,
  RECORD,
  ROW,
} from '../../platform/personal-data.ts'
import { holdsOf } from './holds.ts'

/** Keys of a request in SQL; numbers as numbers. */
export const factKeys =
  (requestId: number): FactKeys =>
  kind =>
    `(SELECT ${kind === 'customer' ? 'toUInt64(value)' : 'value'} FROM person_keys WHERE request_id = ${requestId} AND kind = '${kind}')`

const add = (request: number, kind: KeyKind, select: string): string =>
  `INSERT INTO person_keys (request_id, kind, value) SELECT DISTINCT ${request}, '${kind}', value FROM (${select}) WHERE value != ''`

/**
 * Every step adds keys that the next one uses. Earlier runs and superseded versions count too: whatever was ever linked to the
 * person's numbers. A record that another customer has now is that customer's.
 */
const STEPS = (request: number): string[] => {
  const key = factKeys(request)
  const records = `FROM source_records WHERE ${RECORD} IN ${key('record')}`
  const goldens = `FROM golden_records WHERE customer_id IN ${key('customer')}`
  return [
    add(
      request,
      'customer',
      `SELECT toString(old_id) AS value FROM customer_redirects WHERE customer_id IN ${key('customer')} AND run_id = {run:UInt64}`,
    ),
    add(
      request,
      'record',
      `SELECT ${RECORD} AS value FROM record_links WHERE customer_id IN ${key('customer')} AND run_id = {run:UInt64}`,
    ),
    add(request, 'account', `SELECT account_no AS value ${records} UNION ALL SELECT arrayJoin(accounts) ${goldens}`),
    add(request, 'email', `SELECT email AS value ${records} UNION ALL SELECT email ${goldens}`),
    add(
      request,
      'phone',
      `SELECT arrayJoin([mobile, mobile2, landline]) AS value ${records} UNION ALL SELECT arrayJoin([mobile, landline]) ${goldens}`,
    ),
    add(
      request,
      'id',
      `SELECT arrayJoin([id_number, org_code]) AS value ${records} UNION ALL SELECT id_number ${goldens}`,
    ),
    add(request, 'row', `SELECT ${ROW} AS value ${records}`),
    add(
      request,
      'file',
      `SELECT file AS value FROM import_commits WHERE import_id IN (
         SELECT import_id ${records} UNION ALL SELECT import_id FROM sale_lines WHERE account_no IN ${key('account')}
         UNION ALL SELECT import_id FROM source_attributes WHERE key IN ${key('account')} OR key IN ${key('email')})`,
    ),
    // Addresses and long numbers as they were written, no dates: for texts that have no columns.
    add(
      request,
      'value',
      `SELECT arrayJoin(arrayFilter(cell ->
         position(cell, '@') > 1 OR (length(replaceRegexpAll(cell, '[^0-9]', '')) >= 10 AND NOT match(cell, '^\\\\d{4}[-/.年]')),
         arrayConcat([email, mobile, mobile2, landline, id_number], JSONExtractKeysAndValues(raw, 'String').2))) AS value ${records}`,
    ),
  ]
}

export async function gatherKeys(app: App, requestId: number, customerId: number): Promise<void> {
  await app.facts.exec(`ALTER TABLE person_keys DROP PARTITION ID '${requestId}'`).catch(() => undefined)
  const run = (await app.runs.latest('identity')) ?? 0
  await app.facts.insert('person_keys', [{ request_id: requestId, kind: 'customer', value: String(customerId) }])
  for (const statement of STEPS(requestId)) await app.facts.exec(statement, { run })
  for (const { keys } of personalData())
    for (const [kind, select] of keys?.(factKeys(requestId)) ?? []) await app.facts.exec(add(requestId, kind, select))
}

export async function readPerson(app: App, requestId: number): Promise<Person> {
  const rows = await app.facts.query<{ kind: KeyKind; value: string }>(
    'SELECT DISTINCT toString(kind) AS kind, value FROM person_keys WHERE request_id = {request:UInt64} ORDER BY kind, value',
    { request: requestId },
  )
  const byKind = new Map(KEY_KINDS.map(kind => [kind, rows.filter(row => row.kind === kind).map(row => row.value)]))
  const keys = (kind: KeyKind): string[] => byKind.get(kind) ?? []
  const holds = await holdsOf(app, keys('customer').length > 0 ? keys('customer').map(Number) : [0])
  return { requestId, keys, onHold: holds.length > 0 }
}
