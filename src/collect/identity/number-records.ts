/** The source records a run works on: the newest version of each, repaired, numbered in the order of source and key. */
import type { App } from '../../platform/app.ts'
import { correctedSourceRecords } from '../repair/corrected.ts'
import { currentSourceRecords } from './current.ts'

const FIELDS = `kind, full_name, family_name, given_name, name_pinyin, name_initials, gender, ifNull(toString(birth_date), '') AS birth_date,
  id_number, org_code, contact_person, mobile, mobile2, landline, email, country, province, city, district, street, postcode, address2,
  account_no, language, created_at`

const NUMBERED = (current: string): string => `
INSERT INTO current_records
WITH current AS (${current})
SELECT {run_id:UInt64} AS run_id, toUInt32({first:UInt32} + rowNumberInAllBlocks()) AS record_no, source, row_key,
       coalesce(updated_at, created_at, toDateTime(0, 'UTC')) AS at, ${FIELDS}
FROM current`

/** The key in the middle: rows are stored in this order, so it is found without a sort. */
const MIDDLE = `
SELECT toString(source) AS source, row_key FROM source_records ORDER BY source, row_key LIMIT 1 OFFSET {half:UInt64}`
const BEFORE = '(source < {source:String} OR (source = {source:String} AND row_key < {row_key:String}))'

/**
 * Rows of thirty columns are written a quarter of a million at a time: the engine's own million takes half a gigabyte while it is sorted and
 * compressed.
 */
export const SMALL_BLOCKS = { min_insert_block_size_rows: 262_144, min_insert_block_size_bytes: 64 * 2 ** 20 }

/** Below this many rows one statement takes no longer than the search for the middle. */
const TWO_FROM = 200_000

/** Returns how many there are. */
export async function numberRecords(app: App, runId: number): Promise<number> {
  const { repairs, stored } = await app.facts.one<{ repairs: number; stored: number }>(
    `SELECT (SELECT count() FROM corrections WHERE kind = 'form') AS repairs, (SELECT count() FROM source_records) AS stored`,
  )
  // One thread: the numbers follow the order of the rows, which come sorted as they are stored.
  const settings = { ...SMALL_BLOCKS, max_threads: 1, query_plan_join_swap_table: 'false' }
  const number = (current: string, params: { first: number; source?: string; row_key?: string }) =>
    app.facts.exec(NUMBERED(current), { run_id: runId, ...params }, { settings })
  if (repairs > 0) await number(correctedSourceRecords('*'), { first: 0 })
  else if (stored < TWO_FROM || app.config.threads < 2) await number(currentSourceRecords('*'), { first: 0 })
  else {
    // Two halves side by side: the second begins at the number of records in the first.
    const middle = await app.facts.one<{ source: string; row_key: string }>(MIDDLE, { half: Math.floor(stored / 2) })
    const second = async () => {
      const { first } = await app.facts.one<{ first: number }>(
        `SELECT count() AS first FROM (${currentSourceRecords('source, row_key', BEFORE)})`,
        middle,
        { settings: { max_threads: 1 } },
      )
      await number(currentSourceRecords('*', `NOT ${BEFORE}`), { first, ...middle })
    }
    await Promise.all([number(currentSourceRecords('*', BEFORE), { first: 0, ...middle }), second()])
  }
  const { records } = await app.facts.one<{ records: number }>(
    'SELECT count() AS records FROM current_records WHERE run_id = {run_id:UInt64}',
    { run_id: runId },
  )
  return records
}
