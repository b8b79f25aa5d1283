import type { Facts } from '../../src/platform/stores/facts/index.ts'

/** Pairwise precision and recall of a run against the people the records were made of. */
export async function pairwiseScore(facts: Facts, runId: number) {
  const { both, found, real } = await facts.one<{ both: number; found: number; real: number }>(
    `WITH
       linked AS (
         SELECT customer_id, person
         FROM (SELECT source, row_key, customer_id FROM record_links WHERE run_id = {runId:UInt64}) AS links
         INNER JOIN (SELECT source, row_key, JSONExtractUInt(raw, 'person') AS person FROM source_records) AS truth USING (source, row_key)
       ),
       cells AS (SELECT customer_id, person, toFloat64(count()) AS n FROM linked GROUP BY customer_id, person)
     SELECT (SELECT sum(n * (n - 1) / 2) FROM cells) AS both,
            (SELECT sum(n * (n - 1) / 2) FROM (SELECT sum(n) AS n FROM cells GROUP BY customer_id)) AS found,
            (SELECT sum(n * (n - 1) / 2) FROM (SELECT sum(n) AS n FROM cells GROUP BY person)) AS real`,
    { runId },
  )
  return { precision: both / found, recall: both / real, f1: (2 * both) / (found + real) }
}

/** Of the customers before whose records none shares a person with a new record: the share that has the same number and records. */
export async function stableShare(facts: Facts, before: number, now: number): Promise<number> {
  const { kept, untouched } = await facts.one<{ kept: number; untouched: number }>(
    `WITH
       people AS (SELECT source, row_key, JSONExtractUInt(raw, 'person') AS person FROM source_records),
       were AS (SELECT source, row_key, customer_id AS was FROM record_links WHERE run_id = {before:UInt64}),
       touched AS (SELECT DISTINCT person FROM people WHERE (source, row_key) NOT IN (SELECT source, row_key FROM were)),
       pairs AS (
         SELECT were.was AS was, links.customer_id AS customer_id, people.person IN (SELECT person FROM touched) AS is_touched
         FROM were
         INNER JOIN (SELECT source, row_key, customer_id FROM record_links WHERE run_id = {now:UInt64}) AS links USING (source, row_key)
         INNER JOIN people USING (source, row_key)
       )
     SELECT count() AS untouched, countIf(same) AS kept
     FROM (SELECT was, min(customer_id = was) AS same FROM pairs GROUP BY was HAVING max(is_touched) = 0)`,
    { before, now },
  )
  return kept / untouched
}
