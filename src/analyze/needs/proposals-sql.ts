import type { App } from '../../platform/app.ts'
import type { ParamValue } from '../../platform/stores/facts/index.ts'
import { compileRule } from '../segments/compile.ts'
import type { Need } from './need.ts'
import type { NeedFeatures } from './need-features.ts'

/** Products of a category that may serve: the best sold, so many that hardly anybody has them all. */
const CANDIDATES = 30
/** Proposals by need for one customer. */
const MOST_PROPOSALS = 5
/** Proposals by need rank behind habits and discoveries, which stand below this. */
export const FIRST_RANK = 101

export interface ProposalsSql {
  /**
   * Rows customer_id, rank, line (1 …), product. Parameters besides `params`: featuresRun, modelsRun, identityRun, asOf.
   */
  sql: string
  params: Record<string, ParamValue>
  /** What each line is: place in the needs, and among the need's products. */
  lines: { need: number; serving: number }[]
}

/**
 * Everybody whose features fit a need's rule, with the first product of each of its lines that they never bought. One pass over the customers,
 * whatever the number of needs; joined on customer_id alone.
 */
export async function proposalsSql(app: App, needs: readonly Need[], features: NeedFeatures): Promise<ProposalsSql> {
  const params: Record<string, ParamValue> = {}
  const conditions = needs.map((need, k) => {
    const compiled = compileRule(need.rule, id => features.get(id)!, `n${k}_`)
    Object.assign(params, compiled.params)
    return `toUInt8(${compiled.sql})`
  })
  const lines = needs.flatMap((need, k) => need.products.map((_, serving) => ({ need: k, serving })))
  const ofCategory = await bestSold(
    app,
    needs.flatMap(need => need.products.flatMap(({ category }) => category ?? [])),
  )
  const serving = lines.map(line => needs[line.need]!.products[line.serving]!)
  const candidates = serving.map(({ product, category }) =>
    product === undefined ? (ofCategory.get(category!) ?? []) : [product],
  )
  Object.assign(params, {
    lineNeed: lines.map(line => line.need + 1),
    candidates,
    weights: serving.map(({ weight }) => weight),
    asked: [...new Set(candidates.flat())],
  })
  return {
    lines,
    params,
    sql: `
WITH
  fitting AS (
    SELECT f.customer_id AS customer_id, [${conditions.join(', ')}] AS fits
    FROM (SELECT * FROM features WHERE run_id = {featuresRun:UInt64}) AS f
    INNER JOIN (SELECT * FROM scores WHERE run_id = {modelsRun:UInt64}) AS s ON s.customer_id = f.customer_id
    WHERE has(fits, 1)
  ),
  owned AS (
    SELECT customer_id, groupUniqArray(toString(product_code)) AS codes
    FROM purchases
    WHERE run_id = {identityRun:UInt64} AND sold_at < toDateTime({asOf:Date}, 'UTC') AND is_return = 0
      AND product_code IN {asked:Array(String)}
    GROUP BY customer_id
  ),
  proposed AS (
    SELECT
      fitting.customer_id AS customer_id,
      arrayJoin(arrayFilter(l -> fits[{lineNeed:Array(UInt16)}[l]] = 1, arrayEnumerate({lineNeed:Array(UInt16)}))) AS line,
      arrayFirst(code -> NOT has(owned.codes, code), {candidates:Array(Array(String))}[line]) AS product
    FROM fitting
    LEFT JOIN owned ON owned.customer_id = fitting.customer_id
  )
SELECT
  customer_id,
  toUInt8(${FIRST_RANK - 1} + row_number() OVER (PARTITION BY customer_id ORDER BY {weights:Array(Float64)}[line] DESC, line)) AS rank,
  line,
  product
FROM (
  SELECT * FROM proposed
  WHERE product != ''
  ORDER BY customer_id, {weights:Array(Float64)}[line] DESC, line
  LIMIT 1 BY customer_id, product
)
LIMIT ${MOST_PROPOSALS} BY customer_id`,
  }
}

/** Products of each category, those with the most buyers first, then those never sold; from the newest figures there are. */
async function bestSold(app: App, categories: readonly string[]): Promise<Map<string, string[]>> {
  if (categories.length === 0) return new Map()
  const rows = await app.facts.query<{ category: string; codes: string[] }>(
    `WITH
      known AS (
        SELECT product_code, argMax(category, import_id) AS category, argMax(is_service, import_id) AS service
        FROM products
        WHERE import_id IN (SELECT import_id FROM import_commits)
        GROUP BY product_code
        HAVING category IN {categories:Array(String)} AND service = 0
      ),
      sold AS (
        SELECT product_code, max(buyers) AS buyers
        FROM product_figures
        WHERE run_id = (SELECT max(run_id) FROM product_figures)
        GROUP BY product_code
      )
    SELECT known.category AS category, arraySlice(arrayMap(t -> t.2, arraySort(t -> (-t.1, t.2),
      groupArray((toInt64(sold.buyers), known.product_code)))), 1, ${CANDIDATES}) AS codes
    FROM known
    LEFT JOIN sold ON sold.product_code = known.product_code
    GROUP BY known.category`,
    { categories: [...new Set(categories)] },
  )
  return new Map(rows.map(({ category, codes }) => [category, codes]))
}
