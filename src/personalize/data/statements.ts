import type { App } from '../../platform/app.ts'
import type { MonthAmount } from '../charts/months.ts'
import type { Basis } from '../plan/planned.ts'
import { statementMonth } from '../plan/planned.ts'

/** One invoice or credit note of the month, with the article that weighs most in it. */
export interface StatementLine {
  invoice: string
  isReturn: boolean
  date: string
  pieces: number
  amount: number
  articles: number
  nameEn: string
  nameZh: string
}

const LINES_SQL = `
WITH
  names AS (
    SELECT product_code, argMax(name_en, import_id) AS name_en, argMax(name_zh, import_id) AS name_zh
    FROM products
    WHERE import_id IN (SELECT import_id FROM import_commits)
    GROUP BY product_code
  ),
  documents AS (
    SELECT
      customer_id, invoice, is_return, toDate(min(sold_at)) AS date, sumIf(toInt64(quantity), is_service = 0) AS pieces,
      sum(amount_minor) AS amount, uniqExact(product_code) AS articles,
      argMax(toString(product_code), (1 - is_service, abs(amount_minor), product_code)) AS heaviest
    FROM purchases
    WHERE run_id = {identityRun:UInt64} AND customer_id IN {ids:Array(UInt64)}
      AND sold_at >= {monthStart:DateTime('UTC')} AND sold_at < {monthEnd:DateTime('UTC')}
    GROUP BY customer_id, invoice, is_return
  )
SELECT
  customer_id, invoice, is_return, toString(date) AS date, pieces, amount, articles, n.name_en AS name_en, n.name_zh AS name_zh
FROM documents AS d
LEFT JOIN names AS n ON n.product_code = d.heaviest
ORDER BY customer_id, is_return, date, invoice`

const MONTHS_SQL = `
SELECT customer_id, formatDateTime(toStartOfMonth(sold_at), '%Y-%m') AS month, sum(amount_minor) AS amount
FROM purchases
WHERE run_id = {identityRun:UInt64} AND customer_id IN {ids:Array(UInt64)}
  AND sold_at >= {yearStart:DateTime('UTC')} AND sold_at < {monthEnd:DateTime('UTC')}
GROUP BY customer_id, month`

interface LineRow {
  customer_id: number
  invoice: string
  is_return: number
  date: string
  pieces: number
  amount: number
  articles: number
  name_en: string
  name_zh: string
}

export async function statementLines(
  app: Pick<App, 'facts'>,
  basis: Basis,
  ids: number[],
): Promise<Map<number, StatementLine[]>> {
  const { start, end } = statementMonth(basis.asOf)
  const rows = await app.facts.query<LineRow>(LINES_SQL, {
    identityRun: basis.identityRun,
    ids,
    monthStart: start,
    monthEnd: end,
  })
  const lines = Map.groupBy(rows, row => row.customer_id)
  const line = (row: LineRow): StatementLine => ({
    invoice: row.invoice,
    isReturn: row.is_return === 1,
    date: row.date,
    pieces: row.pieces,
    amount: row.amount,
    articles: row.articles,
    nameEn: row.name_en,
    nameZh: row.name_zh,
  })
  return new Map([...lines].map(([id, of]) => [id, of.map(line)]))
}

/** The twelve months up to the statement's, every month there; only customers who bought something in them. */
export async function twelveMonths(
  app: Pick<App, 'facts'>,
  basis: Basis,
  ids: number[],
): Promise<Map<number, MonthAmount[]>> {
  const { month, end } = statementMonth(basis.asOf)
  const names = monthsUpTo(month)
  const yearStart = `${names[0]}-01`
  const rows = await app.facts.query<{ customer_id: number; month: string; amount: number }>(MONTHS_SQL, {
    identityRun: basis.identityRun,
    ids,
    yearStart,
    monthEnd: end,
  })
  const byCustomer = Map.groupBy(rows, row => row.customer_id)
  return new Map(
    [...byCustomer].map(([id, of]) => {
      const amounts = new Map(of.map(row => [row.month, row.amount]))
      return [id, names.map(name => ({ month: name, amount: amounts.get(name) ?? 0 }))]
    }),
  )
}

function monthsUpTo(last: string): string[] {
  const [year = 0, month = 0] = last.split('-').map(Number)
  return Array.from({ length: 12 }, (_, back) =>
    new Date(Date.UTC(year, month - 12 + back, 1)).toISOString().slice(0, 7),
  )
}

const ACQUAINTANCE_SQL = `
SELECT customer_id, toString(toDate(min(sold_at))) AS since, toString(toDate(max(sold_at))) AS last_purchase
FROM purchases
WHERE run_id = {identityRun:UInt64} AND customer_id IN {ids:Array(UInt64)} AND is_return = 0 AND sold_at < {asOf:DateTime('UTC')}
GROUP BY customer_id`

/** First and last purchase, as far as the turn knows. */
export async function acquaintance(
  app: Pick<App, 'facts'>,
  basis: Basis,
  ids: number[],
): Promise<Map<number, { since: string; lastPurchase: string }>> {
  const rows = await app.facts.query<{ customer_id: number; since: string; last_purchase: string }>(ACQUAINTANCE_SQL, {
    identityRun: basis.identityRun,
    ids,
    asOf: basis.asOf,
  })
  return new Map(rows.map(row => [row.customer_id, { since: row.since, lastPurchase: row.last_purchase }]))
}
