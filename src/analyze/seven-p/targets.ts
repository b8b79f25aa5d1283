import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import type { target, targetList } from './api.ts'
import { ALL, type Asked } from './asked.ts'
import { ofRun } from './choices.ts'
import { SUM_OF } from './metric.ts'
import { segmentText } from './parts.ts'
import { addMonths, lastMonthOf, monthAt, monthIndex } from './period.ts'

type Target = z.infer<typeof target>

/** Targets of a metric, by segment and month. */
export async function targetsOf(app: Pick<App, 'workflow'>, metric: Target['metric']): Promise<Map<string, number>> {
  const rows = await app.workflow.db
    .selectFrom('insight_targets')
    .select(['segment', 'month', 'amount'])
    .where('metric', '=', metric)
    .execute()
  return new Map(rows.map(row => [`${row.segment}\n${row.month}`, row.amount]))
}

/** Sets each, or takes it away when its amount is null; all or none. */
export async function setTargets(app: App, userId: number, targets: readonly Target[]): Promise<void> {
  await app.workflow.transaction(async tx => {
    for (const { segment, month, metric, amount } of targets) {
      await tx
        .deleteFrom('insight_targets')
        .where('segment', '=', segment)
        .where('month', '=', month)
        .where('metric', '=', metric)
        .execute()
      if (amount !== null)
        await tx
          .insertInto('insight_targets')
          .values({ segment, month, metric, amount, set_by: userId, set_at: new Date() })
          .execute()
    }
  })
}

/** The targets around the date: six months back, twelve on; and what happened in the same months a year before. */
export async function targetsPage(ask: Asked): Promise<z.infer<typeof targetList>> {
  const { metric } = ask.filter
  const { cells } = await ofRun(ask)
  const first = addMonths(lastMonthOf(ask.runs.asOf), -5)
  const months = Array.from({ length: 18 }, (_, k) => monthAt(monthIndex(first) + k))
  const [targets, before] = await Promise.all([
    targetsOf(ask.app, metric),
    ask.app.facts.query<{ segment: string; month: string; amount: number }>(
      `SELECT segment, formatDateTime(month + INTERVAL 1 YEAR, '%Y-%m') AS month, ${SUM_OF[metric]} AS amount
       FROM seven_p_months AS sums WHERE ${ALL} GROUP BY GROUPING SETS ((segment, sums.month), (sums.month)) ORDER BY segment, month`,
      ask.params,
    ),
  ])
  const ids = ['', ...new Set(cells.map(cell => cell.segment))]
  return {
    months,
    segments: ids.map(id => ({ id, name: id === '' ? { en: 'All customers', zh: '全体客户' } : segmentText(ask, id) })),
    rows: [...targets].map(([key, amount]) => {
      const [segment = '', month = ''] = key.split('\n')
      return { segment, month, metric, amount }
    }),
    before: before.filter(row => months.includes(row.month)),
  }
}
