import type { App } from '../../platform/app.ts'
import { correctedSourceRecords } from '../repair/corrected.ts'
import { businessDay } from './check.ts'
import { compileRule } from './checks.ts'
import type { QualityRule } from './rule.ts'

/** Up to five failing rows of each source, with their values. */
export async function failingExamples(
  app: App,
  rule: QualityRule,
): Promise<{ source: string; rowKey: string; value: string }[]> {
  const { applies, fails, value, params } = compileRule(rule, 'r')
  return app.facts.query(
    `SELECT source, row_key AS rowKey, ${value} AS value FROM (${correctedSourceRecords('*')})
     WHERE (${applies}) AND (${fails}) ORDER BY source, row_key LIMIT 5 BY source`,
    { ...params, as_of: await businessDay(app), run_id: (await app.runs.latest('identity')) ?? 0 },
  )
}
