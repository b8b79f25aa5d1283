import type { App } from '../../platform/app.ts'
import { lastPurchase } from '../judge/what-followed.ts'
import { normalQuantile } from '../math/normal-quantile.ts'
import { daysBefore } from '../models/dates.ts'
import { fromRuleId } from '../needs/need.ts'
import type { Standing } from './judge-segments.ts'
import type { PastTurn } from './turns.ts'

/** A need is judged on the quarter after it proposed something. */
export const NEED_DAYS = 90
/** A gap this long at the end of the data is a holiday, not the end of what is known. */
const QUIET_DAYS = 7

export interface NeedEvidence {
  code: string
  version: number
  asOf: string
  proposed: number
  bought: number
  /** Bought by chance: what others of the same segments, who had it neither, bought of the same. */
  expected: number
  /** How much likelier than others, within segments (Mantel–Haenszel), with an interval that holds for all needs at once (95 %); null: nobody bought. */
  times: number | null
  low: number
  high: number
  standing: Standing
}

/**
 * By rule, product and segment: to whom it was proposed and who bought it; and the others who had never bought it. Parameters:
 * identityRun, modelsRun, segmentsRun, asOf, days.
 */
const sql = `
WITH
  proposed AS (
    SELECT customer_id, rule, product_code FROM next_products WHERE run_id = {modelsRun:UInt64} AND kind = 'need'
  ),
  members AS (SELECT customer_id, toString(segment) AS segment FROM segment_members WHERE run_id = {segmentsRun:UInt64}),
  sizes AS (SELECT segment, count() AS size FROM members GROUP BY segment),
  bought AS (
    SELECT customer_id, toString(product_code) AS product_code, min(sold_at) < toDateTime({asOf:Date}, 'UTC') AS before,
      countIf(sold_at >= toDateTime({asOf:Date}, 'UTC')) > 0 AS after
    FROM purchases
    WHERE run_id = {identityRun:UInt64} AND is_return = 0 AND amount_minor > 0 AND sold_at < toDateTime({asOf:Date} + {days:UInt32}, 'UTC')
      AND product_code IN (SELECT product_code FROM proposed)
    GROUP BY customer_id, product_code
  ),
  others AS (
    SELECT m.segment AS segment, b.product_code AS product_code, countIf(b.before) AS owners, countIf(NOT b.before AND b.after) AS buyers
    FROM bought AS b
    INNER JOIN members AS m ON m.customer_id = b.customer_id
    GROUP BY segment, product_code
  ),
  told AS (
    SELECT p.rule AS rule, p.product_code AS product_code, m.segment AS segment, count() AS n, countIf(b.after AND NOT b.before) AS took
    FROM proposed AS p
    INNER JOIN members AS m ON m.customer_id = p.customer_id
    LEFT JOIN bought AS b ON b.customer_id = p.customer_id AND b.product_code = p.product_code
    GROUP BY rule, product_code, segment
  )
SELECT told.rule AS rule, told.n AS proposed, told.took AS took, toInt64(sizes.size) - toInt64(others.owners) - toInt64(told.n) AS rest,
  toInt64(others.buyers) - toInt64(told.took) AS restTook
FROM told
INNER JOIN sizes ON sizes.segment = told.segment
LEFT JOIN others ON others.segment = told.segment AND others.product_code = told.product_code`

interface Stratum {
  rule: string
  proposed: number
  took: number
  rest: number
  restTook: number
}

/** Needs in the newest turn that is a quarter old. */
export async function needOutcomes(app: App, turns: readonly PastTurn[]): Promise<NeedEvidence[]> {
  const newest = turns.at(-1)
  if (!newest) return []
  const { day } = await app.facts.one<{ day: string }>(lastPurchase, { identityRun: newest.identity })
  const turn = turns.findLast(({ asOf }) => day >= daysBefore(asOf, QUIET_DAYS - NEED_DAYS))
  if (!turn) return []
  const rows = await app.facts.query<Stratum>(sql, {
    ...{ identityRun: newest.identity, modelsRun: turn.models, segmentsRun: turn.segments },
    ...{ asOf: turn.asOf, days: NEED_DAYS },
  })
  const rules = Map.groupBy(rows, row => row.rule)
  return [...rules]
    .map(([rule, strata]) => ({ ...fromRuleId(rule), asOf: turn.asOf, ...riskRatio(strata, rules.size) }))
    .sort((a, b) => (a.code < b.code ? -1 : 1))
}

/** Fewer bought by chance than this say nothing of a need. */
const LEAST_EXPECTED = 5

/**
 * Mantel and Haenszel's ratio over strata, its variance by Greenland and Robins (1985). `tests`: needs that are judged together, all paid for
 * (Bonferroni): of twenty that do no better than chance 99 % intervals called some right in 9 to 18 of 100 companies.
 */
export function riskRatio(
  strata: readonly Omit<Stratum, 'rule'>[],
  tests = 1,
): Omit<NeedEvidence, 'code' | 'version' | 'asOf'> {
  let [proposed, bought, expected, top, bottom, spread] = [0, 0, 0, 0, 0, 0]
  for (const { proposed: n, took, rest, restTook } of strata) {
    proposed += n
    bought += took
    if (rest <= 0) continue
    const all = n + rest
    expected += (n * restTook) / rest
    top += (took * rest) / all
    bottom += (restTook * n) / all
    spread += (n * rest * (took + restTook) - took * restTook * all) / all ** 2
  }
  const times = top > 0 && bottom > 0 ? top / bottom : null
  const wrong = 0.05 / (2 * Math.max(1, tests))
  const reach = times === null ? Number.NaN : -normalQuantile(wrong) * Math.sqrt(spread / (top * bottom))
  const low = times === null ? 0 : times * Math.exp(-reach)
  const high = times === null ? (bottom > 0 ? -Math.log(wrong) / bottom : 1000) : times * Math.exp(reach)
  const standing = expected + bought < LEAST_EXPECTED ? 'unknown' : low > 1 ? 'held' : high < 1 ? 'not-held' : 'unknown'
  return { proposed, bought, expected, times, low, high, standing }
}
