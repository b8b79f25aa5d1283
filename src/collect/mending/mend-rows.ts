/**
 * Mended rows go through the same checks as any other and come in as an import of their own, with the file and the numbers they had.
 * Counts move with its one commit row: it has no rows in of its own and says how many it took out of the quarantine, so that rows
 * in = stored + duplicates + quarantined holds before, during and after. Taking the commit row away undoes all of it.
 */
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { App } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import type { Text } from '../../platform/text.ts'
import { parsedAhead } from '../dry-run/parsed-ahead.ts'
import { collectErrors } from '../errors.ts'
import { importFile, removeImport, sweepKilledImports } from '../import/import-file.ts'
import { oneAtATime } from '../import/one-at-a-time.ts'
import { type BadRow, messageOf } from '../import/rules.ts'
import type { Mapping } from '../mapping.ts'
import { sourceNamed } from '../sources.ts'
import { type Cells, cellsOf, isCut, valuesOf } from './cells.ts'
import { type Entry, type EntryFilter, entries, openEntries } from './entries.ts'
import { writeMendedRows } from './mended-rows.ts'
import { type MendRule, menderOf } from './rule.ts'

/** Rows mended at a time; an import with more refused ones is refused as a whole. */
export const MOST_MENDED = 100_000

export interface Mend {
  entry: Entry
  cells: Cells
}

export interface MendPreview {
  rows: number
  /** Would come in; the others would be refused again. */
  passing: number
  examples: { importId: number; rowNo: number; file: string; before: string; after: string; problem: Text | null }[]
}

export interface MendResult {
  mendId: number
  rows: number
  stored: number
  duplicates: number
  refused: number
}

/** All open rows that fit the filter, with one column changed by the rule. */
export async function mendsByRule(app: App, filter: EntryFilter, column: string, rule: MendRule): Promise<Mend[]> {
  const { total, rows } = await entries(app, { ...filter, state: 'open' }, 0, MOST_MENDED)
  if (total > MOST_MENDED) throw collectErrors['collect.mend-many']({ most: MOST_MENDED })
  const mend = menderOf(rule)
  const mappings = await mappingsOf(app, rows)
  return rows
    .filter(entry => !isCut(entry))
    .map(entry => {
      const cells = cellsOf(entry, mappings.get(entry.source)!)
      return { entry, cells: rule.kind === 'as-is' ? cells : { ...cells, [column]: mend(cells[column] ?? '') } }
    })
}

/** Rows given one by one, each with all its cells. */
export async function mendsByHand(
  app: App,
  rows: readonly { importId: number; rowNo: number; cells: Cells }[],
): Promise<Mend[]> {
  const open = new Map((await openEntries(app, rows)).map(entry => [`${entry.importId} ${entry.rowNo}`, entry]))
  const mappings = await mappingsOf(app, [...open.values()])
  return rows.flatMap(({ importId, rowNo, cells }) => {
    const entry = open.get(`${importId} ${rowNo}`)
    return entry ? [{ entry, cells: { ...cellsOf(entry, mappings.get(entry.source)!), ...cells } }] : []
  })
}

async function mappingsOf(app: App, rows: readonly Entry[]): Promise<Map<string, Mapping>> {
  const names = [...new Set(rows.map(entry => entry.source))]
  return new Map(await Promise.all(names.map(async name => [name, (await sourceNamed(app, name)).mapping] as const)))
}

interface Batch {
  importId: number
  file: string
  mapping: Mapping
  mends: Mend[]
}

async function batchesOf(app: App, mends: readonly Mend[]): Promise<Batch[]> {
  const mappings = await mappingsOf(
    app,
    mends.map(mend => mend.entry),
  )
  const batches = new Map<number, Batch>()
  for (const mend of mends) {
    const { importId, file, source } = mend.entry
    const batch = batches.get(importId) ?? { importId, file, mapping: mappings.get(source)!, mends: [] }
    batch.mends.push(mend)
    batches.set(importId, batch)
  }
  return [...batches.values()].sort((a, b) => a.importId - b.importId)
}

/** Writes the batch where the importer of mended rows finds it, as long as `use` takes. */
async function spooled<T>(app: App, batch: Batch, use: (path: string, mapping: Mapping) => Promise<T>): Promise<T> {
  const spool = join(app.config.dataDir, 'spool')
  await mkdir(spool, { recursive: true })
  const path = join(spool, `mended-${batch.importId}-${process.pid}-${performance.now().toFixed(3)}.jsonl`)
  try {
    await writeMendedRows(
      path,
      batch.mends.map(({ entry, cells }) => ({ rowNo: entry.rowNo, values: valuesOf(cells, batch.mapping) })),
    )
    return await use(path, { ...batch.mapping, importer: 'mended' })
  } finally {
    await rm(path, { force: true })
  }
}

