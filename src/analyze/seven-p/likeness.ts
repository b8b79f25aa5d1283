import type { Facts } from '../../platform/stores/facts/index.ts'
import { likenessTraits } from './traits.ts'

/**
 * Who is like the best customers, by who they are and not by what they bought: naive Bayes over the traits. The weight of a value is the
 * log of how much likelier it is among the best than among other buyers, shrunk towards nought by PRIOR customers on either side. It is
 * learned from one half of the buyers (odd numbers) and judged on the other.
 */
export interface Likeness {
  intercept: number
  weights: { trait: string; value: string; weight: number; best: number; others: number }[]
  learnedFrom: { best: number; others: number }
  /** Area under the ROC curve on the half not learned from; null: nobody to judge by. */
  auc: number | null
  judgedOn: number
  /** The score that a tenth of those who are not among the best reach. */
  threshold: number
}

/** Customers of no information, who answer as all do, added on both sides. */
const PRIOR = 20
/** No trait decides alone: a value that only the best have counts as e⁴ = 55 times likelier. */
const MOST = 4
/** Fewer best customers than this carry no weights: everybody is then alike. */
const FEWEST_BEST = 50

interface Count {
  trait: string
  value: string
  best: number
  others: number
}

/** Buyers among the best tenth by expected value, and the other buyers, by each value of each trait. */
const countsSql = `
WITH known AS (
    SELECT s.value_minor >= {best:Int64} AS is_best,
      [${likenessTraits.map(trait => `('${trait.id}', ${trait.sql})`).join(', ')}] AS own
    FROM features AS f
    INNER JOIN scores AS s ON s.customer_id = f.customer_id
    WHERE f.run_id = {featuresRun:UInt64} AND s.run_id = {modelsRun:UInt64} AND f.purchase_days > 0 AND f.customer_id % 2 = 1
  )
SELECT own_trait.1 AS trait, own_trait.2 AS value, countIf(is_best) AS best, countIf(NOT is_best) AS others
FROM known
ARRAY JOIN own AS own_trait
WHERE value != ''
GROUP BY trait, value
ORDER BY trait, value`

export async function learnLikeness(
  facts: Facts,
  { best, ...runs }: { best: number; featuresRun: number; modelsRun: number },
): Promise<Likeness> {
  const counts = await facts.query<Count>(countsSql, { best, ...runs })
  const totals = { best: 0, others: 0 }
  for (const row of counts)
    if (row.trait === 'kind') {
      totals.best += row.best
      totals.others += row.others
    }
  return weigh(counts, totals)
}

/** The weights from the counts; pure. */
export function weigh(counts: readonly Count[], total: { best: number; others: number }): Likeness {
  const usable = total.best >= FEWEST_BEST && total.others >= FEWEST_BEST
  const base = { learnedFrom: total, auc: null, judgedOn: 0, threshold: 0 }
  if (!usable) return { intercept: 0, weights: [], ...base }
  const prior = total.best / (total.best + total.others)
  const weights = [...Map.groupBy(counts, row => row.trait).values()].flatMap(rows => {
    // Those of whom the trait is not known say nothing: shares are of the known.
    const best = rows.reduce((sum, row) => sum + row.best, 0)
    const others = rows.reduce((sum, row) => sum + row.others, 0)
    return rows.map(row => {
      const share = (row.best + row.others) / (best + others)
      const inBest = (row.best + PRIOR * share) / (best + PRIOR)
      const inOthers = (row.others + PRIOR * share) / (others + PRIOR)
      return { ...row, weight: Math.max(-MOST, Math.min(MOST, Math.log(inBest / inOthers))) }
    })
  })
  return { intercept: Math.log(prior / (1 - prior)), weights, ...base }
}

/** Parameters of the statement that scores everybody. */
export function likenessParams(likeness: Likeness): Record<string, number | string[] | number[]> {
  const params: Record<string, number | string[] | number[]> = { intercept: likeness.intercept }
  for (const [k, trait] of likenessTraits.entries()) {
    const own = likeness.weights.filter(weight => weight.trait === trait.id)
    // The engine takes no empty list of values.
    params[`likeValues${k}`] = own.length > 0 ? own.map(weight => weight.value) : ['']
    params[`likeWeights${k}`] = own.length > 0 ? own.map(weight => weight.weight) : [0]
  }
  return params
}

/** Scores of the half not learned from, in bins. */
const judgeSql = `
SELECT round(likeness, 3) AS score, countIf(value_decile = 1) AS best, countIf(value_decile > 1) AS others
FROM seven_p_customers
WHERE run_id = {runId:UInt64} AND value_decile > 0 AND customer_id % 2 = 0
GROUP BY score
ORDER BY score`

const thresholdSql = `
SELECT ifNotFinite(quantileTDigestIf(0.9)(likeness, value_decile != 1), 0) AS threshold
FROM seven_p_customers WHERE run_id = {runId:UInt64}`

/** AUC by the ranks of the bins, ties counted half (Mann and Whitney 1947). */
export async function judgeLikeness(
  facts: Facts,
  runId: number,
): Promise<Pick<Likeness, 'auc' | 'judgedOn' | 'threshold'>> {
  const [bins, { threshold }] = await Promise.all([
    facts.query<{ best: number; others: number }>(judgeSql, { runId }),
    facts.one<{ threshold: number }>(thresholdSql, { runId }),
  ])
  let [below, won, best] = [0, 0, 0]
  for (const bin of bins) {
    won += bin.best * (below + bin.others / 2)
    below += bin.others
    best += bin.best
  }
  return { auc: best > 0 && below > 0 ? won / (best * below) : null, judgedOn: best + below, threshold }
}
