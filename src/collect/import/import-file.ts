/**
 * One file in: stage, parse, store, then one commit row that makes it all visible. Killed before that row, nothing of it is
 * ever seen, and the next import sweeps it away and starts again.
 */
import type { App, Progress } from '../../platform/app.ts'
import { collectErrors } from '../errors.ts'
import { isAddress } from '../importers/address.ts'
import type { Mapping } from '../mapping.ts'
import { MOST_BAD } from './checked-rows.ts'
import { lastCursor } from './cursor.ts'
import { dropStagingTables, parseStaged, stagingFor, stagingTables, storeStaged } from './import-parts.ts'
import { fileHead, nameOf, sha256Of } from './read-text.ts'
import { type BadRow, cut, messageOf } from './rules.ts'
import { dropStaging, stageFile } from './stage-file.ts'

export interface ImportResult {
  importId: number
  source: string
  file: string
  rowsIn: number
  stored: number
  duplicates: number
  quarantined: number
  /** True when the same bytes had been imported before, so that nothing was done. */
  known: boolean
  seconds: number
}

export interface ImportHow {
  /**
   * The rows are mended ones of that import's quarantine: they keep its file name and their numbers. They were counted as rows
   * in already, so this import's commit says how many it takes out of the quarantine; those still wrong stay where they are.
   */
  replay?: {
    importId: number
    file: string
    /** Told which rows are still refused, under the number of the import that is about to be committed. */
    beforeCommit(importId: number, refused: readonly BadRow[]): Promise<void>
  }
}

export async function importFile(
  app: App,
  mapping: Mapping,
  path: string,
  progress: Progress = () => undefined,
  how: ImportHow = {},
): Promise<ImportResult> {
  const started = performance.now()
  const seconds = () => Math.round(performance.now() - started) / 1000
  const file = how.replay?.file ?? nameOf(path)
  const head = await fileHead(path)
  // Only when the source has been read before must the bytes be known first; else they are summed up while the engine reads.
  const summing = sha256Of(path)
  summing.catch(() => undefined)
  const before = how.replay ? null : await committedImport(app, mapping, summing)
  if (before) return { ...before, source: mapping.source, file, known: true, seconds: seconds() }
  const importId = await app.runs.nextId('import')
  await app.workflow.db
    .insertInto('collect_imports')
    .values({
      import_id: importId,
      source: mapping.source,
      file,
      sha256: '',
      state: 'running',
      started_at: new Date(),
    })
    .execute()
  try {
    progress(0, 4, file)
    const since = isAddress(path) ? await lastCursor(app, mapping) : undefined
    const target = await stagingFor(app, importId, mapping)
    const staged = await stageFile(app, importId, path, head, mapping, target, since)
    progress(1, 4, file)
    const bad = [...staged.bad, ...(await parseStaged(app, importId, staged.table, mapping))]
    if (bad.length > MOST_BAD) throw collectErrors['collect.file-mostly-bad']({ file, bad: MOST_BAD })
    progress(2, 4, file)
    const stored = await storeStaged(
      app,
      importId,
      staged.table,
      mapping,
      staged.rows - bad.length,
      how.replay?.importId,
    )
    progress(3, 4, file)
    const { duplicates } = stored
    const counts = { rowsIn: staged.rows, stored: stored.stored, duplicates, quarantined: bad.length }
    if (how.replay) await how.replay.beforeCommit(importId, bad)
    else await quarantineRows(app, importId, mapping, file, bad)
    const sha256 = await summing
    await app.workflow.db
      .updateTable('collect_imports')
      .set({ sha256: markOf(mapping, sha256) })
      .where('import_id', '=', importId)
      .execute()
    await commit(app, importId, mapping, file, sha256, counts, how, staged.cursor)
    progress(4, 4, file)
    return { importId, source: mapping.source, file, ...counts, known: false, seconds: seconds() }
  } catch (error) {
    await removeImport(app, importId).catch(() => undefined)
    await app.workflow.db
      .updateTable('collect_imports')
      .set({ state: 'failed' })
      .where('import_id', '=', importId)
      .execute()
    throw error
  } finally {
    await dropStagingTables(app, importId)
  }
}

/** The bytes alone do not say whether an import would do the same: the mapping's version belongs to it. */
const markOf = (mapping: Mapping, sha256: string): string => `${sha256}@${mapping.version}`

