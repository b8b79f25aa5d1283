import type { App } from '../../platform/app.ts'
import { lastPurchase } from '../judge/what-followed.ts'
import { daysBefore } from '../models/dates.ts'
import { fromRuleId } from '../needs/need.ts'
import { adjustedEvidence } from './closed-test.ts'
import { evidenceOf, factorSequence, twoSided } from './evidence.ts'
import type { Standing } from './judge-segments.ts'
import { factors, noTrials } from './odds-grid.ts'
import type { PastTurn } from './turns.ts'

/** A need is judged on the quarter after it proposed something. */
export const NEED_DAYS = 90
/** A gap this long at the end of the data is a holiday, not the end of what is known. */
const QUIET_DAYS = 7

export interface NeedEvidence {
  code: string
  version: number
  /** The newest turn that counts, and how many do. */
  asOf: string
  turns: number
  /** All it proposed; of these where others of the same segment can be compared, and who of them bought it. */
  proposals: number
  proposed: number
  bought: number
  /** Bought by chance: what others of the same segments, who had it neither, bought of the same. */
  expected: number
  /** How much likelier than others, within segments; null: nobody bought. The range of the odds not ruled out at any time, for all needs at once (95 %). */
  times: number | null
  low: number
  high: number
  /** Odds against “as others”, all needs paid for; as a logarithm. */
  adjusted: number
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

/** One product in one segment. */
export interface Stratum {
  proposed: number
  took: number
  rest: number
  restTook: number
}

/** Needs by what they proposed in the turns that are a quarter old. */
export async function needOutcomes(app: App, turns: readonly PastTurn[]): Promise<NeedEvidence[]> {
  const newest = turns.at(-1)
  if (!newest) return []
  const { day } = await app.facts.one<{ day: string }>(lastPurchase, { identityRun: newest.identity })
  const passed = turns.filter(({ asOf }) => day >= daysBefore(asOf, QUIET_DAYS - NEED_DAYS)).slice(-MOST_TURNS)
  const found: ToldNeed[] = []
  for (const turn of passed) {
    const rows = await app.facts.query<Stratum & { rule: string }>(sql, {
      ...{ identityRun: newest.identity, modelsRun: turn.models, segmentsRun: turn.segments },
      ...{ asOf: turn.asOf, days: NEED_DAYS },
    })
    for (const [rule, strata] of Map.groupBy(rows, row => row.rule)) found.push({ rule, asOf: turn.asOf, strata })
  }
  return judgeNeeds(found)
}

/** Further back nobody looks: a version is judged on three years of quarters. */
const MOST_TURNS = 36
const ALARM = Math.log(20)

/** What a version of a need proposed in one turn, and what came of it. */
export interface ToldNeed {
  rule: string
  asOf: string
  strata: readonly Stratum[]
}

/**
 * Verdicts on all versions at once, over the turns each has proposed in: of every quarter the first, so that no purchase counts twice, and
 * given what was known on its day each turn says something new. Evidence then multiplies, and may be looked at after every turn.
 */
export function judgeNeeds(found: readonly ToldNeed[]): NeedEvidence[] {
  const rules = [...Map.groupBy(found, one => one.rule)]
  const counted = rules.map(([rule, all]) => {
    const its = quarters(all)
    const strata = its.flatMap(one => one.strata)
    return { ...fromRuleId(rule), asOf: its.at(-1)!.asOf, turns: its.length, ...outcomeOf(strata, rules.length) }
  })
  const adjusted = adjustedEvidence(counted.map(one => one.evidence))
  return counted
    .map(({ evidence: _, ...one }, i): NeedEvidence => {
      const told = adjusted[i]! >= ALARM
      const standing = !told ? 'unknown' : one.bought > one.expected ? 'held' : 'not-held'
      return { ...one, adjusted: adjusted[i]!, standing }
    })
    .sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : a.version - b.version))
}

/** Turns whose quarters do not overlap, from the earliest on. */
function quarters(all: readonly ToldNeed[]): ToldNeed[] {
  const its: ToldNeed[] = []
  for (const one of [...all].sort((a, b) => (a.asOf < b.asOf ? -1 : 1))) {
    const last = its.at(-1)
    if (!last || one.asOf >= daysBefore(last.asOf, -NEED_DAYS)) its.push(one)
  }
  return its
}

/**
 * Were the need no better than chance, each buyer of a stratum would be one of those it was proposed to with the chance n / (n + rest): trials
 * of known probability, judged as answers are (`evidence.ts`). Without replacement the true count is spread less than that (Hoeffding
 * 1963), so the e-value holds for any numbers, however few. The ratio shown is Mantel and Haenszel's (1959).
 */
export function outcomeOf(strata: readonly Stratum[], tests = 1) {
  const buyers = noTrials()
  const logs = factors.map(() => 0)
  let [proposals, proposed, bought, expected, top, bottom] = [0, 0, 0, 0, 0, 0]
  for (const { proposed: n, took, rest, restTook } of strata) {
    proposals += n
    if (rest <= 0) continue
    proposed += n
    bought += took
    const all = n + rest
    const [share, both] = [n / all, took + restTook]
    expected += (n * restTook) / rest
    top += (took * rest) / all
    bottom += (restTook * n) / all
    buyers.trials += both
    buyers.expected += both * share
    buyers.taken += took
    for (const [j, factor] of factors.entries()) logs[j] = logs[j]! + both * Math.log1p((factor - 1) * share)
  }
  const trials = { ...buyers, logs }
  const { low, high } = factorSequence(trials, 0.05 / Math.max(1, tests))
  const times = top > 0 && bottom > 0 ? top / bottom : null
  return { proposals, proposed, bought, expected, times, low, high, evidence: twoSided(evidenceOf(trials, trials)) }
}
