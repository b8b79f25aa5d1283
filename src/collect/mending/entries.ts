/** Rows of the quarantine with what became of them, found by filters and grouped by what is alike. */
import { z } from 'zod'
import type { App } from '../../platform/app.ts'
import type { Params } from '../../platform/stores/facts/index.ts'

export const STATES = ['open', 'mended', 'discarded'] as const

export const entryFilter = z.object({
  source: z.string().optional(),
  file: z.string().optional(),
  rule: z.string().optional(),
  column: z.string().optional(),
  /** What the value looks like, see SHAPE. */
  shape: z.string().optional(),
  importId: z.number().int().optional(),
  state: z.enum(STATES).optional(),
})
export type EntryFilter = z.infer<typeof entryFilter>

export interface Entry {
  importId: number
  rowNo: number
  source: string
  file: string
  column: string
  value: string
  rule: string
  messageEn: string
  messageZh: string
  raw: string
  state: (typeof STATES)[number]
  /** The row as it was mended, as JSON. */
  mendedRaw: string
  reason: string
  mendId: number
  mendedAt: string | null
  mendedBy: number
}

/** 2011-02-30 → 9999-99-99, 王小明 → 字, maybe → a: digits by place, runs of letters and of characters as one. */
export const SHAPE = `substring(replaceRegexpAll(replaceRegexpAll(replaceRegexpAll(value, '\\\\p{Nd}', '9'), '\\\\p{Han}+', '字'), '[A-Za-z]+', 'a'), 1, 60)`

const ENTRIES = `
  SELECT q.import_id AS importId, q.row_no AS rowNo, q.source AS source, q.file AS file, q.column AS column, q.value AS value, q.rule AS rule,
         q.message_en AS messageEn, q.message_zh AS messageZh, q.raw AS raw,
         if(m.what.1 = '', 'open', m.what.1) AS state, m.what.2 AS mendedRaw, m.what.3 AS reason, m.what.4 AS mendId,
         if(m.what.1 = '', NULL, m.what.5) AS mendedAt, m.what.6 AS mendedBy, ${SHAPE} AS shape
  FROM quarantine AS q
  LEFT JOIN (
    SELECT import_id, row_no, argMax((toString(state), raw, reason, mend_id, at, user_id), mend_id) AS what
    FROM quarantine_mends WHERE replay_id = 0 OR replay_id IN (SELECT import_id FROM import_commits)
    GROUP BY import_id, row_no
  ) AS m ON m.import_id = q.import_id AND m.row_no = q.row_no
  WHERE q.import_id IN (SELECT import_id FROM import_commits)`

function where(filter: EntryFilter): { sql: string; params: Params } {
  const params: Record<string, string | number> = {}
  const terms: string[] = ['1']
  for (const name of ['source', 'file', 'rule', 'column', 'shape', 'state'] as const) {
    const value = filter[name]
    if (value === undefined) continue
    terms.push(`${name} = {${name}:String}`)
    params[name] = value
  }
  if (filter.importId !== undefined) {
    terms.push('importId = {importId:UInt64}')
    params['importId'] = filter.importId
  }
  return { sql: terms.join(' AND '), params }
}

export async function entries(
  app: App,
  filter: EntryFilter,
  offset: number,
  limit: number,
): Promise<{ total: number; rows: Entry[] }> {
  const { sql, params } = where(filter)
  const [{ total }, rows] = await Promise.all([
    app.facts.one<{ total: number }>(`SELECT count() AS total FROM (${ENTRIES}) WHERE ${sql}`, params),
    app.facts.query<Entry>(
      `SELECT * EXCEPT shape FROM (${ENTRIES}) WHERE ${sql} ORDER BY importId DESC, rowNo LIMIT {limit:UInt32} OFFSET {offset:UInt32}`,
      { ...params, offset, limit },
    ),
  ])
  return { total, rows }
}

/** Open rows under numbers given; those mended meanwhile are left out. */
export async function openEntries(app: App, keys: readonly { importId: number; rowNo: number }[]): Promise<Entry[]> {
  if (keys.length === 0) return []
  const imports = [...new Set(keys.map(key => key.importId))]
  const wanted = new Set(keys.map(key => `${key.importId} ${key.rowNo}`))
  const rows = await app.facts.query<Entry>(
    `SELECT * EXCEPT shape FROM (${ENTRIES} AND q.import_id IN {imports:Array(UInt64)}) WHERE state = 'open' ORDER BY importId, rowNo`,
    { imports },
  )
  return rows.filter(row => wanted.has(`${row.importId} ${row.rowNo}`))
}

export interface EntryGroup {
  source: string
  rule: string
  column: string
  shape: string
  count: number
  files: number
  example: string
  exampleRow: number
}

/** Open rows that are alike: the same rule, the same column, values of the same shape; the largest groups first. */
export const entryGroups = (app: App, filter: EntryFilter, limit = 200): Promise<EntryGroup[]> => {
  const { sql, params } = where({ ...filter, state: 'open' })
  return app.facts.query<EntryGroup>(
    `SELECT source, rule, column, shape, count() AS count, uniqExact(file) AS files, any(value) AS example, min(rowNo) AS exampleRow
     FROM (${ENTRIES}) WHERE ${sql} GROUP BY source, rule, column, shape ORDER BY count DESC, source, rule, column, shape LIMIT {limit:UInt32}`,
    { ...params, limit },
  )
}

export interface Facets {
  sources: { name: string; count: number }[]
  rules: { name: string; count: number }[]
  files: { name: string; count: number }[]
  columns: { name: string; count: number }[]
  states: { name: string; count: number }[]
}

/** What the filters offer. */
export async function facets(app: App): Promise<Facets> {
  const counted = async (column: string, more = '') =>
    app.facts.query<{ name: string; count: number }>(
      `SELECT toString(${column}) AS name, count() AS count FROM (${ENTRIES}) ${more} GROUP BY name ORDER BY count DESC, name LIMIT 200`,
    )
  const open = "WHERE state = 'open'"
  const [sources, rules, files, columns, states] = await Promise.all([
    counted('source', open),
    counted('rule', open),
    counted('file', open),
    counted('column', open),
    counted('state'),
  ])
  return { sources, rules, files, columns, states }
}
