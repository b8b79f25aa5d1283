import type { App } from '../../../platform/app.ts'

const seenSql = `
SELECT
  (SELECT (count(), sum(version)) FROM golden_records WHERE run_id = {identityRun:UInt64}) AS people,
  (SELECT (count(), sum(version)) FROM purchases WHERE run_id = {identityRun:UInt64}) AS lines,
  (SELECT (count(), sum(version)) FROM customer_attributes WHERE run_id = {identityRun:UInt64}) AS answers,
  (SELECT count() FROM events WHERE at < toDateTime64({asOf:Date}, 3, 'UTC')) AS happened,
  (SELECT count() FROM import_commits) AS imports`

/**
 * What the features of a date rest on, in a few numbers: another text means that rows have arrived or customers have changed
 * since. Versions count every row that was replaced within the run.
 */
export async function rowsSeen(app: App, at: { identityRun: number; asOf: string }): Promise<string> {
  return JSON.stringify(await app.facts.one(seenSql, at))
}
