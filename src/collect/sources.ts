/** Sources: where a file or table lies and how it is read. Each change of the mapping is a new version that stays. */
import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import type { App } from '../platform/app.ts'
import { asJson } from '../platform/stores/workflow/index.ts'
import { collectErrors } from './errors.ts'
import { detectEncoding } from './import/encoding.ts'
import { fileError, fileHead, refuseBinary } from './import/read-text.ts'
import { isAddress } from './importers/address.ts'
import type { ReadingAs, SampleColumn } from './importers/importer.ts'
import { importerFor } from './importers/index.ts'
import { type MappedColumn, type Mapping, mappingSchema, type SourceKind } from './mapping.ts'
import { missingFields } from './mappings/check-mapping.ts'
import { hasHan } from './standardise/text.ts'
import { suggestColumns, suggestKind } from './suggest-mapping.ts'

export interface Source {
  source: string
  folder: string
  mapping: Mapping
  /** False: turns leave it alone; it is read when somebody asks or its schedule says so. */
  inTurns: boolean
}

interface Saving {
  by?: number
  restoredFrom?: number
}

/** Saves a source; an unchanged mapping keeps its version, a changed one gets the next and the older ones stay to be restored. */
export async function registerSource(
  app: App,
  mapping: Mapping,
  folder: string,
  saving: Saving = {},
): Promise<Mapping> {
  return app.workflow.transaction(async tx => {
    const before = await tx
      .selectFrom('collect_sources')
      .select(['mapping', 'version', 'folder'])
      .where('source', '=', mapping.source)
      .executeTakeFirst()
    const same = before && alike(before.mapping, mapping)
    if (same && before.folder === folder) return mappingSchema.parse(before.mapping)
    const version = before ? (same ? before.version : before.version + 1) : mapping.version
    const saved = { ...mapping, version }
    const row = { folder, mapping: asJson<Mapping>(saved), version, updated_at: new Date() }
    await tx
      .insertInto('collect_sources')
      .values({ source: mapping.source, ...row })
      .onConflict(conflict => conflict.column('source').doUpdateSet(row))
      .execute()
    const kept = {
      mapping: row.mapping,
      folder,
      saved_by: saving.by ?? 0,
      saved_at: row.updated_at,
      restored_from: saving.restoredFrom ?? null,
    }
    await tx
      .insertInto('collect_mapping_versions')
      .values({ source: mapping.source, version, ...kept })
      .onConflict(conflict => conflict.columns(['source', 'version']).doUpdateSet(kept))
      .execute()
    return saved
  })
}

/** Whether two mappings say the same; a JSON column keeps values, not the order of their keys, nor later settings' defaults. */
const alike = (a: Mapping, b: Mapping): boolean => isDeepStrictEqual(plain(a), plain(b))

const plain = (mapping: Mapping): unknown => JSON.parse(JSON.stringify({ ...mappingSchema.parse(mapping), version: 0 }))

export async function sources(app: App): Promise<Source[]> {
  const rows = await app.workflow.db
    .selectFrom('collect_sources')
    .select(['source', 'folder', 'mapping', 'in_turns'])
    .orderBy('source')
    .execute()
  return rows.map(({ source, folder, mapping, in_turns }) => ({
    source,
    folder,
    mapping: mappingSchema.parse(mapping),
    inTurns: in_turns,
  }))
}

export async function sourceNamed(app: App, name: string): Promise<Source> {
  const all = await sources(app)
  const found = all.find(({ source }) => source === name)
  if (!found)
    throw collectErrors['collect.source-unknown']({
      source: name,
      known: all.map(({ source }) => source).join(', ') || '–',
    })
  return found
}

/** Files of a source in its folder, or its table's address; `*` in the mapping's file name stands for any run of signs. */
export async function filesOf({ folder, mapping }: Pick<Source, 'folder' | 'mapping'>): Promise<string[]> {
  if (isAddress(mapping.file)) return [mapping.file]
  if (!mapping.file.includes('*')) return [join(folder, mapping.file)]
  const pattern = filePattern(mapping.file)
  const names = await readdir(folder).catch(error => {
    throw fileError(folder, error)
  })
  return names
    .filter(name => pattern.test(name) && !name.endsWith('.part'))
    .sort()
    .map(name => join(folder, name))
}

export const filePattern = (file: string): RegExp =>
  new RegExp(
    `^${file
      .split('*')
      .map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  )

export async function readMapping(file: string): Promise<Mapping> {
  const text = await readFile(file, 'utf8').catch(error => {
    throw fileError(file, error)
  })
  try {
    return mappingSchema.parse(JSON.parse(text))
  } catch (error) {
    const reason =
      error instanceof z.ZodError
        ? z.prettifyError(error).replaceAll('\n', ' ')
        : error instanceof Error
          ? error.message
          : String(error)
    throw collectErrors['collect.mapping-bad']({ file, reason }, error)
  }
}

/** A mapping for a file or table nobody has described yet, from its headers and values; it may still lack needed fields. */
export async function proposeMapping(
  path: string,
  source: string,
  kind?: SourceKind,
  as: ReadingAs = {},
): Promise<Mapping> {
  const head = await fileHead(path)
  const importer = importerFor(path, head)
  if (importer.name === 'csv' || importer.name === 'jsonl')
    refuseBinary(path, head, importer.name, as.encoding ?? detectEncoding(head.bytes))
  const columns = await importer.sample(path, head, as)
  const of = kind ?? importer.proposes?.kind ?? suggestKind(columns)
  const suggested = suggestColumns(of, columns)
  const file = isAddress(path) ? path : basename(path)
  const chinese = columns.some(column => hasHan(column.header))
  const given = Object.fromEntries(Object.entries(as).filter(([, value]) => value !== undefined && value !== ''))
  return mappingSchema.parse({
    source,
    file,
    importer: importer.name,
    kind: of,
    rowKey: of === 'people' ? keyFor(suggested, columns) : 'column',
    ...(chinese ? { timeZone: 'Asia/Shanghai' } : {}),
    columns: suggested,
    ...(importer.proposes && of === importer.proposes.kind ? { trust: importer.proposes.trust } : {}),
    ...given,
  })
}

/** A file without a key column goes by its account numbers when every row of the sample has one of its own. */
function keyFor(suggested: readonly MappedColumn[], columns: readonly SampleColumn[]): Mapping['rowKey'] {
  if (suggested.some(({ field }) => field === 'row_key')) return 'column'
  const account = columns[suggested.findIndex(({ field }) => field === 'account_no')]
  const numbers = account?.values.map(value => value.trim()) ?? []
  return numbers.length > 0 && !numbers.includes('') && new Set(numbers).size === numbers.length ? 'account' : 'content'
}

export async function suggestMapping(path: string, source: string, kind?: SourceKind): Promise<Mapping> {
  const mapping = await proposeMapping(path, source, kind)
  const missing = missingFields(mapping)
  if (missing.length > 0) throw collectErrors['collect.mapping-none']({ file: path, needed: missing.join(', ') })
  return mapping
}
