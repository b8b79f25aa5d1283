/** What was imported and what was refused, for the pages. */
import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import type { importList, quarantineList } from '../api.ts'

const VISIBLE = 'import_id IN (SELECT import_id FROM import_commits)'

export async function quarantined(app: App, offset: number, limit: number): Promise<z.output<typeof quarantineList>> {
  const [{ total }, rows] = await Promise.all([
    app.facts.one<{ total: number }>(`SELECT count() AS total FROM quarantine WHERE ${VISIBLE}`),
    app.facts.query<{
      importId: number
      source: string
      file: string
      rowNo: number
      column: string
      value: string
      rule: string
      message_en: string
      message_zh: string
    }>(
      `SELECT import_id AS importId, source, file, row_no AS rowNo, column, value, rule, message_en, message_zh FROM quarantine
       WHERE ${VISIBLE} ORDER BY import_id, row_no LIMIT {limit:UInt32} OFFSET {offset:UInt32}`,
      { offset, limit },
    ),
  ])
  return {
    total,
    rows: rows.map(({ message_en, message_zh, ...row }) => ({ ...row, message: { en: message_en, zh: message_zh } })),
  }
}

export async function imports(app: App): Promise<z.output<typeof importList>> {
  return {
    rows: await app.facts.query(
      `SELECT import_id AS importId, source, file, rows_in AS rowsIn, stored, duplicates, quarantined, committed_at AS committedAt
       FROM import_commits ORDER BY import_id DESC LIMIT 500`,
    ),
  }
}
