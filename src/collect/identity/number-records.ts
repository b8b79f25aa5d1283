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
SELECT {run_id:UInt64} AS run_id, toUInt32(rowNumberInAllBlocks()) AS record_no, source, row_key,
       coalesce(updated_at, created_at, toDateTime(0, 'UTC')) AS at, ${FIELDS}
FROM current`

/**
 * Rows of thirty columns are written a quarter of a million at a time: the engine's own million takes half a gigabyte while it is sorted and
 * compressed.
 */
export const SMALL_BLOCKS = { min_insert_block_size_rows: 262_144, min_insert_block_size_bytes: 64 * 2 ** 20 }

/** Returns how many there are. */
export async function numberRecords(app: App, runId: number): Promise<number> {
  const { repairs } = await app.facts.one<{ repairs: number }>(
    `SELECT count() AS repairs FROM corrections WHERE kind = 'form'`,
  )
  const current = repairs > 0 ? correctedSourceRecords('*') : currentSourceRecords('*')
  // One thread: the numbers follow the order of the rows, which come sorted as they are stored.
  const settings = { ...SMALL_BLOCKS, max_threads: 1, query_plan_join_swap_table: 'false' }
  await app.facts.exec(NUMBERED(current), { run_id: runId }, { settings })
  const { records } = await app.facts.one<{ records: number }>(
    'SELECT count() AS records FROM current_records WHERE run_id = {run_id:UInt64}',
    { run_id: runId },
  )
  return records
}
