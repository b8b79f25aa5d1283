/** What a customer bought, invoice by invoice, and what happened with them. */

import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { permits } from '../../platform/auth/permissions.ts'
import type { customerEvent, purchaseList } from '../api.ts'
import { shownRaw } from './masked.ts'

export async function purchasesOf(
  app: App,
  runId: number,
  id: number,
  offset: number,
  limit: number,
): Promise<z.output<typeof purchaseList>> {
  const params = { run_id: runId, id, offset, limit }
  const [sum, rows] = await Promise.all([
    app.facts.one<{ total: number; spentMinor: number; currency: string }>(
      `SELECT uniqExact(invoice) AS total, sum(amount_minor) AS spentMinor,
              (SELECT any(currency) FROM sale_lines WHERE account_no IN (SELECT account_no FROM record_links WHERE run_id = {run_id:UInt64} AND customer_id = {id:UInt64} AND account_no != '')) AS currency
       FROM purchases WHERE run_id = {run_id:UInt64} AND customer_id = {id:UInt64}`,
      params,
    ),
    app.facts.query<{
      soldAt: string
      invoice: string
      lines: number
      amountMinor: number
      isReturn: number
      codes: string[]
      en: string[]
      zh: string[]
      quantities: number[]
      amounts: number[]
    }>(
      `WITH bought AS (
         SELECT invoice, line, product_code, quantity, amount_minor, sold_at, is_return FROM purchases
         WHERE run_id = {run_id:UInt64} AND customer_id = {id:UInt64}
           AND invoice IN (SELECT invoice FROM purchases WHERE run_id = {run_id:UInt64} AND customer_id = {id:UInt64}
                           GROUP BY invoice ORDER BY max(sold_at) DESC, invoice DESC LIMIT {limit:UInt32} OFFSET {offset:UInt32})
       ),
       names AS (
         SELECT product_code AS code, argMax(name_en, import_id) AS en, argMax(name_zh, import_id) AS zh FROM products
         WHERE product_code IN (SELECT product_code FROM bought) GROUP BY code
       )
       SELECT max(sold_at) AS soldAt, invoice, count() AS lines, sum(amount_minor) AS amountMinor, max(is_return) AS isReturn,
              groupArray(product_code) AS codes, groupArray(en) AS en, groupArray(zh) AS zh, groupArray(quantity) AS quantities, groupArray(amount_minor) AS amounts
       FROM (SELECT bought.*, names.en AS en, names.zh AS zh FROM bought LEFT JOIN names ON names.code = bought.product_code ORDER BY line)
       GROUP BY invoice ORDER BY soldAt DESC, invoice DESC`,
      params,
    ),
  ])
  return {
    ...sum,
    rows: rows.map(row => ({
      soldAt: row.soldAt,
      invoice: row.invoice,
      lines: row.lines,
      amountMinor: row.amountMinor,
      isReturn: row.isReturn === 1,
      items: row.codes.map((code, i) => ({
        code,
        name: { en: row.en[i] || code, zh: row.zh[i] || row.en[i] || code },
        quantity: row.quantities[i]!,
        amountMinor: row.amounts[i]!,
      })),
    })),
  }
}

/** What says nothing of where somebody can be reached or what was said; the rest is for those who talk to customers. */
const HARMLESS = new Set([
  'asOf',
  'class',
  'offer',
  'kind',
  'outcome',
  'fields',
  'consents',
  'path',
  'product',
  'campaign',
  'state',
])

function forReader(reader: { roles: readonly string[] }, payload: Record<string, unknown>): Record<string, unknown> {
  if (permits(reader, 'customers.contact')) return shownRaw(reader, payload)
  return Object.fromEntries(
    Object.entries(payload).map(([key, value]) => [key, HARMLESS.has(key) || value === '' ? value : '***']),
  )
}

export async function eventsOf(
  app: App,
  id: number,
  reader: { roles: readonly string[] },
): Promise<z.output<typeof customerEvent>[]> {
  const rows = await app.facts.query<{
    eventId: string
    type: string
    channel: string
    at: string
    communicationId: string
    payload: string
  }>(
    `SELECT event_id AS eventId, type, channel, at, communication_id AS communicationId, payload
     FROM events FINAL WHERE customer_id = {id:UInt64} ORDER BY at DESC LIMIT 500`,
    { id },
  )
  return rows.map(row => {
    const payload = JSON.parse(row.payload) as Record<string, unknown>
    // What was answered is shown, masked, with the customer's fields; the history says that it was.
    delete payload['given']
    if (row.type === 'answer') payload['fields'] = Object.keys((payload['fields'] as object | undefined) ?? {})
    return { ...row, payload: forReader(reader, payload) }
  })
}
