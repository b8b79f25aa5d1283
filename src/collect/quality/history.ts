/** Scores over time: every check that can be seen, oldest first. */
import type { App } from '../../platform/app.ts'
import { type Scored, scoreOf } from './score.ts'

export interface CheckSeen {
  checkId: number
  at: Date
  asOf: string
}

export interface Point {
  at: string
  asOf: string
  score: number
}

/** Checks that are done and whose turn's run, if they have one, is committed; newest first. */
export async function checksSeen(app: App, limit: number): Promise<CheckSeen[]> {
  const rows = await app.workflow.db
    .selectFrom('collect_quality_checks as checks')
    .leftJoin('runs', 'runs.id', 'checks.run_id')
    .select(['checks.check_id as checkId', 'checks.at as at', 'checks.as_of as asOf'])
    .where('checks.state', '=', 'done')
    .where(eb => eb.or([eb('checks.run_id', 'is', null), eb('runs.state', '=', 'committed')]))
    .orderBy('checks.check_id', 'desc')
    .limit(limit)
    .execute()
  return rows
}

const MARKS = `
SELECT check_id AS checkId, source, field, severity, sum(checked) AS checked, sum(failed) AS failed
FROM quality_marks WHERE check_id IN {ids:Array(UInt64)}
GROUP BY checkId, source, field, severity`

/** Points by source and by `source field`. */
export async function scoreHistory(app: App, checks: readonly CheckSeen[]): Promise<Map<string, Point[]>> {
  if (checks.length === 0) return new Map()
  const rows = await app.facts.query<{ checkId: number; source: string; field: string } & Scored>(MARKS, {
    ids: checks.map(check => check.checkId),
  })
  const groups = new Map<string, Map<number, Scored[]>>()
  const add = (key: string, checkId: number, row: Scored): void => {
    const of = groups.get(key) ?? new Map<number, Scored[]>()
    groups.set(key, of)
    of.set(checkId, [...(of.get(checkId) ?? []), row])
  }
  for (const row of rows) {
    add(row.source, row.checkId, row)
    add(`${row.source} ${row.field}`, row.checkId, row)
  }
  const oldestFirst = [...checks].reverse()
  return new Map(
    [...groups].map(([key, of]) => [
      key,
      oldestFirst.flatMap(({ checkId, at, asOf }) => {
        const marks = of.get(checkId)
        return marks ? [{ at: at.toISOString(), asOf, score: scoreOf(marks) }] : []
      }),
    ]),
  )
}
