/** The quality pages: the scorecard of a run and the rows behind a figure. */
import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import type { failingRows, qualityReport } from '../api.ts'
import { collectErrors } from '../errors.ts'
import { currentSourceRecords } from '../identity/current.ts'
import { ruleOf } from './rules.ts'

const WEIGHT = { error: 1, warning: 0.5, info: 0.1 } as const

/** Score of a source: 100 less the share of failed checks, errors counting in full, warnings half, hints a tenth. */
export async function scorecard(app: App): Promise<z.output<typeof qualityReport>> {
  const runId = await app.runs.latest('quality')
  if (runId === null) throw collectErrors['collect.nothing-yet']()
  const turn = await app.runs.turnOf(runId)
  const run = (await app.runs.runsOf(turn.id)).find(candidate => candidate.id === runId)
  const rows = await app.facts.query<{
    source: string
    field: string
    rule: string
    severity: 'error' | 'warning' | 'info'
    checked: number
    failed: number
    examples: string[]
  }>(
    'SELECT source, field, rule, severity, checked, failed, examples FROM quality_results WHERE run_id = {run_id:UInt64} ORDER BY source, field, rule',
    { run_id: runId },
  )
  const sources = new Map<string, { records: number; lost: number; weight: number }>()
  for (const row of rows) {
    const sum = sources.get(row.source) ?? { records: 0, lost: 0, weight: 0 }
    sum.records = Math.max(sum.records, row.checked)
    sum.lost += WEIGHT[row.severity] * row.failed
    sum.weight += WEIGHT[row.severity] * row.checked
    sources.set(row.source, sum)
  }
  return {
    runId,
    at: (run?.finishedAt ?? run?.startedAt ?? new Date(0)).toISOString(),
    rows: rows.flatMap(row => {
      const rule = ruleOf(row.field, row.rule)
      return rule && row.checked > 0 ? [{ ...row, message: rule.message }] : []
    }),
    sources: [...sources].map(([source, { records, lost, weight }]) => ({
      source,
      records,
      score: Math.round(1000 * (1 - lost / Math.max(1, weight))) / 10,
    })),
  }
}

export async function rowsBehind(
  app: App,
  query: { source: string; field: string; rule: string; offset: number; limit: number },
): Promise<z.output<typeof failingRows>> {
  const rule = ruleOf(query.field, query.rule)
  if (!rule) throw collectErrors['collect.field-unknown']({ field: `${query.field}/${query.rule}` })
  const quality = await app.runs.latest('quality')
  if (quality === null) throw collectErrors['collect.nothing-yet']()
  const params = {
    ...query,
    as_of: (await app.runs.turnOf(quality)).asOf,
    run_id: (await app.runs.latest('identity')) ?? 0,
  }
  const failing = `SELECT source, row_key, ${rule.value} AS shown FROM (${currentSourceRecords('*')})
    WHERE source = {source:String} AND (${rule.applies}) AND (${rule.fails})`
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
  return { total, rows: rows.map(row => ({ ...row, customerId: row.customerId === 0 ? null : row.customerId })) }
}
