/** Sale lines of known customers in customer order, with what the catalogue says of the product. */
import type { StepContext } from '../../platform/app.ts'

/** A changed line counts in its newest version; that needs a sort, so it is done only when a source came more than once. */
const lines = (versions: boolean): string => `
  SELECT source, account_no, invoice, line, product_code, quantity, amount_minor, sold_at FROM sale_lines
  WHERE import_id IN (SELECT import_id FROM import_commits)${versions ? ' ORDER BY source, invoice, line, import_id DESC LIMIT 1 BY source, invoice, line' : ''}`

const PURCHASES = (versions: boolean): string => `
INSERT INTO purchases (run_id, customer_id, sold_at, invoice, line, product_code, category, quantity, amount_minor, margin_minor, is_return, is_service)
WITH
  owners AS (
    SELECT account_no AS account, argMax(customer_id, (records, -toInt64(customer_id))) AS owner
    FROM (SELECT account_no, customer_id, count() AS records FROM record_links WHERE run_id = {run_id:UInt64} AND account_no != '' GROUP BY account_no, customer_id)
    GROUP BY account
  ),
  catalogue AS (
    SELECT product_code AS code, argMax(category, import_id) AS category, argMax(margin_rate, import_id) AS margin_rate, argMax(is_service, import_id) AS is_service
    FROM products WHERE import_id IN (SELECT import_id FROM import_commits)
    GROUP BY code
  )
SELECT {run_id:UInt64}, owners.owner, sold_at, invoice, line, product_code, catalogue.category, quantity, amount_minor,
       toInt64(round(amount_minor * catalogue.margin_rate)), quantity < 0 OR startsWith(invoice, 'C'), catalogue.is_service
FROM (SELECT * FROM (${lines(versions)}) WHERE account_no != '') AS sold
INNER JOIN owners ON owners.account = sold.account_no
LEFT JOIN catalogue ON catalogue.code = sold.product_code`

export async function materialisePurchases({ app, runId }: StepContext): Promise<number> {
  const { again } = await app.facts.one<{ again: number }>(
    `SELECT count() AS again FROM (
       SELECT source FROM sale_lines WHERE import_id IN (SELECT import_id FROM import_commits) GROUP BY source HAVING uniqExact(import_id) > 1)`,
  )
  await app.facts.exec(PURCHASES(again > 0), { run_id: runId })
  const { lines } = await app.facts.one<{ lines: number }>(
    'SELECT count() AS lines FROM purchases WHERE run_id = {run_id:UInt64}',
    { run_id: runId },
  )
  return lines
}
