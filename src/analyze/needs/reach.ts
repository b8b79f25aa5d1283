import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import { runsOfTurn } from '../runs-of-turn.ts'
import { compileRule } from '../segments/compile.ts'
import type { Rule } from '../segments/rule.ts'
import type { Serving } from './need.ts'
import { needFeatures } from './need-features.ts'
import { proposalsSql } from './proposals-sql.ts'
import type { NeedTrial } from './workflow-tables.ts'

export interface Reach extends NeedTrial {
  bySegment: { segment: string; customers: number }[]
  /** Per product line: whom it would be proposed to; the others have it already. */
  lines: { proposed: number; products: number }[]
  sample: { customerId: number; name: string; segment: string; product: string }[]
}

const SAMPLE = 10

/** Whom a rule would reach today, set against the version in force: a trial, nothing is written. */
export async function reachOf(app: App, rule: Rule, products: readonly Serving[], before: Rule | null): Promise<Reach> {
  const runs = await runsOfTurn(app)
  const features = await needFeatures(app)
  const now = compileRule(rule, id => features.get(id)!, 'now')
  const old = before ? compileRule(before, id => features.get(id)!, 'old') : { sql: 'false', params: {} }
  const params = {
    featuresRun: runs.features,
    modelsRun: runs.models,
    segmentsRun: runs.segments,
    identityRun: runs.identity,
    asOf: runs.asOf,
  }
  const trial = {
    code: 'TRIAL',
    version: 0,
    name: nobody,
    about: nobody,
    rule,
    products: [...products],
    validFrom: null,
    validTo: null,
  }
  const proposals = await proposalsSql(app, [trial], features)
  const { sql } = proposals
  const all = { ...params, ...proposals.params }
  const counting = app.facts.query<{
    segment: string
    customers: number
    reached: number
    gained: number
    lost: number
  }>(
    `SELECT m.segment AS segment, count() AS customers, countIf(${now.sql}) AS reached,
       countIf((${now.sql}) AND NOT (${old.sql})) AS gained, countIf((${old.sql}) AND NOT (${now.sql})) AS lost
     FROM (SELECT * FROM features WHERE run_id = {featuresRun:UInt64}) AS f
     INNER JOIN (SELECT * FROM scores WHERE run_id = {modelsRun:UInt64}) AS s ON s.customer_id = f.customer_id
     INNER JOIN (SELECT customer_id, segment FROM segment_members WHERE run_id = {segmentsRun:UInt64}) AS m ON m.customer_id = f.customer_id
     GROUP BY m.segment
     ORDER BY reached DESC, segment`,
    { ...params, ...now.params, ...old.params },
  )
  const asking = app.facts.query<{ line: number; proposed: number; products: number }>(
    `SELECT line, count() AS proposed, uniqExact(product) AS products FROM (${sql}) GROUP BY line`,
    all,
  )
  const picking = app.facts.query<Reach['sample'][number]>(
    `SELECT p.customer_id AS customerId, g.name AS name, m.segment AS segment, p.product AS product
     FROM (SELECT * FROM (${sql}) ORDER BY cityHash64(customer_id), rank LIMIT 1 BY customer_id LIMIT ${SAMPLE}) AS p
     LEFT JOIN (SELECT customer_id, name FROM golden_records WHERE run_id = {identityRun:UInt64}) AS g ON g.customer_id = p.customer_id
     LEFT JOIN (SELECT customer_id, segment FROM segment_members WHERE run_id = {segmentsRun:UInt64}) AS m ON m.customer_id = p.customer_id`,
    { ...all, segmentsRun: runs.segments },
  )
  const [rows, lines, sample] = await Promise.all([counting, asking, picking])
  const sum = (of: 'customers' | 'reached' | 'gained' | 'lost') => rows.reduce((total, row) => total + row[of], 0)
  return {
    asOf: runs.asOf,
    customers: sum('customers'),
    reached: sum('reached'),
    gained: sum('gained'),
    lost: sum('lost'),
    bySegment: rows.filter(row => row.reached > 0).map(({ segment, reached }) => ({ segment, customers: reached })),
    lines: products.map((_, k) => {
      const own = lines.find(row => row.line === k + 1)
      return { proposed: own?.proposed ?? 0, products: own?.products ?? 0 }
    }),
    sample,
  }
}

const nobody: Text = { en: '', zh: '' }
