/** The quality pages: the newest check, what it looked like before, and the rows behind a figure. */
import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { collectErrors } from '../errors.ts'
import { correctedSourceRecords } from '../repair/corrected.ts'
import { fixesFor } from '../repair/fixes-for.ts'
import type { failingRows, qualityReport } from './api.ts'
import { businessDay } from './check.ts'
import { compileRule } from './checks.ts'
import { checksSeen, scoreHistory } from './history.ts'
import type { Dimension, QualityRule } from './rule.ts'
import { ruleNamed, rules } from './rule-book.ts'
import { scoreOf } from './score.ts'

/** Checks that a line over time is drawn from. */
const POINTS = 60

export async function scorecard(app: App): Promise<z.output<typeof qualityReport>> {
  const checks = await checksSeen(app, POINTS)
  const newest = checks[0]
  if (!newest) throw collectErrors['collect.nothing-yet']()
  const [marks, history, list] = await Promise.all([
    app.facts.query<{
      source: string
      field: string
      rule: string
      ruleVersion: number
      dimension: Dimension
      severity: 'error' | 'warning' | 'info'
      checked: number
      failed: number
      examples: string[]
    }>(
      `SELECT source, field, rule, rule_version AS ruleVersion, dimension, severity, checked, failed, examples
       FROM quality_marks WHERE check_id = {check:UInt64} ORDER BY source, field, rule`,
      { check: newest.checkId },
    ),
    scoreHistory(app, checks),
    rules(app),
  ])
  const held = new Map(list.map(rule => [rule.id, rule]))
  const on = list.filter(rule => rule.enabled)
  const judged = new Set(marks.map(mark => mark.rule))
  const rulesChanged =
    marks.some(mark => held.get(mark.rule)?.version !== mark.ruleVersion || !held.get(mark.rule)?.enabled) ||
    on.some(rule => !judged.has(rule.id) && rule.changedAt > newest.at)
  const bySource = Map.groupBy(marks, mark => mark.source)
  const byField = Map.groupBy(marks, mark => `${mark.source} ${mark.field}`)
  return {
    checkId: newest.checkId,
    at: newest.at.toISOString(),
    asOf: newest.asOf,
    rulesChanged,
    rows: marks.flatMap(({ ruleVersion: _, ...mark }) => {
      const rule = held.get(mark.rule)
      return rule ? [{ ...mark, message: rule.message, owner: rule.owner, fixes: fixesFor(rule) }] : []
    }),
    sources: [...bySource].map(([source, of]) => ({
      source,
      records: Math.max(...of.map(mark => mark.checked)),
      score: scoreOf(of),
      history: history.get(source) ?? [],
    })),
    fields: [...byField].map(([key, of]) => ({
      source: of[0]!.source,
      field: of[0]!.field,
      score: scoreOf(of),
      history: history.get(key) ?? [],
    })),
  }
}

export interface RowsQuery {
  source: string
  rule: string
  offset: number
  limit: number
}

/** The rows that fail a rule now, as it stands now; `seen` words a value for the reader. */
export async function rowsBehind(
  app: App,
  query: RowsQuery,
  seen: (rule: QualityRule, value: string) => string,
): Promise<z.output<typeof failingRows>> {
  const rule = await ruleNamed(app, query.rule)
  const compiled = compileRule(rule, 'r')
  const params = {
    ...compiled.params,
    ...query,
    as_of: await businessDay(app),
    run_id: (await app.runs.latest('identity')) ?? 0,
  }
  const failing = `SELECT source, row_key, ${compiled.value} AS shown FROM (${correctedSourceRecords('*')})
    WHERE source = {source:String} AND (${compiled.applies}) AND (${compiled.fails})`
  const [{ total }, rows] = await Promise.all([
    app.facts.one<{ total: number }>(`SELECT count() AS total FROM (${failing})`, params),
    app.facts.query<{ source: string; rowKey: string; value: string; customerId: number }>(
      `SELECT source, row_key AS rowKey, shown AS value, customer_id AS customerId
       FROM (SELECT * FROM (${failing}) ORDER BY row_key LIMIT {limit:UInt32} OFFSET {offset:UInt32}) AS wrong
       LEFT JOIN (SELECT source, row_key, customer_id FROM record_links WHERE run_id = {run_id:UInt64}) AS links USING (source, row_key)
       ORDER BY rowKey`,
      params,
    ),
  ])
  return {
    total,
    rows: rows.map(row => ({
      ...row,
      value: seen(rule, row.value),
      customerId: row.customerId === 0 ? null : row.customerId,
    })),
  }
}
