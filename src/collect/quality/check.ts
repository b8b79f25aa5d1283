/** All quality rules over all current source records: one scan, one row of results per source and rule. */
import type { StepContext } from '../../platform/app.ts'
import { currentSourceRecords } from '../identity/current.ts'
import { QUALITY_RULES } from './rules.ts'

const CHECK = `
INSERT INTO quality_results (run_id, source, field, rule, severity, checked, failed, examples)
WITH
  records AS (${currentSourceRecords('*')}),
  by_source AS (
    SELECT source, [${QUALITY_RULES.map(
      rule =>
        `(countIf(${rule.applies}), countIf((${rule.applies}) AND (${rule.fails})), groupArrayIf(20)(row_key, (${rule.applies}) AND (${rule.fails})))`,
    ).join(',\n      ')}] AS results
    FROM records GROUP BY source
  )
SELECT {run_id:UInt64}, source, rule[1], rule[2], rule[3], result.1, result.2, result.3
FROM by_source
ARRAY JOIN results AS result, {rules:Array(Array(String))} AS rule`

export async function checkQuality({ app, runId, turn }: StepContext): Promise<{ checked: number; failed: number }> {
  await app.facts.exec(CHECK, {
    run_id: runId,
    as_of: turn.asOf,
    rules: QUALITY_RULES.map(rule => [rule.field, rule.rule, rule.severity]),
  })
  return app.facts.one(
    'SELECT sum(checked) AS checked, sum(failed) AS failed FROM quality_results WHERE run_id = {run_id:UInt64}',
    {
      run_id: runId,
    },
  )
}
