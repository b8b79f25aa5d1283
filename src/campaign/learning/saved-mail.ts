import type { App } from '../../platform/app.ts'

/**
 * What the same messages would have cost as letters, less what they did: e-mail and short messages, and offers that went with a
 * statement. Only contacts that say what they cost count. Parameters: letter (minor units), days.
 */
const sql = `
SELECT asOf, toFloat64(sum({letter:Float64} - cost)) AS saved, count() AS messages
FROM (
  SELECT JSONExtractString(payload, 'asOf') AS asOf, JSONExtractFloat(payload, 'costMinor') AS cost,
    channel != 'letter' OR (JSONExtractString(payload, 'kind') = 'bill' AND JSONExtractString(payload, 'offer') != '') AS spared
  FROM events FINAL
  WHERE type = 'sent' AND JSONHas(payload, 'costMinor') AND has({days:Array(String)}, asOf)
)
WHERE spared
GROUP BY asOf
ORDER BY asOf`

/** By the turn's day; nothing where the policy does not say what a letter costs. */
export async function savedMail(
  app: Pick<App, 'facts'>,
  letter: number | undefined,
  days: readonly string[],
): Promise<Map<string, number>> {
  if (letter === undefined || days.length === 0) return new Map()
  const rows = await app.facts.query<{ asOf: string; saved: number }>(sql, { letter, days: [...days] })
  return new Map(rows.map(row => [row.asOf, row.saved]))
}
