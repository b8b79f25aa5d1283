import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { permits } from '../../platform/auth/permissions.ts'
import { mask } from '../../platform/masking.ts'
import { daysBefore } from '../models/dates.ts'
import type { customersBehind as shape } from './api.ts'
import { asked, type Filter } from './asked.ts'
import { countryText, provinceText, segmentText } from './parts.ts'
import { whom } from './whom.ts'

/** Few columns are read of all of them, the rest of those on the page. */
const idsSql = (table: string, where: string) => `
SELECT customer_id
FROM ${table}
WHERE ${where}
ORDER BY value_minor DESC, customer_id
LIMIT {limit:UInt32} OFFSET {offset:UInt32}`

const rowsSql = `
SELECT customer_id, segment, country, province, value_minor, margin_365_minor, churn, recency_days
FROM seven_p_customers
WHERE run_id = {segmentsRun:UInt64} AND customer_id IN {ids:Array(UInt64)}
ORDER BY value_minor DESC, customer_id`

const namesSql = `
SELECT customer_id, name, mobile FROM golden_records
WHERE run_id = {identityRun:UInt64} AND customer_id IN {ids:Array(UInt64)}`

interface Row {
  customer_id: number
  segment: string
  country: string
  province: string
  value_minor: number
  margin_365_minor: number
  churn: number
  recency_days: number | null
}

/** Who is behind a figure, the most valuable first; telephone numbers masked for those who may not see them. */
export async function customersBehind(
  app: App,
  reader: { roles: readonly string[] },
  who: string,
  filter: Filter,
  page: { offset: number; limit: number },
): Promise<z.infer<typeof shape>> {
  const ask = await asked(app, filter, false)
  const { words, table, where, params } = whom(who, ask.runs.asOf)
  const all = { ...ask.params, ...params }
  const [{ total }, found] = await Promise.all([
    app.facts.one<{ total: number }>(`SELECT count() AS total FROM ${table} WHERE ${where}`, all),
    app.facts.query<{ customer_id: number }>(idsSql(table, where), { ...all, ...page }),
  ])
  const ids = found.map(row => row.customer_id)
  const [rows, named] = await Promise.all([
    app.facts.query<Row>(rowsSql, { segmentsRun: ask.runs.segments, ids }),
    app.facts.query<{ customer_id: number; name: string; mobile: string }>(namesSql, {
      identityRun: ask.runs.identity,
      ids,
    }),
  ])
  const people = new Map(named.map(person => [person.customer_id, person]))
  const contact = permits(reader, 'customers.contact')
  return {
    asOf: ask.runs.asOf,
    currency: ask.currency,
    who: words,
    total,
    rows: rows.map(row => {
      const { name = '', mobile = '' } = people.get(row.customer_id) ?? {}
      const country = countryText(row.country)
      const province = provinceText(row.province)
      return {
        customerId: row.customer_id,
        name,
        mobile: contact ? mobile : mask('phone', mobile),
        segment: segmentText(ask, row.segment),
        place:
          row.province === '' ? country : { en: `${country.en}, ${province.en}`, zh: `${country.zh} ${province.zh}` },
        valueMinor: row.value_minor,
        marginMinor: row.margin_365_minor,
        churn: row.churn,
        lastPurchase: row.recency_days === null ? null : daysBefore(ask.runs.asOf, row.recency_days),
      }
    }),
  }
}
