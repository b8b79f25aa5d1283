/** What the golden records of the last turn say to an import ahead; who is who is decided anew by the next turn. */
import type { App } from '../../platform/app.ts'
import { GOLDEN_UNITS } from '../identity/survivorship.ts'
import { comparedPeople } from '../import/commit-people.ts'
import { parsedPeople } from '../import/people.ts'
import type { Mapping } from '../mapping.ts'
import { changesSql } from './compare.ts'
import type { DryRunReport } from './report.ts'

/** Provenance is kept by unit (an address, a name): field → unit. */
const UNIT_OF = Object.fromEntries(GOLDEN_UNITS.flatMap(({ unit, fields }) => fields.map(field => [field, unit])))

export async function goldenAhead(
  app: App,
  id: number,
  mapping: Mapping,
  fresh: number,
): Promise<DryRunReport['golden']> {
  const run = await app.runs.latest('identity')
  if (run === null) return null
  const joins = await joining(app, id, mapping, run)
  const { follows, outranked, examples } = await following(app, id, mapping, run)
  return {
    joins,
    newCustomers: fresh - joins,
    follows,
    outranked,
    examples: examples.map(([customerId, field, before, after]) => ({
      customerId: Number(customerId),
      field,
      before,
      after,
    })),
  }
}

async function joining(app: App, id: number, mapping: Mapping, run: number): Promise<number> {
  const { keys, fresh } = comparedPeople(id)
  const { joins } = await app.facts.one<{ joins: number }>(
    `WITH
       stored AS (SELECT DISTINCT row_key FROM source_records WHERE source = {source:String} AND import_id IN (SELECT import_id FROM import_commits)),
       news AS (
         SELECT row_key, account_no, email, mobile FROM ${parsedPeople(id)}
         WHERE row_no IN (SELECT row_no FROM ${keys} WHERE row_no IN (SELECT row_no FROM ${fresh}) AND row_key NOT IN (SELECT row_key FROM stored))
       ),
       golden AS (SELECT accounts, email, mobile FROM golden_records WHERE run_id = {run:UInt64})
     SELECT uniqExact(row_key) AS joins FROM news
     WHERE (account_no != '' AND account_no IN (SELECT arrayJoin(accounts) FROM golden))
        OR (email != '' AND email IN (SELECT email FROM golden WHERE email != ''))
        OR (mobile != '' AND mobile IN (SELECT mobile FROM golden WHERE mobile != ''))`,
    { source: mapping.source, run },
  )
  return joins
}

interface Following {
  follows: number
  outranked: number
  examples: [number, string, string, string][]
}

const following = (app: App, id: number, mapping: Mapping, run: number): Promise<Following> =>
  app.facts.one<Following>(
    `WITH
       changes AS (SELECT row_key, change.1 AS field, change.2 AS before, change.3 AS after FROM (${changesSql(id)}) WHERE change.1 != ''),
       links AS (
         SELECT row_key, any(customer_id) AS customer_id FROM record_links
         WHERE run_id = {run:UInt64} AND source = {source:String} AND row_key IN (SELECT row_key FROM changes) GROUP BY row_key
       ),
       golden AS (
         SELECT customer_id, provenance FROM golden_records WHERE run_id = {run:UInt64} AND customer_id IN (SELECT customer_id FROM links)
       ),
       placed AS (
         SELECT links.customer_id AS customer_id, changes.field AS field, before, after, changes.row_key AS its_key,
                JSONExtractString(provenance, {units:Map(String, String)}[changes.field], 'source') AS won,
                JSONExtractString(provenance, {units:Map(String, String)}[changes.field], 'rowKey') AS won_key
         FROM changes INNER JOIN links ON links.row_key = changes.row_key INNER JOIN golden ON golden.customer_id = links.customer_id
         WHERE mapContains({units:Map(String, String)}, changes.field)
       )
     SELECT countIf(won = {source:String} AND won_key = its_key) AS follows,
            countIf(won != '' AND NOT (won = {source:String} AND won_key = its_key)) AS outranked,
            groupArraySortedIf(8)((customer_id, field, before, after), won = {source:String} AND won_key = its_key) AS examples
     FROM placed`,
    { source: mapping.source, run, units: UNIT_OF },
  )
