/**
 * All rules over all current source records: one scan per 24 rules, one row of marks per source and rule. A check belongs to a turn
 * (and is seen when its run is committed) or is asked for in the app.
 */
import type { App, StepContext } from '../../platform/app.ts'
import type { Params } from '../../platform/stores/facts/index.ts'
import { correctedSourceRecords } from '../repair/corrected.ts'
import { type CompiledRule, compileRule } from './checks.ts'
import { qualityErrors } from './errors.ts'
import { dimensionOf, type QualityRule } from './rule.ts'
import { type KeptRule, rules } from './rule-book.ts'

/** Statements grow by a kilobyte a rule; the engine plans a hundred at once, slowly. */
const RULES_A_SCAN = 24
/** Rule lists of `IN (SELECT …)` are sets of hashes, not used for the index. */
const SETTINGS = { use_index_for_in_with_subqueries: 0 }

const marksOf = (compiled: readonly CompiledRule[]): string => `
WITH
  records AS (${correctedSourceRecords('*')}),
  by_source AS (
    SELECT source, [${compiled
      .map(
        ({ applies, fails }) =>
          `(countIf(${applies}), countIf((${applies}) AND (${fails})), groupArrayIf(20)(row_key, (${applies}) AND (${fails})))`,
      )
      .join(',\n      ')}] AS results
    FROM records GROUP BY source
  )
SELECT source, toUInt32(place) AS place, result.1 AS checked, result.2 AS failed, result.3 AS examples
FROM by_source
ARRAY JOIN results AS result, arrayEnumerate(results) AS place
WHERE checked > 0`

export interface Mark {
  source: string
  rule: QualityRule
  checked: number
  failed: number
  examples: string[]
}

/** Marks of some rules over the records of now, as of a date. Nothing is written. */
export async function judge(
  app: App,
  list: readonly QualityRule[],
  { asOf, identityRun }: { asOf: string; identityRun: number },
): Promise<Mark[]> {
  const marks: Mark[] = []
  for (let from = 0; from < list.length; from += RULES_A_SCAN) {
    const part = list.slice(from, from + RULES_A_SCAN)
    const compiled = part.map((rule, r) => compileRule(rule, `r${r}`))
    const params: Params = Object.assign({ as_of: asOf, run_id: identityRun }, ...compiled.map(rule => rule.params))
    const rows = await app.facts
      .query<{ source: string; place: number; checked: number; failed: number; examples: string[] }>(
        marksOf(compiled),
        params,
        { settings: SETTINGS },
      )
      .catch(error => {
        // A person's own pattern is the one thing in a rule that the engine may refuse.
        const reason = error instanceof Error ? error.message.split('\n')[0]!.slice(0, 200) : String(error)
        const culprit = part.find(rule => rule.check.kind === 'pattern')
        throw /REGEXP|regular expression|CANNOT_COMPILE/i.test(reason) && culprit
          ? qualityErrors['quality.rule-bad']({ rule: culprit.id, reason }, error)
          : error
      })
    for (const { place, ...row } of rows) marks.push({ ...row, rule: part[place - 1]! })
  }
  return marks
}

/** A check with its marks written; what it found. */
async function carryOut(app: App, asOf: string, runId: number | null): Promise<{ checked: number; failed: number }> {
  const checkId = await app.runs.nextId('quality-check')
  const { db } = app.workflow
  await db
    .insertInto('collect_quality_checks')
    .values({ check_id: checkId, run_id: runId, as_of: asOf, at: new Date(), state: 'running' })
    .execute()
  const list = (await rules(app)).filter(rule => rule.enabled)
  const marks = await judge(app, list, { asOf, identityRun: (await app.runs.latest('identity')) ?? 0 })
  if (marks.length > 0)
    await app.facts.insert(
      'quality_marks',
      marks.map(({ source, rule, checked, failed, examples }) => ({
        check_id: checkId,
        source,
        field: rule.field,
        rule: rule.id,
        rule_version: (rule as KeptRule).version,
        dimension: dimensionOf(rule.check.kind),
        severity: rule.severity,
        checked,
        failed,
        examples,
      })),
    )
  await db
    .updateTable('collect_quality_checks')
    .set({ state: 'done', at: new Date() })
    .where('check_id', '=', checkId)
    .execute()
  return {
    checked: marks.reduce((sum, mark) => sum + mark.checked, 0),
    failed: marks.reduce((sum, mark) => sum + mark.failed, 0),
  }
}

export const checkQuality = ({ app, runId, turn }: StepContext): Promise<{ checked: number; failed: number }> =>
  carryOut(app, turn.asOf, runId)

/** As of the newest turn's date, the day that everything else on the pages is as of; without a turn, today. */
export const businessDay = async (app: App): Promise<string> =>
  (await app.runs.latestTurn())?.asOf ?? new Date().toISOString().slice(0, 10)

export const checkNow = async (app: App): Promise<{ checked: number; failed: number }> =>
  carryOut(app, await businessDay(app), null)
