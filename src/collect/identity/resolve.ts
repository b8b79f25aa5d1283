/** Which source records are one customer: numbered, matched, given customer numbers that stay, written as links. */
import type { StepContext } from '../../platform/app.ts'
import { createStaging, dropStaging } from '../import/stage-file.ts'
import { matchPeople } from '../match/index.ts'
import { readCoded } from './coded-values.ts'
import { currentSourceRecords } from './current.ts'
import { kindLabels, MATCH_FIELDS, matchTable } from './match-table.ts'
import { stableIds } from './stable-ids.ts'

const FIELDS = `kind, full_name, family_name, given_name, name_pinyin, name_initials, gender, ifNull(toString(birth_date), '') AS birth_date,
  id_number, org_code, contact_person, mobile, mobile2, landline, email, country, province, city, district, street, postcode, address2,
  account_no, language, created_at`

const NUMBER_RECORDS = `
INSERT INTO current_records
WITH current AS (${currentSourceRecords('*')})
SELECT {run_id:UInt64} AS run_id, toUInt32(rowNumberInAllBlocks()) AS record_no, source, row_key,
       coalesce(updated_at, created_at, toDateTime(0, 'UTC')) AS at, ${FIELDS}
FROM current`

const PREVIOUS = `
SELECT record_no, links.customer_id AS customer_id
FROM (SELECT record_no, source, row_key FROM current_records WHERE run_id = {run_id:UInt64}) AS records
INNER JOIN (SELECT source, row_key, customer_id FROM record_links WHERE run_id = {previous:UInt64}) AS links USING (source, row_key)`

export interface Resolved {
  records: number
  customers: number
  organisations: number
  merged: number
  changedIds: number
}

/** Staging of one run's links: record number, customer, probability. */
export const linkTable = (runId: number): string => `staging_links_${runId}`

export async function resolveIdentities({ app, runId, progress }: StepContext): Promise<Resolved> {
  const { facts } = app
  progress(0, 10, 'records')
  // One thread: the numbers follow the order of the rows, which come sorted as they are stored.
  await facts.exec(NUMBER_RECORDS, { run_id: runId }, { settings: { max_threads: 1 } })
  const { records } = await facts.one<{ records: number }>(
    'SELECT count() AS records FROM current_records WHERE run_id = {run_id:UInt64}',
    {
      run_id: runId,
    },
  )
  const fields = await readCoded(
    facts,
    MATCH_FIELDS,
    records,
    `SELECT ${MATCH_FIELDS.join(', ')} FROM current_records WHERE run_id = {run_id:UInt64} ORDER BY record_no`,
    { run_id: runId },
  )
  progress(1, 10, 'match')
  const matched = await matchPeople(matchTable(records, fields), {
    threads: app.config.threads,
    apart: [kindLabels(records, fields.kind)],
  })
  progress(5, 10, 'customer numbers')
  const previousRun = await app.runs.latest('identity')
  const previous = new Float64Array(records)
  if (previousRun !== null) {
    for await (const batch of facts.stream(PREVIOUS, { run_id: runId, previous: previousRun })) {
      const record = batch.u32('record_no')
      const customer = batch.f64('customer_id')
      for (let r = 0; r < batch.rows; r++) previous[record[r]!] = customer[r]!
    }
  }
  const { next } = await facts.one<{ next: number }>('SELECT max(customer_id) + 1 AS next FROM record_links')
  const ids = stableIds(matched.entity, previous, next)
  await writeLinks(app, runId, ids.customer, matched.probability)
  await writeRedirects(app, runId, previousRun, ids.redirects)
  let organisations = 0
  for (let i = 0; i < records; i++) if (matched.entity[i] === i && fields.kind.at(i) === 'organisation') organisations++
  return {
    records,
    customers: matched.entities,
    organisations,
    merged: records - matched.entities,
    changedIds: ids.changed,
  }
}

async function writeLinks(
  app: StepContext['app'],
  runId: number,
  customer: Float64Array,
  probability: Float32Array,
): Promise<void> {
  const table = linkTable(runId)
  await createStaging(app, table, { record_no: 'UInt32', customer_id: 'UInt64', probability: 'Float32' }, 'record_no')
  await app.facts.insertColumns(table, {
    record_no: { type: 'UInt32', values: Uint32Array.from(customer, (_, i) => i) },
    customer_id: { type: 'UInt64', values: customer },
    probability: { type: 'Float32', values: probability },
  })
  await app.facts.exec(
    `INSERT INTO record_links (run_id, customer_id, source, row_key, account_no, probability)
     SELECT {run_id:UInt64}, customer_id, source, row_key, account_no, probability
     FROM (SELECT record_no, source, row_key, account_no FROM current_records WHERE run_id = {run_id:UInt64}) AS records
     INNER JOIN ${table} AS links USING (record_no)`,
    { run_id: runId },
  )
}

/** Earlier redirects are carried on, through this run's where their target moved again. */
async function writeRedirects(
  app: StepContext['app'],
  runId: number,
  previousRun: number | null,
  fresh: Map<number, number>,
): Promise<void> {
  const rows = new Map(fresh)
  if (previousRun !== null) {
    const old = await app.facts.query<{ old_id: number; customer_id: number }>(
      'SELECT old_id, customer_id FROM customer_redirects WHERE run_id = {previous:UInt64}',
      { previous: previousRun },
    )
    for (const { old_id, customer_id } of old) rows.set(old_id, fresh.get(customer_id) ?? customer_id)
  }
  if (rows.size === 0) return
  await app.facts.insertColumns('customer_redirects', {
    run_id: { type: 'UInt64', values: Array.from(rows, () => runId) },
    old_id: { type: 'UInt64', values: [...rows.keys()] },
    customer_id: { type: 'UInt64', values: [...rows.values()] },
  })
}

export const dropLinkTable = (app: StepContext['app'], runId: number): Promise<unknown> =>
  dropStaging(app, linkTable(runId))
