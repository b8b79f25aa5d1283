/** Sources: where a file lies and how it is read. Saved in the workflow store, each change a new version of the mapping. */
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import type { App } from '../platform/app.ts'
import { asJson } from '../platform/stores/workflow/index.ts'
import { collectErrors } from './errors.ts'
import { detectEncoding } from './import/encoding.ts'
import { fileError, fileHead, refuseBinary } from './import/read-text.ts'
import { importerFor } from './importers/index.ts'
import { type Mapping, mappingSchema, NEEDED, type SourceKind } from './mapping.ts'
import { suggestColumns, suggestKind } from './suggest-mapping.ts'

export interface Source {
  source: string
  folder: string
  mapping: Mapping
}

/** Saves a source; an unchanged mapping keeps its version, a changed one gets the next. */
export async function registerSource(app: App, mapping: Mapping, folder: string): Promise<Mapping> {
  const { db } = app.workflow
  const before = await db
    .selectFrom('collect_sources')
    .select(['mapping', 'version', 'folder'])
    .where('source', '=', mapping.source)
    .executeTakeFirst()
  const same = before && alike(before.mapping, mapping)
  if (same && before.folder === folder) return before.mapping
  const version = before ? (same ? before.version : before.version + 1) : mapping.version
  const saved = { ...mapping, version }
  const row = { folder, mapping: asJson<Mapping>(saved), version, updated_at: new Date() }
  await db
    .insertInto('collect_sources')
    .values({ source: mapping.source, ...row })
    .onConflict(conflict => conflict.column('source').doUpdateSet(row))
    .execute()
  return saved
}

/** Whether two mappings say the same; a JSON column keeps values, not the order of their keys. */
const alike = (a: Mapping, b: Mapping): boolean =>
  isDeepStrictEqual(plain({ ...a, version: 0 }), plain({ ...b, version: 0 }))

const plain = (mapping: Mapping): unknown => JSON.parse(JSON.stringify(mapping))

export async function sources(app: App): Promise<Source[]> {
  const rows = await app.workflow.db
    .selectFrom('collect_sources')
    .select(['source', 'folder', 'mapping'])
    .orderBy('source')
    .execute()
  return rows.map(({ source, folder, mapping }) => ({ source, folder, mapping }))
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

/** Files of a source in its folder; `*` in the mapping's file name stands for any run of signs. */
export async function filesOf({ folder, mapping }: Source): Promise<string[]> {
  if (!mapping.file.includes('*')) return [join(folder, mapping.file)]
  const pattern = new RegExp(
    `^${mapping.file
      .split('*')
      .map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  )
  const names = await readdir(folder).catch(error => {
    throw fileError(folder, error)
  })
  return names
    .filter(name => pattern.test(name))
    .sort()
    .map(name => join(folder, name))
}

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

/** Of these fields a file needs one at least. */
const NAMES_SOMEBODY: Partial<Record<SourceKind, readonly string[]>> = {
  people: ['full_name', 'family_name', 'given_name', 'mobile', 'landline', 'email'],
  attributes: ['account_no', 'email', 'phone', 'mobile', 'postcode'],
}

/** A mapping for a file nobody has described yet, from its headers and values. */
export async function suggestMapping(path: string, source: string, kind?: SourceKind): Promise<Mapping> {
  const head = await fileHead(path)
  const importer = importerFor(path, head)
  if (importer.name !== 'parquet') refuseBinary(path, head, importer.name, detectEncoding(head.bytes))
  const columns = await importer.sample(path, head)
  const of = kind ?? suggestKind(columns)
  const suggested = suggestColumns(of, columns)
  const missing = NEEDED[of].filter(field => !suggested.some(column => column.field === field))
  // Rows that name nobody would all end in quarantine.
  const naming = NAMES_SOMEBODY[of]
  if (naming && !suggested.some(({ field }) => naming.includes(field))) missing.push(naming.join(' / '))
  if (missing.length > 0) throw collectErrors['collect.mapping-none']({ file: path, needed: missing.join(', ') })
  const file = resolve(path).slice(dirname(resolve(path)).length + 1)
  return mappingSchema.parse({ source, file, importer: importer.name, kind: of, columns: suggested })
}
