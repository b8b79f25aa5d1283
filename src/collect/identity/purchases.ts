/** Sale lines of known customers in customer order, with what the catalogue says of the product. */
import type { App, StepContext } from '../../platform/app.ts'

/** A changed line counts in its newest version; that needs a sort, so it is done only when a source came more than once. */
const lines = (versions: boolean, asked = '1'): string => {
  const stored = `SELECT source, account_no, invoice, line, product_code, quantity, amount_minor, sold_at, currency FROM sale_lines
  WHERE import_id IN (SELECT import_id FROM import_commits) AND ${asked}`
  const newest = `(${stored} ORDER BY source, invoice, line, import_id DESC LIMIT 1 BY source, invoice, line)`
  return versions
    ? `SELECT * FROM ${newest} WHERE currency = {currency:String}`
    : `${stored} AND currency = {currency:String}`
}

/** `asked` and `scope`: SQL that holds for the accounts and the customers concerned. */
const PURCHASES = (versions: boolean, asked = '1', scope = '1'): string => `
INSERT INTO purchases (run_id, customer_id, sold_at, invoice, line, product_code, category, quantity, amount_minor, margin_minor, is_return, is_service, list_minor, version)
WITH
  owners AS (
    SELECT account_no AS account, argMax(customer_id, (records, -toInt64(customer_id))) AS owner
    FROM (SELECT account_no, customer_id, count() AS records FROM record_links WHERE run_id = {run_id:UInt64} AND account_no != '' AND ${asked} GROUP BY account_no, customer_id)
    GROUP BY account
    HAVING ${scope}
  ),
  catalogue AS (
    SELECT product_code AS code, argMax(category, import_id) AS category, argMax(margin_rate, import_id) AS margin_rate, argMax(is_service, import_id) AS is_service,
           argMax(list_price_minor, import_id) AS list_price_minor
    FROM products WHERE import_id IN (SELECT import_id FROM import_commits)
    GROUP BY code
  )
SELECT {run_id:UInt64}, owners.owner, sold_at, invoice, line, product_code, catalogue.category, quantity, amount_minor,
       toInt64(round(amount_minor * catalogue.margin_rate)), quantity < 0 OR startsWith(invoice, 'C'), catalogue.is_service,
       toInt64(catalogue.list_price_minor * quantity), {version:UInt32}
FROM (SELECT * FROM (${lines(versions, asked)}) WHERE account_no != '') AS sold
INNER JOIN owners ON owners.account = sold.account_no
LEFT JOIN catalogue ON catalogue.code = sold.product_code`

/** Whether a source gave its sales more than once, so that lines may have several versions. */
async function soldAgain(app: App): Promise<boolean> {
  const { again } = await app.facts.one<{ again: number }>(
    `SELECT count() AS again FROM (
       SELECT source FROM sale_lines WHERE import_id IN (SELECT import_id FROM import_commits) GROUP BY source HAVING uniqExact(import_id) > 1)`,
  )
  return again > 0
}

/**
 * The currency most lines are in. Amounts of several cannot be added without rates that nobody gave us, so lines in another one are
 * no purchases: the checks of the features step say which they are.
 */
export async function mainCurrency(facts: App['facts']): Promise<string> {
  const [main] = await facts.query<{ currency: string }>(
    `SELECT currency FROM sale_lines WHERE import_id IN (SELECT import_id FROM import_commits)
     GROUP BY currency ORDER BY count() DESC, currency LIMIT 1`,
  )
  return main?.currency ?? ''
}

export async function materialisePurchases({ app, runId }: StepContext): Promise<number> {
  const [again, currency] = await Promise.all([soldAgain(app), mainCurrency(app.facts)])
  await app.facts.exec(PURCHASES(again), { run_id: runId, currency, version: 0 })
  const { lines } = await app.facts.one<{ lines: number }>(
    'SELECT count() AS lines FROM purchases WHERE run_id = {run_id:UInt64}',
    { run_id: runId },
  )
  return lines
}

const ASKED = `account_no IN (
  SELECT account_no FROM record_links WHERE run_id = {run_id:UInt64} AND customer_id IN {ids:Array(UInt64)} AND account_no != '')`

export async function refreshPurchases(app: App, runId: number, ids: number[], version: number): Promise<void> {
  const { some } = await app.facts.one<{ some: number }>(
    `SELECT count() AS some FROM (SELECT 1 FROM sale_lines WHERE ${ASKED} LIMIT 1)`,
    { run_id: runId, ids },
  )
  if (some === 0) return
  const [again, currency] = await Promise.all([soldAgain(app), mainCurrency(app.facts)])
  await app.facts.exec(PURCHASES(again, ASKED, 'owner IN {ids:Array(UInt64)}'), {
    run_id: runId,
    ids,
    currency,
    version,
  })
}
