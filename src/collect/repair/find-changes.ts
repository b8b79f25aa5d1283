/** Which rows a repair would change, and into what: read as a stream, worked out value by value. */
import type { App } from '../../platform/app.ts'
import type { Params } from '../../platform/stores/facts/index.ts'
import { businessDay } from '../quality/check.ts'
import { compileRule } from '../quality/checks.ts'
import { ruleNamed } from '../quality/rule-book.ts'
import { CORRECTABLE, correctedSourceRecords } from './corrected.ts'
import { repairErrors } from './errors.ts'
import type { Fix, Target } from './fix.ts'
import { applyFix, type Changes, type RecordValues } from './fixers.ts'

export interface RowChange {
  source: string
  rowKey: string
  before: RecordValues
  after: Changes
}

const MOST_ROWS = 2_000_000

const COLUMNS = CORRECTABLE.map(field =>
  field === 'birth_date' ? "ifNull(toString(birth_date), '') AS birth_date" : `toString(${field}) AS ${field}`,
)

async function selection(app: App, target: Target): Promise<{ where: string; params: Params }> {
  const { source, rows } = target
  const only = source ? ' AND source = {only:String}' : ''
  if (rows)
    return {
      where: `(source, row_key) IN (SELECT pair.1, pair.2 FROM (SELECT arrayJoin(arrayZip({sources:Array(String)}, {keys:Array(String)})) AS pair))`,
      params: { sources: rows.map(row => row.source), keys: rows.map(row => row.rowKey) },
    }
  if (!target.rule) throw repairErrors['repair.no-target']()
  const { applies, fails, params } = compileRule(await ruleNamed(app, target.rule), 'r')
  return {
    where: `(${applies}) AND (${fails})${only}`,
    params: {
      ...params,
      ...(source ? { only: source } : {}),
      as_of: await businessDay(app),
      run_id: (await app.runs.latest('identity')) ?? 0,
    },
  }
}

/** Calls back with every row that changes; returns how many rows were looked at. */
export async function findChanges(
  app: App,
  fix: Fix,
  target: Target,
  found: (change: RowChange) => void,
): Promise<{ rows: number; changed: number }> {
  const { where, params } = await selection(app, target)
  let rows = 0
  let changed = 0
  const sql = `SELECT source AS of_source, row_key AS of_key, ${COLUMNS.join(', ')}
    FROM (SELECT * FROM (${correctedSourceRecords('*')}) WHERE ${where}) ORDER BY of_source, of_key`
  for await (const batch of app.facts.stream(sql, params)) {
    const sources = batch.str('of_source')
    const keys = batch.str('of_key')
    const columns = CORRECTABLE.map(field => batch.str(field))
    for (let r = 0; r < batch.rows; r++) {
      rows++
      const record = Object.fromEntries(CORRECTABLE.map((field, c) => [field, columns[c]![r] ?? ''])) as RecordValues
      const after = applyFix(fix, record)
      if (!after) continue
      changed++
      if (changed > MOST_ROWS) throw repairErrors['repair.too-many']({ most: MOST_ROWS })
      found({ source: sources[r]!, rowKey: keys[r]!, before: record, after })
    }
  }
  return { rows, changed }
}
