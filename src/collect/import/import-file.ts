/**
 * One file in: stage, parse, store, then one commit row that makes it all visible. Killed before that row, nothing of it is
 * ever seen, and the next import sweeps it away and starts again.
 */
import { basename } from 'node:path'
import type { App, Progress } from '../../platform/app.ts'
import { collectErrors } from '../errors.ts'
import type { Mapping } from '../mapping.ts'
import { parseAttributes, parsedAttributes, storeAttributes } from './attributes.ts'
import { MOST_BAD } from './checked-rows.ts'
import { comparedPeople, type Stored, storePeople } from './commit-people.ts'
import { parsedConsents, parsedPeople, parsePeople } from './people.ts'
import { parsedProducts, productProblems, productStaging, storeProducts } from './products.ts'
import { fileHead, sha256Of } from './read-text.ts'
import { type BadRow, cut, messageOf } from './rules.ts'
import { parsedSales, saleProblems, salesStaging, storeSales } from './sales.ts'
import { dropStaging, type StageTarget, stageFile, textStaging } from './stage-file.ts'

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

export async function importFile(
  app: App,
  mapping: Mapping,
  path: string,
  progress: Progress = () => undefined,
): Promise<ImportResult> {
  const started = performance.now()
  const seconds = () => Math.round(performance.now() - started) / 1000
  const file = basename(path)
  const head = await fileHead(path)
  const sha256 = await sha256Of(path)
  const before = await committedImport(app, mapping, sha256)
  if (before) return { ...before, source: mapping.source, file, known: true, seconds: seconds() }
  const importId = await app.runs.nextId('import')
  await app.workflow.db
    .insertInto('collect_imports')
    .values({
      import_id: importId,
      source: mapping.source,
      file,
      sha256: markOf(mapping, sha256),
      state: 'running',
      started_at: new Date(),
    })
    .execute()
  try {
    progress(0, 4, file)
    const staged = await stageFile(app, importId, path, head, mapping, await staging(app, importId, mapping))
    progress(1, 4, file)
    const bad = [...staged.bad, ...(await parse(app, importId, staged.table, mapping))]
    if (bad.length > MOST_BAD) throw collectErrors['collect.file-mostly-bad']({ file, bad: MOST_BAD })
    progress(2, 4, file)
    const stored = await store(app, importId, staged.table, mapping, staged.rows - bad.length)
    progress(3, 4, file)
    await quarantineRows(app, importId, mapping, file, bad)
    const counts = {
      rowsIn: staged.rows,
      stored: stored.stored,
      duplicates: stored.duplicates,
      quarantined: bad.length,
    }
    await commit(app, importId, mapping, file, sha256, counts)
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
    for (const table of stagingTables(importId)) await dropStaging(app, table).catch(() => undefined)
  }
}

function staging(app: App, importId: number, mapping: Mapping): Promise<StageTarget> {
  if (mapping.kind === 'sales') return salesStaging(app, importId, mapping)
  if (mapping.kind === 'products') return productStaging(app, importId, mapping)
  return textStaging(app, importId, mapping)
}

function parse(app: App, importId: number, staged: string, mapping: Mapping): Promise<BadRow[]> {
  if (mapping.kind === 'people') return parsePeople(app, importId, staged, mapping)
  if (mapping.kind === 'sales') return saleProblems(app, importId, mapping)
  if (mapping.kind === 'products') return productProblems(app, importId, mapping)
  return parseAttributes(app, importId, staged, mapping)
}

function store(app: App, importId: number, staging: string, mapping: Mapping, good: number): Promise<Stored> {
  if (mapping.kind === 'people') {
    return storePeople(
      app,
      importId,
      mapping.source,
      staging,
      mapping.columns.map(column => column.header),
    )
  }
  if (mapping.kind === 'sales') return storeSales(app, importId, mapping)
  if (mapping.kind === 'products') return storeProducts(app, importId)
  return storeAttributes(app, importId, mapping.source, good)
}

/** The bytes alone do not say whether an import would do the same: the mapping's version belongs to it. */
const markOf = (mapping: Mapping, sha256: string): string => `${sha256}@${mapping.version}`

async function committedImport(app: App, mapping: Mapping, sha256: string) {
  const known = await app.workflow.db
    .selectFrom('collect_imports')
    .select('import_id')
    .where('source', '=', mapping.source)
    .where('sha256', '=', markOf(mapping, sha256))
    .where('state', '!=', 'failed')
    .execute()
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
): Promise<void> {
  await app.facts.insert('import_commits', [
    {
      import_id: importId,
      source: mapping.source,
      file,
      file_sha256: sha256,
      rows_in: counts.rowsIn,
      stored: counts.stored,
      duplicates: counts.duplicates,
      quarantined: counts.quarantined,
      committed_at: new Date(),
    },
  ])
  await app.workflow.db
    .updateTable('collect_imports')
    .set({ state: 'committed' })
    .where('import_id', '=', importId)
    .execute()
}

const stagingTables = (importId: number): string[] => [
  `staging_${importId}`,
  parsedPeople(importId),
  parsedConsents(importId),
  parsedSales(importId),
  parsedProducts(importId),
  parsedAttributes(importId),
  ...Object.values(comparedPeople(importId)),
]

const WRITTEN = ['source_records', 'sale_lines', 'products', 'consents', 'source_attributes', 'quarantine']

async function removeImport(app: App, importId: number): Promise<void> {
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
