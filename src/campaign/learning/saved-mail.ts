import type { App } from '../../platform/app.ts'

/**
 * What messages that had to go (bills, notices, confirmations) would have cost as letters, less what they did by e-mail or short message.
 * Offers do not count: what they earned is net of what they really cost, so that the cheaper way is in it already. Only contacts that say
 * what they cost count. Parameters: letter (minor units), days.
 */
const sql = `
SELECT asOf, toFloat64(sum({letter:Float64} - cost)) AS saved, count() AS messages
FROM (
  SELECT JSONExtractString(payload, 'asOf') AS asOf, JSONExtractFloat(payload, 'costMinor') AS cost
  FROM events FINAL
  WHERE type = 'sent' AND channel != 'letter' AND JSONHas(payload, 'costMinor') AND has({days:Array(String)}, asOf)
    AND JSONExtractString(payload, 'class') != 'offer'
)
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