/** The checks of an import, and nothing else: which rows would be refused again. */
const refusedOf = (app: App, batch: Batch): Promise<Map<number, BadRow>> =>
  spooled(app, batch, (path, mapping) =>
    parsedAhead(
      app,
      mapping,
      path,
      () => undefined,
      async parsed => new Map(parsed.bad.map(row => [row.rowNo, row])),
    ),
  )

const EXAMPLES = 20

export async function previewMends(app: App, mends: readonly Mend[], column: string): Promise<MendPreview> {
  const preview: MendPreview = { rows: mends.length, passing: 0, examples: [] }
  for (const batch of await batchesOf(app, mends)) {
    const refused = await refusedOf(app, batch)
    preview.passing += batch.mends.length - refused.size
    for (const { entry, cells } of batch.mends) {
      if (preview.examples.length >= EXAMPLES) break
      const bad = refused.get(entry.rowNo)
      preview.examples.push({
        importId: entry.importId,
        rowNo: entry.rowNo,
        file: entry.file,
        before: cellsOf(entry, batch.mapping)[column] ?? entry.value,
        after: cells[column] ?? '',
        problem: bad ? messageOf(bad) : null,
      })
    }
  }
  return preview
}

/** What is kept of how it was done: never a value of a row that was mended by hand. */
export type MendWords = { rule: string; column?: string; reason?: string }

export async function applyMends(app: App, mends: readonly Mend[], words: MendWords, by: number): Promise<MendResult> {
  return oneAtATime(app, async () => {
    await sweepKilledImports(app)
    const open = new Set((await openEntries(app, mends.map(keyOf))).map(entry => `${entry.importId} ${entry.rowNo}`))
    const still = mends.filter(({ entry }) => open.has(`${entry.importId} ${entry.rowNo}`))
    if (still.length === 0) throw collectErrors['collect.mend-none']()
    const mendId = await beginMend(app, 'mend', words, still, by)
    const sums = { stored: 0, duplicates: 0, refused: 0 }
    const replays: number[] = []
    try {
      for (const batch of await batchesOf(app, still)) {
        const refused = await refusedOf(app, batch)
        const passing = batch.mends.filter(({ entry }) => !refused.has(entry.rowNo))
        sums.refused += batch.mends.length - passing.length
        if (passing.length === 0) continue
        const result = await replay(app, { ...batch, mends: passing }, mendId, by)
        replays.push(result.importId)
        sums.stored += result.stored
        sums.duplicates += result.duplicates
        sums.refused += result.quarantined
        await app.workflow.db
          .updateTable('collect_mends')
          .set({ replays: asJson(replays), ...sums })
          .where('id', '=', mendId)
          .execute()
      }
    } catch (error) {
      // What came in before stays, and can be undone like the rest.
      await endMend(app, mendId, replays.length > 0 ? 'done' : 'failed', sums, replays)
      throw error
    }
    await endMend(app, mendId, 'done', sums, replays)
    return { mendId, rows: still.length, ...sums }
  })
}

const keyOf = ({ entry }: Mend) => ({ importId: entry.importId, rowNo: entry.rowNo })

const replay = (app: App, batch: Batch, mendId: number, by: number) =>
  spooled(app, batch, (path, mapping) =>
    importFile(app, mapping, path, () => undefined, {
      replay: {
        importId: batch.importId,
        file: batch.file,
        // Before the commit, so that a kill between the two leaves rows that nobody sees and not rows counted twice.
        async beforeCommit(replayId, refused) {
          const bad = new Set(refused.map(row => row.rowNo))
          const good = batch.mends.filter(({ entry }) => !bad.has(entry.rowNo))
          await insertMarks(app, good, { mendId, replayId, state: 'mended', reason: '', by })
        },
      },
    }),
  )

interface Mark {
  mendId: number
  replayId: number
  state: 'mended' | 'discarded'
  reason: string
  by: number
}

