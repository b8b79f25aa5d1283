import type { App } from '../../platform/app.ts'
import { ruleId } from './need.ts'
import { needFeatures } from './need-features.ts'
import { proposalsSql } from './proposals-sql.ts'
import { needsInForce } from './versions.ts'

/** Writes what the needs in force on the date propose into next_products, each row with the version whose rule it is. */
export async function proposeByNeeds(
  app: App,
  run: { runId: number; identityRun: number; featuresRun: number; asOf: string },
): Promise<{ needs: number; proposals: number }> {
  const features = await needFeatures(app)
  const needs = await needsInForce(app, run.asOf)
  if (needs.length === 0) return { needs: 0, proposals: 0 }
  const { sql, params, lines } = await proposalsSql(app, needs, features)
  await app.facts.exec(
    `INSERT INTO next_products (run_id, customer_id, rank, product_code, category, score, kind, rule)
     WITH categories AS (
       SELECT product_code, argMax(category, import_id) AS category FROM products
       WHERE product_code IN {asked:Array(String)} AND import_id IN (SELECT import_id FROM import_commits)
       GROUP BY product_code
     )
     SELECT {runId:UInt64}, p.customer_id, p.rank, p.product, c.category, {weights:Array(Float64)}[p.line], 'need',
       {rules:Array(String)}[{lineNeed:Array(UInt16)}[p.line]]
     FROM (${sql}) AS p
     LEFT JOIN categories AS c ON c.product_code = p.product`,
    { ...params, ...run, modelsRun: run.runId, rules: needs.map(ruleId) },
  )
  const { proposals } = await app.facts.one<{ proposals: number }>(
    "SELECT count() AS proposals FROM next_products WHERE run_id = {runId:UInt64} AND kind = 'need'",
    { runId: run.runId },
  )
  return { needs: new Set(lines.map(line => line.need)).size, proposals }
}
