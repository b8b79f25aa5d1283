/**
 * What this company has seen of its values: versions of each source record, and what customers said of themselves. Two statements of the
 * same value say that it held in between; two different ones, that it changed: between the import before and the one that brought the
 * change (a correction that came late, when it is dated), or since the statement that the customer contradicts. A value that its source
 * has not changed is taken to hold from the first import (what went wrong before never came in) as far as its imports reach, less the time by which its corrections come late: 95 % of
 * them are in by then, and what came sooner after it is left out on both sides.
 */
import type { App } from '../../platform/app.ts'
import { DAYS_A_MONTH, type Observed } from './estimate.ts'

/** Fields that decay, with the column that tells and the name under which customers answer it. */
export const DECAYING = {
  mobile: 'mobile',
  landline: 'landline',
  email: 'email',
  address: 'street',
  name: 'full_name',
} as const
export type DecayingField = keyof typeof DECAYING
export const DECAYING_FIELDS = Object.keys(DECAYING) as DecayingField[]

/**
 * `own` 1: a version of the record; 0: the customer's word. An answer given while an old date is replayed counts as of that date.
 * A customer's word that the source then contradicts tells nothing: the source had not heard of it.
 */
const OBSERVED = (column: string): string => `
WITH
  imports AS (SELECT import_id, committed_at FROM import_commits),
  versions AS (
    SELECT source, row_key, import_id, row_no, least(toDateTime(ifNull(updated_at, committed_at), 'UTC'), toDateTime(committed_at, 'UTC')) AS at,
           isNotNull(updated_at) AS dated, toDateTime(committed_at, 'UTC') AS came, ${column} AS value
    FROM source_records INNER JOIN imports USING (import_id)
  ),
  reaches AS (
    SELECT source, import_id, max(reached) OVER (PARTITION BY source ORDER BY import_id) AS reach
    FROM (SELECT source, import_id, if(countIf(dated) > 0, max(at), max(came)) AS reached FROM versions GROUP BY source, import_id)
  ),
  spans AS (
    SELECT source, import_id, reach,
           lagInFrame(reach, 1, toDateTime(0, 'UTC')) OVER (PARTITION BY source ORDER BY import_id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS before
    FROM reaches
  ),
  ends AS (
    SELECT source, min(reach) AS first, max(reach) - toUInt64(ifNotFinite(quantileExactIf(0.95)(toInt64(before) - toInt64(at), before > toDateTime(0, 'UTC') AND at < before), 0)) AS until
    FROM versions INNER JOIN spans USING (source, import_id) GROUP BY source
  ),
  said AS (
    SELECT source, row_key, at, 1 AS own, value, before, least(reach, until) AS known, greatest(at, first) AS watched
    FROM versions INNER JOIN spans USING (source, import_id) INNER JOIN ends USING (source) WHERE at <= until
    UNION ALL
    SELECT links.source AS source, links.row_key AS row_key, least(told.at, toDateTime({as_of:String}, 'UTC')) AS at, 0 AS own, told.value AS value,
           toDateTime(0, 'UTC') AS before, at AS known, at AS watched
    FROM (SELECT customer_id, toDateTime(at, 'UTC') AS at, JSONExtractString(payload, 'fields', '${column}') AS value FROM events FINAL WHERE type = 'answer') AS told
    INNER JOIN (SELECT customer_id, source, row_key FROM record_links WHERE run_id = {run_id:UInt64}) AS links USING (customer_id)
    WHERE told.value != ''
  ),
  records AS (
    SELECT source, arraySort(statement -> (statement.1, 1 - statement.2), groupArray((at, own, value, before, known, watched))) AS statements
    FROM said GROUP BY source, row_key
    HAVING has(groupArray(own), 1)
  ),
  -- Of two neighbours: nothing learnt, held, or held up to the last look that could have shown a change and changed in the gap after it.
  -- What follows a change is known to be right from the end of the gap, so the rest of it is taken off again.
  steps AS (
    SELECT source, arrayConcat(
      arrayFlatten(arrayMap((a, b) -> multiIf(
          a.3 = '' OR b.3 = '', CAST([], 'Array(Tuple(UInt8, Int64))'),
          a.3 = b.3, [(toUInt8(0), if(b.2 = 1, toInt64(b.6) - toInt64(a.6), toInt64(b.1) - toInt64(a.1)))],
          (a.2 = 0 AND b.2 = 1) OR b.1 < a.1 + 86400, CAST([], 'Array(Tuple(UInt8, Int64))'),
          b.2 = 0, [(toUInt8(1), toInt64(b.1) - toInt64(a.1))],
          b.6 < a.6 + 86400, CAST([], 'Array(Tuple(UInt8, Int64))'),
          b.4 > b.1 OR a.5 = b.5, [(toUInt8(0), toInt64(b.6) - toInt64(a.6)), (toUInt8(1), toInt64(0))],
          [(toUInt8(0), toInt64(greatest(a.6, b.4)) - toInt64(a.6)), (toUInt8(1), toInt64(b.5) - toInt64(greatest(a.6, b.4))),
           (toUInt8(0), toInt64(b.6) - toInt64(b.5))]),
        arrayPopBack(statements), arrayPopFront(statements))),
      if(statements[-1].2 = 1 AND statements[-1].3 != '', [(toUInt8(0), greatest(toInt64(0), toInt64(until) - toInt64(statements[-1].6)))],
         CAST([], 'Array(Tuple(UInt8, Int64))'))) AS spans
    FROM records INNER JOIN ends USING (source)
  )
SELECT source, span.1 AS changed, if(span.1 = 1, intDiv(span.2 + 43200, 86400), 0) AS days, count() AS times, sum(span.2) / 86400 AS total
FROM steps ARRAY JOIN spans AS span
GROUP BY source, changed, days`

export async function observed(app: App, field: DecayingField, asOf: string): Promise<Observed[]> {
  const rows = await app.facts.query<{ source: string; changed: number; days: number; times: number; total: number }>(
    OBSERVED(DECAYING[field]),
    { as_of: asOf, run_id: (await app.runs.latest('identity')) ?? 0 },
  )
  return [...Map.groupBy(rows, row => row.source)].map(([source, of]) => ({
    source,
    held:
      Math.max(
        0,
        of.filter(row => row.changed === 0).reduce((sum, row) => sum + row.total, 0),
      ) / DAYS_A_MONTH,
    changes: of.filter(row => row.changed === 1).map(row => ({ gap: row.days / DAYS_A_MONTH, count: row.times })),
  }))
}
