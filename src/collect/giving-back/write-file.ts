/** A mart, or its changes, as a file with a manifest. Half a file is never seen: both are written aside and renamed, the manifest last. */
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { App } from '../../platform/app.ts'
import type { Mart } from '../../platform/marts.ts'
import type { Params } from '../../platform/stores/facts/index.ts'
import { quoted } from '../../platform/stores/facts/names.ts'
import type { Target } from './target.ts'
import type { ColumnTypes } from './where.ts'

export interface FileManifest {
  file: string
  target: string
  mart: string
  content: 'full' | 'changes'
  format: 'csv' | 'parquet'
  columns: string[]
  rows: number
  upserts: number
  deletes: number
  bytes: number
  sha256: string
  fromSeq: number
  toSeq: number
  writtenAt: string
}

export interface FileJob {
  target: Target
  mart: Mart
  types: ColumnTypes
  fromSeq: number
  toSeq: number
}

export const fileFolder = (app: App, folder: string): string => join(app.config.dataDir, 'out', 'giving-back', folder)

export async function writeFileOf(app: App, job: FileJob): Promise<FileManifest> {
  const { target, mart, fromSeq, toSeq } = job
  const { place, name, columns } = target.definition
  if (place.kind !== 'file') throw new Error('not a file')
  const folder = fileFolder(app, place.folder)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  // The number of the last change names the file: done again after a kill it is the same one.
  const file = `${mart.name}-${place.content}-${String(toSeq).padStart(10, '0')}.${place.format}`
  const { sql, params, counts } = fileQuery(job, place.content === 'full')
  const aside = join(folder, `.${file}.part`)
  const { bytes, sha256 } = await download(
    app,
    `${sql} FORMAT ${place.format === 'csv' ? 'CSVWithNames' : 'Parquet'}`,
    params,
    aside,
  )
  const counted = await app.facts.one<{ rows: number; deletes: number }>(counts, params)
  await rename(aside, join(folder, file))
  const manifest: FileManifest = {
    file,
    target: name,
    mart: mart.name,
    content: place.content,
    format: place.format,
    columns,
    rows: counted.rows,
    upserts: counted.rows - counted.deletes,
    deletes: counted.deletes,
    bytes,
    sha256,
    fromSeq,
    toSeq,
    writtenAt: new Date().toISOString(),
  }
  const asideManifest = join(folder, `.${file}.manifest.part`)
  await writeFile(asideManifest, `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600, flush: true })
  await rename(asideManifest, join(folder, `${file}.manifest.json`))
  return manifest
}

interface Query {
  sql: string
  params: Params
  counts: string
}

/** As of the plan: what the stream says, not what the mart says by the time the file is written. */
function fileQuery({ target, mart, types, fromSeq, toSeq }: FileJob, full: boolean): Query {
  const params = { target: target.targetId, from: full ? 0 : fromSeq, to: toSeq }
  const from = `FROM giveback_changes WHERE target_id = {target:UInt64} AND seq > {from:UInt64} AND seq <= {to:UInt64}${full ? " AND op = 'upsert'" : ''}`
  const columns = target.definition.columns.map(column => {
    const inKey = mart.key.indexOf(column)
    // A tombstone has its key and nothing else.
    if (!full && inKey >= 0) return `JSONExtractString(key, ${inKey + 1}) AS ${quoted(column)}`
    return `JSONExtract(row, '${column}', '${(types.get(column) ?? 'String').replaceAll("'", "\\'")}') AS ${quoted(column)}`
  })
  return {
    sql: `SELECT ${full ? '' : 'seq, op, '}${columns.join(', ')} ${from} ORDER BY seq`,
    params,
    counts: `SELECT count() AS rows, countIf(op = 'delete') AS deletes ${from}`,
  }
}

/** The engine makes the bytes; they go to the disk as they come. */
async function download(
  app: App,
  sql: string,
  params: Params,
  path: string,
): Promise<{ bytes: number; sha256: string }> {
  const { url, username, password, database } = app.facts.address
  const search = new URLSearchParams({
    database,
    session_timezone: 'UTC',
    date_time_output_format: 'iso',
    output_format_parquet_string_as_string: '1',
  })
  for (const [name, value] of Object.entries(params)) search.set(`param_${name}`, wire(value))
  const answer = await fetch(`${url}/?${search}`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` },
    body: sql,
  })
  if (!answer.ok || !answer.body) throw new Error(`the engine refused the file: ${(await answer.text()).slice(0, 300)}`)
  const hash = createHash('sha256')
  let bytes = 0
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      bytes += chunk.length
      done(null, chunk)
    },
  })
  try {
    await pipeline(Readable.fromWeb(answer.body as never), measure, createWriteStream(path, { mode: 0o600 }))
    const handle = await open(path, 'r')
    await handle.sync()
    await handle.close()
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
  return { bytes, sha256: hash.digest('hex') }
}

/** A parameter in the HTTP interface's own escaping. */
function wire(value: Params[string]): string {
  if (Array.isArray(value)) return `[${value.map(one => `'${String(one).replace(/[\\']/g, '\\$&')}'`).join(',')}]`
  return String(value).replace(/[\\\t\n]/g, one => ({ '\\': '\\\\', '\t': '\\t', '\n': '\\n' })[one] ?? one)
}
