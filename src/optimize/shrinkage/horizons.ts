import type { App } from '../../platform/app.ts'

/** How long each day's campaign is measured, as its events tell (plans know no campaign). Parameter: days. */
const sql = `
SELECT JSONExtractString(payload, 'asOf') AS asOf, max(JSONExtractUInt(payload, 'horizonDays')) AS days
FROM events
WHERE type = 'held-out' AND has({days:Array(String)}, asOf)
GROUP BY asOf`

export async function horizons(app: Pick<App, 'facts'>, days: readonly string[]): Promise<Map<string, number>> {
  if (days.length === 0) return new Map()
  const rows = await app.facts.query<{ asOf: string; days: number }>(sql, { days: [...days] })
  return new Map(rows.map(row => [row.asOf, row.days]))
}
