/** Golden records: per customer and field the surviving value, with its source and the values it beat. */
import type { StepContext } from '../../platform/app.ts'
import { createStaging, dropStaging } from '../import/stage-file.ts'
import { linkTable } from './resolve.ts'
import { BELIEF, GATHERED, GOLDEN_UNITS, JUDGED, RECORD_FIELDS, rankedCandidates } from './survivorship.ts'

/** Records handled at a time; each takes about 2 kB as arrays in the engine. */
const RECORDS_A_PASS = 120_000

const sliceOf = (unit: string, place: number): string => `if(empty(${unit}_ranked), '', ${unit}_ranked[1].1[${place}])`

/** Field of a golden record from its unit. */
function golden(field: string): string {
  const unit = GOLDEN_UNITS.find(candidate => candidate.fields.includes(field))
  if (!unit) throw new Error(`no unit has ${field}`)
  return sliceOf(unit.unit, unit.fields.indexOf(field) + 1)
}

const PROVENANCE_TYPE =
  'Map(String, Tuple(source String, rowKey String, at String, beat Array(Tuple(value String, source String, rowKey String, why String))))'

/** Of the beaten candidates those that say something else; why: the first thing in which they are worse. */
const provenance = (unit: string): string => `
  ('${unit}', (${unit}_ranked[1].5, ${unit}_ranked[1].6, formatDateTime(${unit}_ranked[1].4, '%Y-%m-%dT%H:%i:%SZ', 'UTC'),
    arrayMap(c -> (${unit === 'address' ? "arrayStringConcat(arrayFilter(v -> v != '', c.1), ', ')" : 'c.1[1]'}, c.5, c.6,
        multiIf(c.2 < ${unit}_ranked[1].2, 'invalid', c.4 < ${unit}_ranked[1].4, 'older', c.3 < ${unit}_ranked[1].3, 'less trusted', 'equal')),
      arraySlice(arrayFilter(c -> c.1[1] != ${unit}_ranked[1].1[1], ${unit}_ranked), 1, 10))))`

const GOLDEN = (linked: string): string => `
INSERT INTO golden_records (run_id, customer_id, kind, name, family_name, given_name, name_pinyin, name_initials, gender, birth_date, id_number,
  org_code, contact_person, mobile, landline, email, country, province, city, district, street, postcode, language, accounts, records, since, provenance)
WITH
  source_rows AS (
    SELECT customer_id, kind, account_no, created_at, source, row_key, at,
           toFloat64({trust:Map(String, Float64)}[source]) AS trust, ${RECORD_FIELDS.map(field => `toString(${field}) AS ${field}`).join(', ')}
    FROM ${linked} WHERE customer_id >= {from:UInt64} AND customer_id < {to:UInt64}
  ),
  -- What customers said of themselves, as records of a source of full trust.
  told AS (
    SELECT if(redirects.customer_id = 0, events.customer_id, redirects.customer_id) AS customer_id, event_id, toDateTime(at, 'UTC') AS at,
           JSONExtract(payload, 'fields', 'Map(String, String)') AS said
    FROM (SELECT * FROM events FINAL WHERE type = 'answer') AS events
    LEFT JOIN (SELECT old_id, customer_id FROM customer_redirects WHERE run_id = {run_id:UInt64}) AS redirects ON redirects.old_id = events.customer_id
  ),
  answers AS (
    SELECT customer_id, '' AS kind, '' AS account_no, CAST(NULL, 'Nullable(DateTime(\\'UTC\\'))') AS created_at, 'customer' AS source,
           event_id AS row_key, at, toFloat64(1) AS trust, ${RECORD_FIELDS.map(field => `said['${field}'] AS ${field}`).join(', ')}
    FROM told WHERE customer_id >= {from:UInt64} AND customer_id < {to:UInt64}
  ),
  customers AS (
    SELECT customer_id, anyIf(kind, kind != '') AS kind, arraySort(groupUniqArrayIf(account_no, account_no != '')) AS accounts,
           countIf(source != 'customer') AS record_count, min(created_at) AS since,
           ${GATHERED}
    FROM (SELECT *, ${BELIEF} AS belief, ${JUDGED} FROM (SELECT * FROM source_rows UNION ALL SELECT * FROM answers))
    GROUP BY customer_id
    HAVING record_count > 0
  ),
  ranked AS (
    SELECT customer_id, kind, accounts, record_count, since,
           ${GOLDEN_UNITS.map(unit => `${rankedCandidates(unit)} AS ${unit.unit}_ranked`).join(',\n           ')}
    FROM customers
  )
SELECT {run_id:UInt64}, customer_id, kind, ${['full_name', 'family_name', 'given_name', 'name_pinyin', 'name_initials', 'gender'].map(golden).join(', ')},
       toDate32OrNull(${golden('birth_date')}), ${['id_number', 'org_code', 'contact_person', 'mobile', 'landline', 'email', 'country', 'province', 'city', 'district', 'street', 'postcode'].map(golden).join(', ')},
       multiIf(${golden('language')} != '', ${golden('language')}, match(${golden('full_name')}, '\\\\p{Han}'), 'zh-CN', 'en'),
       accounts, record_count, since,
       toJSONString(CAST(arrayFilter(p -> p.2.1 != '', [${GOLDEN_UNITS.map(unit => provenance(unit.unit)).join(', ')}]), '${PROVENANCE_TYPE}'))
FROM ranked`

/** Records in the order of their customers, so that a pass reads its own alone. */
async function linkRecords({ app, runId }: StepContext, linked: string): Promise<void> {
  const fields = ['kind', 'account_no', 'source', 'row_key', ...RECORD_FIELDS]
  const texts = Object.fromEntries(fields.map(field => [field, 'String']))
  await createStaging(
    app,
    linked,
    { customer_id: 'UInt64', ...texts, at: "DateTime('UTC')", created_at: "Nullable(DateTime('UTC'))" },
    'customer_id',
  )
  await app.facts.exec(
    `INSERT INTO ${linked} (customer_id, ${fields.join(', ')}, at, created_at)
     SELECT links.customer_id, ${fields.join(', ')}, at, created_at
     FROM (SELECT * FROM current_records WHERE run_id = {run_id:UInt64}) AS current
     INNER JOIN ${linkTable(runId)} AS links USING (record_no)`,
    { run_id: runId },
  )
}

export async function buildGoldenRecords(ctx: StepContext, records: number): Promise<void> {
  const { app, runId, turn, progress } = ctx
  const linked = `staging_links_${runId}_records`
  await linkRecords(ctx, linked)
  const trust = await sourceTrust(app)
  const { last } = await app.facts.one<{ last: number }>(`SELECT max(customer_id) AS last FROM ${linked}`)
  const passes = Math.max(1, Math.ceil(records / RECORDS_A_PASS))
  const step = Math.ceil((last + 1) / passes)
  const now = new Date(`${turn.asOf}T00:00:00Z`)
  for (let from = 0; from <= last; from += step) {
    await app.facts.exec(GOLDEN(linked), { run_id: runId, from, to: from + step, trust, now })
    progress(6 + (2 * Math.min(from + step, last)) / last, 10, 'golden records')
  }
  await dropStaging(app, linked)
}

async function sourceTrust(app: StepContext['app']): Promise<Record<string, number>> {
  const sources = await app.workflow.db.selectFrom('collect_sources').select(['source', 'mapping']).execute()
  return Object.fromEntries(sources.map(({ source, mapping }) => [source, mapping.trust]))
}
