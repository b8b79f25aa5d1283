/**
 * What was erased does not come back with a file. Of an erased person only salted hashes are kept: of the record's key at its
 * source, identity number, account, and name together with telephone or e-mail (a number alone may be a relative's). Rows that
 * meet one are taken out of the parsed tables before anything is stored, and count as refused, without any of their values.
 */
import type { App } from '../../platform/app.ts'
import { parsedAttributes } from '../import/attributes.ts'
import { parsedConsents, parsedPeople } from '../import/people.ts'
import type { BadRow } from '../import/rules.ts'
import { parsedSales } from '../import/sales.ts'
import type { Mapping } from '../mapping.ts'
import { readEmail } from '../standardise/email.ts'
import { readIdNumber } from '../standardise/id-number.ts'
import { factKeys } from './person.ts'
import { rightsKeys, tombstone } from './salt.ts'

const hash = (kind: string, value: string): string => `lower(hex(SHA256(concat({salt:String}, ':${kind}:', ${value}))))`

/** Hashes of a person's row; an empty value makes none. */
const ROW_KEYS = `arrayFilter(key -> key != '', [
  ${hash('row', "concat({source:String}, '\\x1f', row_key)")},
  if(id_number = '', '', ${hash('id', 'id_number')}),
  if(account_no = '', '', ${hash('account', 'account_no')}),
  if(email = '' OR name_pinyin = '', '', ${hash('name-email', "concat(name_pinyin, '\\x1f', email)")}),
  if(mobile = '' OR name_pinyin = '', '', ${hash('name-phone', "concat(name_pinyin, '\\x1f', mobile)")}),
  if(mobile2 = '' OR name_pinyin = '', '', ${hash('name-phone', "concat(name_pinyin, '\\x1f', mobile2)")}),
  if(landline = '' OR name_pinyin = '', '', ${hash('name-phone', "concat(name_pinyin, '\\x1f', landline)")})])`

/** Remembers the person of a request, from the records before they go. */
export async function writeTombstones(app: App, requestId: number, certificate: number): Promise<number> {
  const { salt } = await rightsKeys(app)
  const records = `source_records WHERE concat(source, '\\x1f', row_key) IN ${factKeys(requestId)('record')}`
  const keys = ROW_KEYS.replaceAll('{source:String}', 'source')
  await app.facts.exec(
    `INSERT INTO erased_keys (key, certificate)
     SELECT DISTINCT toFixedString(key, 64), {certificate:UInt64} FROM (
       SELECT arrayJoin(${keys}) AS key FROM ${records}
       UNION ALL SELECT ${hash('account', 'value')} FROM person_keys WHERE request_id = {request:UInt64} AND kind = 'account'
       UNION ALL SELECT ${hash('email', 'value')} FROM person_keys WHERE request_id = {request:UInt64} AND kind = 'email'
     ) WHERE key NOT IN (SELECT toString(key) FROM erased_keys)`,
    { salt, request: requestId, certificate },
  )
  const { n } = await app.facts.one<{ n: number }>(
    'SELECT count() AS n FROM erased_keys WHERE certificate = {certificate:UInt64}',
    {
      certificate,
    },
  )
  return n
}

const known = (keys: string): string => `hasAny(${keys}, (SELECT groupArray(toString(key)) FROM erased_keys))`

/** Takes erased people out of a parsed import, the refused rows too; of sales the lines stay, as anybody's. */
export async function withoutErased(
  app: App,
  importId: number,
  mapping: Mapping,
  bad: readonly BadRow[],
): Promise<BadRow[]> {
  const { n } = await app.facts.one<{ n: number }>('SELECT count() AS n FROM erased_keys')
  if (n === 0 || mapping.kind === 'products') return [...bad]
  const { salt } = await rightsKeys(app)
  const params = { salt, source: mapping.source }
  const refused = await withoutErasedCells(app, mapping, bad, salt)
  if (mapping.kind === 'sales') {
    const mine = `account_no != '' AND ${hash('account', 'account_no')} IN (SELECT toString(key) FROM erased_keys)`
    const table = parsedSales(importId)
    const { found } = await app.facts.one<{ found: number }>(
      `SELECT count() AS found FROM ${table} WHERE ${mine}`,
      params,
    )
    const settings = { mutations_sync: 2, allow_nondeterministic_mutations: 1 }
    if (found > 0)
      await app.facts.exec(`ALTER TABLE ${table} UPDATE account_no = '' WHERE ${mine}`, params, { settings })
    return refused
  }
  const people = mapping.kind === 'people'
  const table = people ? parsedPeople(importId) : parsedAttributes(importId)
  const mine = people
    ? known(ROW_KEYS)
    : `(key_kind = 'account_no' AND ${hash('account', 'key')} IN (SELECT toString(key) FROM erased_keys))
       OR (key_kind IN ('id_number', 'org_code') AND ${hash('id', 'key')} IN (SELECT toString(key) FROM erased_keys))
       OR (startsWith(key_kind, 'row:') AND ${hash('row', "concat(substring(key_kind, 5), '\\x1f', key)")} IN (SELECT toString(key) FROM erased_keys))
       OR (key_kind = 'email' AND ${hash('email', 'key')} IN (SELECT toString(key) FROM erased_keys))`
  const rows = await app.facts.query<{ row_no: number }>(
    `SELECT DISTINCT row_no FROM ${table} WHERE ${mine} ORDER BY row_no`,
    params,
  )
  if (rows.length === 0) return refused
  const ids = rows.map(row => row.row_no)
  for (const from of people ? [table, parsedConsents(importId)] : [table])
    await app.facts.exec(`DELETE FROM ${from} WHERE row_no IN {rows:Array(UInt64)}`, { rows: ids })
  return [...refused, ...ids.map(nothingKept)]
}

const nothingKept = (rowNo: number): BadRow => ({ rowNo, column: '', value: '', rule: 'erased', raw: '' })

/** Refused rows were never parsed: what they say of key, account, number and e-mail is read from their cells. */
async function withoutErasedCells(app: App, mapping: Mapping, bad: readonly BadRow[], salt: string): Promise<BadRow[]> {
  const keysOf = bad.map(row => {
    const cells = cellsOf(row.raw)
    return mapping.columns.flatMap(({ header, field }): string[] => {
      const value = String(cells[header] ?? '').trim()
      if (value === '') return []
      if (field === 'row_key') return [tombstone(salt, 'row', `${mapping.source}\x1f${value}`)]
      if (field === 'account_no') return [tombstone(salt, 'account', value.replace(/\.0$/, ''))]
      if (field === 'id_number') return [tombstone(salt, 'id', readIdNumber(value).number)]
      if (field === 'email') return [tombstone(salt, 'email', readEmail(value).address)]
      return []
    })
  })
  const asked = keysOf.flat()
  const found = new Set<string>()
  for (let from = 0; from < asked.length; from += 8000)
    for (const { key } of await app.facts.query<{ key: string }>(
      'SELECT toString(key) AS key FROM erased_keys WHERE key IN {keys:Array(String)}',
      { keys: asked.slice(from, from + 8000) },
    ))
      found.add(key)
  return bad.map((row, i) => (keysOf[i]!.some(key => found.has(key)) ? nothingKept(row.rowNo) : row))
}

function cellsOf(raw: string): Record<string, unknown> {
  try {
    const cells: unknown = JSON.parse(raw)
    return typeof cells === 'object' && cells !== null ? (cells as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
