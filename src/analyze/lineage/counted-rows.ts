import type { App } from '../../platform/app.ts'
import type { ParamValue } from '../../platform/stores/facts/index.ts'
import type { LineageRow } from './api.ts'

export interface RowsAsk {
  customerId: number
  identityRun: number
  asOf: string
  /** SQL over a row of the source; its places are in `params`. */
  counts: string
  params: Readonly<Record<string, ParamValue>>
  offset: number
  limit: number
}

export interface CountedRows {
  total: number
  rows: LineageRow[]
}

const ofCustomer = 'customer_id = {customerId:UInt64}'

/** The sale line behind a purchase: the account is one of the customer's, the invoice and the line tell the rest; the newest import holds. */
const purchasesSql = (counts: string) => `
WITH
  counted AS (
    SELECT sold_at, invoice, line, product_code, category, quantity, amount_minor, margin_minor
    FROM purchases
    WHERE run_id = {identityRun:UInt64} AND ${ofCustomer} AND sold_at < toDateTime({asOf:Date}, 'UTC') AND (${counts})
    ORDER BY sold_at DESC, invoice, line
    LIMIT {limit:UInt32} OFFSET {offset:UInt32}
  ),
  sold AS (
    SELECT invoice AS its_invoice, line AS its_line, argMax(source, import_id) AS its_source, max(import_id) AS newest_import
    FROM sale_lines
    WHERE account_no IN (SELECT account_no FROM record_links WHERE run_id = {identityRun:UInt64} AND ${ofCustomer} AND account_no != '')
      AND (invoice, line) IN (SELECT invoice, line FROM counted) AND import_id IN (SELECT import_id FROM import_commits)
    GROUP BY invoice, line
  ),
  names AS (
    SELECT product_code AS code, argMax(name_en, import_id) AS en, argMax(name_zh, import_id) AS zh
    FROM products WHERE product_code IN (SELECT product_code FROM counted) GROUP BY code
  )
SELECT sold_at, invoice, line, product_code, category, quantity, amount_minor, margin_minor, its_source AS source, its_file AS file, en, zh
FROM counted
LEFT JOIN sold ON sold.its_invoice = counted.invoice AND sold.its_line = counted.line
LEFT JOIN (SELECT import_id, any(file) AS its_file FROM import_commits GROUP BY import_id) AS imports ON imports.import_id = sold.newest_import
LEFT JOIN names ON names.code = counted.product_code
ORDER BY sold_at DESC, invoice, line`

interface PurchaseRow {
  sold_at: string
  invoice: string
  line: number
  product_code: string
  category: string
  quantity: number
  amount_minor: number
  margin_minor: number
  source: string
  file: string
  en: string
  zh: string
}

export async function countedPurchases({ facts }: Pick<App, 'facts'>, ask: RowsAsk): Promise<CountedRows> {
  const params = paramsOf(ask)
  const [{ total }, rows] = await Promise.all([
    facts.one<{ total: number }>(
      `SELECT count() AS total FROM purchases
       WHERE run_id = {identityRun:UInt64} AND ${ofCustomer} AND sold_at < toDateTime({asOf:Date}, 'UTC') AND (${ask.counts})`,
      params,
    ),
    facts.query<PurchaseRow>(purchasesSql(ask.counts), params),
  ])
  return {
    total,
    rows: rows.map(row => ({
      kind: 'purchase',
      at: row.sold_at,
      invoice: row.invoice,
      line: row.line,
      product: row.product_code,
      productName: { en: row.en || row.product_code, zh: row.zh || row.en || row.product_code },
      category: row.category,
      quantity: row.quantity,
      amountMinor: row.amount_minor,
      marginMinor: row.margin_minor,
      origin: row.source === '' ? null : { source: row.source, file: row.file, rowNo: null },
    })),
  }
}

export async function countedEvents({ facts }: Pick<App, 'facts'>, ask: RowsAsk): Promise<CountedRows> {
  const where = `${ofCustomer} AND at < toDateTime64({asOf:Date}, 3, 'UTC') AND (${ask.counts})`
  const params = paramsOf(ask)
  const [{ total }, rows] = await Promise.all([
    facts.one<{ total: number }>(`SELECT count() AS total FROM events FINAL WHERE ${where}`, params),
    facts.query<{ at: string; eventId: string; type: string; channel: string; communicationId: string }>(
      `SELECT at, event_id AS eventId, type, channel, communication_id AS communicationId FROM events FINAL WHERE ${where}
       ORDER BY at DESC, event_id LIMIT {limit:UInt32} OFFSET {offset:UInt32}`,
      params,
    ),
  ])
  return { total, rows: rows.map(row => ({ kind: 'event', ...row })) }
}

/** An answer and the files of its source that hold the like of it, the newest first. */
const answersSql = (where: string) => `
SELECT a.at AS at, a.name AS name, a.value AS value, a.source AS source, f.file AS file
FROM (SELECT * FROM customer_attributes WHERE ${where} ORDER BY at DESC, name LIMIT {limit:UInt32} OFFSET {offset:UInt32}) AS a
LEFT JOIN (
  SELECT source, name, value, at, argMax(file, s.import_id) AS file
  FROM source_attributes AS s INNER JOIN import_commits AS c ON c.import_id = s.import_id
  WHERE (name, value) IN (SELECT name, value FROM customer_attributes WHERE ${where})
  GROUP BY source, name, value, at
) AS f ON f.source = a.source AND f.name = a.name AND f.value = a.value AND f.at = a.at
ORDER BY at DESC, name`

export async function countedAnswers({ facts }: Pick<App, 'facts'>, ask: RowsAsk): Promise<CountedRows> {
  const where = `run_id = {identityRun:UInt64} AND ${ofCustomer} AND at < toDateTime({asOf:Date}, 'UTC') AND (${ask.counts})`
  const params = paramsOf(ask)
  const [{ total }, rows] = await Promise.all([
    facts.one<{ total: number }>(`SELECT count() AS total FROM customer_attributes WHERE ${where}`, params),
    facts.query<{ at: string; name: string; value: string; source: string; file: string }>(answersSql(where), params),
  ])
  return {
    total,
    rows: rows.map(({ source, file, ...row }) => ({
      kind: 'answer',
      ...row,
      origin: { source, file, rowNo: null },
    })),
  }
}

const paramsOf = ({ params, customerId, identityRun, asOf, offset, limit }: RowsAsk) => ({
  ...params,
  customerId,
  identityRun,
  asOf,
  offset,
  limit,
})