async function committedImport(app: App, mapping: Mapping, summing: Promise<string>) {
  const before = await app.workflow.db
    .selectFrom('collect_imports')
    .select(['import_id', 'sha256'])
    .where('source', '=', mapping.source)
    .where('state', '!=', 'failed')
    .execute()
  if (before.length === 0) return null
  const mark = markOf(mapping, await summing)
  const known = before.filter(({ sha256 }) => sha256 === mark)
  if (known.length === 0) return null
  const [row] = await app.facts.query<{
    importId: number
    rowsIn: number
    stored: number
    duplicates: number
    quarantined: number
  }>(
    `SELECT import_id AS importId, rows_in AS rowsIn, stored, duplicates, quarantined FROM import_commits
     WHERE import_id IN {ids:Array(UInt64)} LIMIT 1`,
    { ids: known.map(({ import_id }) => import_id) },
  )
  return row ?? null
}

async function quarantineRows(
  app: App,
  importId: number,
  mapping: Mapping,
  file: string,
  bad: BadRow[],
): Promise<void> {
  for (let from = 0; from < bad.length; from += 5000) {
    await app.facts.insert(
      'quarantine',
      bad.slice(from, from + 5000).map(row => {
        const message = messageOf(row)
        return {
          import_id: importId,
          source: mapping.source,
          file,
          row_no: row.rowNo,
          column: row.column,
          value: cut(row.value, 500),
          rule: row.rule,
          message_en: message.en,
          message_zh: message.zh,
          raw: row.raw,
        }
      }),
    )
  }
}

async function commit(
  app: App,
  importId: number,
  mapping: Mapping,
  file: string,
  sha256: string,
  counts: { rowsIn: number; stored: number; duplicates: number; quarantined: number },
  { replay }: ImportHow,
  cursor: string | undefined,
): Promise<void> {
  await app.facts.insert('import_commits', [
    {
      import_id: importId,
      source: mapping.source,
      file,
      file_sha256: sha256,
      rows_in: replay ? 0 : counts.rowsIn,
      stored: counts.stored,
      duplicates: counts.duplicates,
      quarantined: replay ? 0 : counts.quarantined,
      replay_of: replay?.importId ?? 0,
      mended: replay ? counts.stored + counts.duplicates : 0,
      committed_at: new Date(),
    },
  ])
  await app.workflow.db
    .updateTable('collect_imports')
    .set({ state: 'committed', cursor: cursor ?? null })
    .where('import_id', '=', importId)
    .execute()
}

const WRITTEN = ['source_records', 'sale_lines', 'products', 'consents', 'source_attributes', 'quarantine']

export async function removeImport(app: App, importId: number): Promise<void> {
  for (const table of WRITTEN) {
    await app.facts.exec(`DELETE FROM ${table} WHERE import_id = {import_id:UInt64}`, { import_id: importId })
  }
}

/** Staging that killed steps left; only one turn runs at a time, so whatever lies there when it begins is nobody's. */
export async function sweepStaging(app: App): Promise<void> {
  const left = await app.facts.query<{ name: string }>(
    "SELECT name FROM system.tables WHERE database = currentDatabase() AND match(name, '^staging_links_')",
  )
  for (const { name } of left) await dropStaging(app, name)
}

/** Sweeps away what killed imports left; one that was committed just before the kill is marked so. */
export async function sweepKilledImports(app: App): Promise<void> {
  const { db } = app.workflow
  const running = await db.selectFrom('collect_imports').select('import_id').where('state', '=', 'running').execute()
  if (running.length === 0) return
  const ids = running.map(({ import_id }) => import_id)
  const done = await app.facts.query<{ id: number }>(
    'SELECT import_id AS id FROM import_commits WHERE import_id IN {ids:Array(UInt64)}',
    { ids },
  )
  const committed = new Set(done.map(({ id }) => id))
  for (const id of ids) {
    if (!committed.has(id)) {
      await removeImport(app, id)
      for (const table of stagingTables(id)) await dropStaging(app, table)
    }
    await db
      .updateTable('collect_imports')
      .set({ state: committed.has(id) ? 'committed' : 'failed' })
      .where('import_id', '=', id)
      .execute()
  }
}