async function insertMarks(app: App, mends: readonly Mend[], mark: Mark): Promise<void> {
  const at = new Date()
  for (let from = 0; from < mends.length; from += 5000) {
    await app.facts.insert(
      'quarantine_mends',
      mends.slice(from, from + 5000).map(({ entry, cells }) => ({
        import_id: entry.importId,
        row_no: entry.rowNo,
        mend_id: mark.mendId,
        replay_id: mark.replayId,
        state: mark.state,
        raw: mark.state === 'mended' ? JSON.stringify(cells) : '',
        reason: mark.reason,
        at,
        user_id: mark.by,
      })),
    )
  }
}

async function beginMend(
  app: App,
  kind: 'mend' | 'discard',
  words: MendWords,
  mends: readonly Mend[],
  by: number,
): Promise<number> {
  const { id } = await app.workflow.db
    .insertInto('collect_mends')
    .values({
      kind,
      state: 'running',
      rule: asJson<Record<string, unknown>>(words),
      sources: asJson([...new Set(mends.map(({ entry }) => entry.source))]),
      rows: mends.length,
      stored: 0,
      duplicates: 0,
      refused: 0,
      replays: asJson<number[]>([]),
      made_by: by,
      made_at: new Date(),
      undone_by: null,
      undone_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

const endMend = (
  app: App,
  id: number,
  state: 'done' | 'failed',
  sums: { stored: number; duplicates: number; refused: number },
  replays: number[],
) =>
  app.workflow.db
    .updateTable('collect_mends')
    .set({ state, ...sums, replays: asJson(replays) })
    .where('id', '=', id)
    .execute()

/** Rows that are given up, with a reason; they stay counted as quarantined. */
export async function discardRows(app: App, filter: EntryFilter, reason: string, by: number): Promise<MendResult> {
  const { total, rows } = await entries(app, { ...filter, state: 'open' }, 0, MOST_MENDED)
  if (total > MOST_MENDED) throw collectErrors['collect.mend-many']({ most: MOST_MENDED })
  return discard(app, rows, reason, by)
}

export async function discardOne(
  app: App,
  key: { importId: number; rowNo: number },
  reason: string,
  by: number,
): Promise<MendResult> {
  return discard(app, await openEntries(app, [key]), reason, by)
}

async function discard(app: App, rows: Entry[], reason: string, by: number): Promise<MendResult> {
  if (rows.length === 0) throw collectErrors['collect.mend-none']()
  const mends = rows.map(entry => ({ entry, cells: {} }))
  const mendId = await beginMend(app, 'discard', { rule: 'discard', reason }, mends, by)
  await insertMarks(app, mends, { mendId, replayId: 0, state: 'discarded', reason, by })
  const sums = { stored: 0, duplicates: 0, refused: 0 }
  await endMend(app, mendId, 'done', sums, [])
  return { mendId, rows: rows.length, ...sums }
}

/** Takes a mend back: its rows leave the tables and stand in the quarantine again, open. */
export async function undoMend(app: App, mendId: number, by: number): Promise<void> {
  await oneAtATime(app, async () => {
    const { db } = app.workflow
    const mend = await db.selectFrom('collect_mends').selectAll().where('id', '=', mendId).executeTakeFirst()
    if (mend?.state !== 'done') throw collectErrors['collect.undo-none']({ action: mendId })
    await refuseLateUndo(app, mend.sources, mend.replays)
    await app.facts.exec('DELETE FROM import_commits WHERE import_id IN {ids:Array(UInt64)}', { ids: mend.replays })
    await app.facts.exec('DELETE FROM quarantine_mends WHERE mend_id = {mend:UInt64}', { mend: mendId })
    for (const replayId of mend.replays) {
      await removeImport(app, replayId)
      await db.updateTable('collect_imports').set({ state: 'failed' }).where('import_id', '=', replayId).execute()
    }
    await db
      .updateTable('collect_mends')
      .set({ state: 'undone', undone_by: by, undone_at: new Date() })
      .where('id', '=', mendId)
      .execute()
  })
}

/** Rows that came in later and say the same were counted as duplicates of the mended ones: taking those away would lose them. */
async function refuseLateUndo(app: App, sources: string[], replays: number[]): Promise<void> {
  if (replays.length === 0) return
  const later = await app.facts.query<{ source: string }>(
    `SELECT source FROM import_commits WHERE source IN {sources:Array(String)} AND import_id > {last:UInt64} AND duplicates > 0
       AND import_id NOT IN {replays:Array(UInt64)} LIMIT 1`,
    { sources, last: Math.min(...replays), replays },
  )
  if (later[0]) throw collectErrors['collect.undo-late']({ source: later[0].source })
}
