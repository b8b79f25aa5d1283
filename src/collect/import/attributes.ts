/**
 * Research answers and external data: one row of the file becomes one attribute row per answered question, keyed by the
 * first of account number, e-mail, telephone, another key of theirs, postcode area or region that the row has.
 */
import type { App } from '../../platform/app.ts'
import { columnFor, type Mapping } from '../mapping.ts'
import { readCountry } from '../standardise/country.ts'
import { readEmail } from '../standardise/email.ts'
import { readIdNumber } from '../standardise/id-number.ts'
import { readInstant } from '../standardise/instant.ts'
import { readPhone } from '../standardise/phone.ts'
import { regionKey } from '../standardise/region.ts'
import type { Stored } from './commit-people.ts'
import type { BadRow, Rule } from './rules.ts'
import { createStaging } from './stage-file.ts'

export const parsedAttributes = (importId: number): string => `staging_${importId}_attributes`

interface Row {
  rowNo: number
  kind: string
  key: string
  at: number
}

function keyOf(mapping: Mapping, get: (field: string) => string): { kind: string; key: string } | null {
  const account = get('account_no').trim().replace(/\.0$/, '')
  if (account !== '') return { kind: 'account_no', key: account }
  const email = readEmail(get('email')).address
  if (email !== '') return { kind: 'email', key: email }
  const phone = readPhone(get('phone'), mapping.country).e164
  if (phone !== '') return { kind: 'phone', key: phone }
  for (const { field } of mapping.columns) {
    if (!field.startsWith('key:')) continue
    const key = ownKey(field.slice('key:'.length), get(field).trim())
    if (key) return key
  }
  const country = readCountry(get('country')) || mapping.country
  const postcode = get('postcode').trim().toUpperCase()
  if (postcode !== '') return { kind: 'postcode', key: `${country}:${postcode}` }
  const region = regionKey({ country, province: get('province'), city: get('city'), district: get('district') })
  return region === '' ? null : { kind: 'region', key: region }
}

/** `key:id_number` and `key:org_code` name people by their numbers, `key:<source>` by the row key they have in that source. */
function ownKey(name: string, value: string): { kind: string; key: string } | null {
  if (value === '') return null
  if (name !== 'id_number' && name !== 'org_code') return { kind: `row:${name}`, key: value }
  const { number } = readIdNumber(value)
  return number === '' ? null : { kind: name, key: number }
}

/** Whole files of this kind hold thousands of rows, not millions, so they are read as rows. */
export async function parseAttributes(
  app: App,
  importId: number,
  staging: string,
  mapping: Mapping,
): Promise<BadRow[]> {
  const parsed = parsedAttributes(importId)
  await createStaging(app, parsed, {
    row_no: 'UInt64',
    key_kind: 'String',
    key: 'String',
    name: 'String',
    value: 'String',
    at: "DateTime('UTC')",
  })
  const bad: BadRow[] = []
  const attributes = mapping.columns.flatMap((column, c) =>
    column.field.startsWith('attribute:') ? [{ column, c }] : [],
  )
  for await (const batch of app.facts.stream(`SELECT * EXCEPT (raw, hash) FROM ${staging} ORDER BY row_no`)) {
    const rowNo = batch.f64('row_no')
    const cells = mapping.columns.map((_, c) => batch.str(`c${c}`))
    const rows: Row[] = []
    const names: string[] = []
    const values: string[] = []
    for (let at = 0; at < batch.rows; at++) {
      const get = (field: string) => cells[columnFor(mapping, field)]?.[at] ?? ''
      const refuse = (field: string, rule: Rule, value: string): void => {
        const raw = Object.fromEntries(mapping.columns.map((column, c) => [column.header, cells[c]?.[at] ?? '']))
        const header = mapping.columns[columnFor(mapping, field)]?.header ?? field
        bad.push({ rowNo: rowNo[at]!, column: header, value, rule, raw: JSON.stringify(raw) })
      }
      const key = keyOf(mapping, get)
      if (!key) {
        refuse('account_no', 'nobody', '')
        continue
      }
      const time = get('at').trim() === '' ? 0 : readInstant(get('at'), mapping.timeZone, mapping.dateOrder)
      if (time === null) {
        refuse('at', 'time', get('at'))
        continue
      }
      const wrong = attributes.find(({ column, c }) => !inRange(cells[c]?.[at] ?? '', column))
      if (wrong) {
        refuse(wrong.column.field, 'range', cells[wrong.c]?.[at] ?? '')
        continue
      }
      for (const { column, c } of attributes) {
        const value = (cells[c]?.[at] ?? '').trim()
        if (value === '') continue
        rows.push({ rowNo: rowNo[at]!, at: time, ...key })
        names.push(column.field.slice('attribute:'.length))
        values.push(value)
      }
    }
    if (rows.length > 0)
      await app.facts.insertColumns(parsed, {
        row_no: { type: 'UInt64', values: rows.map(row => row.rowNo) },
        key_kind: { type: 'String', values: rows.map(row => row.kind) },
        key: { type: 'String', values: rows.map(row => row.key) },
        name: { type: 'String', values: names },
        value: { type: 'String', values },
        at: { type: "DateTime('UTC')", values: rows.map(row => row.at) },
      })
  }
  return bad
}

function inRange(value: string, column: Mapping['columns'][number]): boolean {
  if (value.trim() === '' || (column.min === undefined && column.max === undefined)) return true
  if (!/^-?\d+$/.test(value.trim())) return false
  const number = Number(value)
  return number >= (column.min ?? number) && number <= (column.max ?? number)
}

/** A row of the file counts as stored when it brings at least one attribute that is not known yet. */
export async function storeAttributes(app: App, importId: number, source: string, good: number): Promise<Stored> {
  const parsed = parsedAttributes(importId)
  const params = { source, import_id: importId }
  const fresh = `
    SELECT row_no, key_kind, key, name, value, at FROM ${parsed} AS new
    LEFT ANTI JOIN (
      SELECT key_kind, key, name, value, at FROM source_attributes
      WHERE source = {source:String} AND import_id IN (SELECT import_id FROM import_commits)
    ) AS known USING (key_kind, key, name, value, at)
    ORDER BY row_no LIMIT 1 BY key_kind, key, name, value, at`
  const { stored } = await app.facts.one<{ stored: number }>(
    `SELECT uniqExact(row_no) AS stored FROM (${fresh})`,
    params,
  )
  await app.facts.exec(
    `INSERT INTO source_attributes (source, import_id, key_kind, key, name, value, at)
     SELECT {source:String}, {import_id:UInt64}, key_kind, key, name, value, at FROM (${fresh})`,
    params,
  )
  return { stored, duplicates: good - stored }
}
