import type { Facts } from '../../platform/stores/facts/index.ts'
import { figures } from './figures.ts'

/** All figures of every segment and of everybody ('') in one pass over the customers. */
const figuresSql = `
SELECT
  m.segment AS segment,
  toUInt64(count()) AS customers,
  ${figures.map((figure, k) => `toFloat64(ifNull(${figure.sql}, nan)) AS figure${k}`).join(',\n  ')}
FROM features AS f
INNER JOIN scores AS s ON s.customer_id = f.customer_id
INNER JOIN segment_members AS m ON m.customer_id = f.customer_id
WHERE f.run_id = {featuresRun:UInt64} AND s.run_id = {modelsRun:UInt64} AND m.run_id = {segmentsRun:UInt64}
GROUP BY GROUPING SETS ((segment), ())`

/** Writes board_figures; a figure that cannot be said of a segment (nobody bought, nobody answered) is left out. */
export async function fillBoard(
  facts: Facts,
  { runId, ...runs }: { runId: number; featuresRun: number; modelsRun: number; segmentsRun: number },
): Promise<void> {
  const groups = await facts.query<{ segment: string; customers: number } & Record<`figure${number}`, number>>(
    figuresSql,
    runs,
  )
  await facts.insert(
    'board_figures',
    groups.flatMap(group =>
      figures.flatMap(({ p, id }, k) => {
        const value = group[`figure${k}`]!
        return Number.isFinite(value)
          ? [{ run_id: runId, p, figure: id, segment: group.segment, value, customers: group.customers }]
          : []
      }),
    ),
  )
}
