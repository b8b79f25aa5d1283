import { compileRule, type Rule, ruleFeatures } from '../../analyze/index.ts'
import type { ParamValue } from '../../platform/stores/facts/index.ts'

/** Part of a statement with the parameters its text names. */
export interface SqlPart {
  sql: string
  params: Record<string, ParamValue>
}

/** What offers may ask for: the features of analyze, and the segment. */
function columnOf(feature: string) {
  if (feature === 'segment') return { sql: 'm.segment', domain: { kind: 'choice' as const, nullable: false } }
  const known = ruleFeatures.get(feature)
  if (!known) throw new Error(`there is no feature ${feature}`)
  return known
}

export const ruleSql = (rule: Rule, prefix: string): SqlPart => compileRule(rule, columnOf, prefix)

/**
 * Which customers a statement is about: a range of ids. Every table is sorted by them, so a range reads its own part alone
 * and the engine's memory stays flat; one customer is a range too. Parameters: fromId, toId (exclusive).
 */
export const SCOPE = 'customer_id >= {fromId:UInt64} AND customer_id < {toId:UInt64}'

/** The scope's customers out of a table that runs write. */
export const rowsOf = (table: string, run: string, columns = '*'): string =>
  `(SELECT ${columns} FROM ${table} WHERE run_id = {${run}:UInt64} AND ${SCOPE})`

/** Every customer with what rules ask about: golden record `g`, features `f`, scores `s`, segment `m`. */
export const subjects = (): string => `
    FROM ${rowsOf('golden_records', 'identityRun')} AS g
    INNER JOIN ${rowsOf('features', 'featuresRun')} AS f ON f.customer_id = g.customer_id
    INNER JOIN ${rowsOf('scores', 'modelsRun')} AS s ON s.customer_id = g.customer_id
    INNER JOIN ${rowsOf('segment_members', 'segmentsRun')} AS m ON m.customer_id = g.customer_id`
