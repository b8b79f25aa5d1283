/**
 * The files people came from. Those in the inbox lose the person's rows (text formats, rewritten byte for byte otherwise) or go
 * as a whole (workbooks, Parquet: they are imported, and what they held of others stands in the facts). Files elsewhere are not
 * ours to change: the certificate names them.
 */
import { createHash } from 'node:crypto'
import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import type { App } from '../../platform/app.ts'
import type { Person, PersonalFiles } from '../../platform/personal-data.ts'
import { detectEncoding } from '../import/encoding.ts'
import { sha256Of } from '../import/read-text.ts'
import { sources } from '../sources.ts'
import { factKeys } from './person.ts'

const TEXT = /\.(csv|tsv|txt|jsonl|ndjson|json)(\.gz)?$/i
/** Larger files are taken away whole instead of being rewritten in memory. */
const MOST = 512 << 20

export const importFiles: PersonalFiles = {
  name: { en: 'files in the inbox', zh: '收件箱文件' },
  async erase(app, person) {
    const inbox = join(app.config.dataDir, 'inbox')
    const names = (await readdir(inbox, { withFileTypes: true }).catch(() => [])).filter(entry => entry.isFile())
    const imported = new Set(person.keys('file'))
    const rows = names.length > 0 ? await rawRows(app, person) : []
    let files = 0
    for (const { name } of names) if (await eraseFrom(app, join(inbox, name), name, rows, imported, person)) files++
    return { files, outside: await filesElsewhere(app, imported, inbox) }
  },
}

/** What was written for other systems to fetch: rows of the person go, a Parquet file as a whole (the next delivery writes it anew). */
export const givenFiles: PersonalFiles = {
  name: { en: 'files given to other systems', zh: '已提供给其他系统的文件' },
  async erase(app, person) {
    const folder = join(app.config.dataDir, 'out', 'giving-back')
    const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => [])
    let files = 0
    for (const entry of entries.filter(candidate => candidate.isFile())) {
      const path = join(entry.parentPath, entry.name)
      if (/\.parquet$/.test(entry.name)) {
        await rm(path)
        files++
      } else if (/\.(csv|jsonl)$/.test(entry.name)) {
        const rows = person.keys('customer').map(id => [...person.keys('account'), id])
        if (await eraseFrom(app, path, entry.name, rows, new Set(), person)) files++
      }
    }
    return { files }
  },
}

/** The cells of the person's rows as the files gave them. */
async function rawRows(app: App, person: Person): Promise<string[][]> {
  const rows = await app.facts.query<{ raw: string }>(
    `SELECT DISTINCT raw FROM source_records WHERE concat(source, '\\x1f', row_key) IN ${factKeys(person.requestId)('record')}`,
  )
  return rows.map(({ raw }) => leaves(JSON.parse(raw) as unknown).filter(cell => cell.length >= 2))
}

const leaves = (value: unknown): string[] =>
  typeof value === 'object' && value !== null
    ? Object.values(value).flatMap(leaves)
    : value === null || typeof value === 'boolean'
      ? []
      : [String(value)]

async function eraseFrom(
  app: App,
  path: string,
  name: string,
  rows: readonly string[][],
  imported: ReadonlySet<string>,
  person: Person,
): Promise<boolean> {
  const { size } = await stat(path)
  if (!TEXT.test(name) || size > MOST) {
    if (!imported.has(name)) return false
    await rm(path)
    return true
  }
  const before = await sha256Of(path)
  const bytes = await readFile(path)
  const gzip = bytes[0] === 0x1f && bytes[1] === 0x8b
  const plain = gzip ? gunzipSync(bytes) : bytes
  const encoding = detectEncoding(plain.subarray(0, 256 * 1024))
  if (/utf-?16/i.test(String(encoding))) {
    if (!imported.has(name)) return false
    await rm(path)
    return true
  }
  const decoder = new TextDecoder(String(encoding))
  const values = [...person.keys('value'), ...person.keys('email'), ...person.keys('phone')]
  const json = /json/i.test(name)
  const accounts = accountCells(person.keys('account'))
  const kept: Buffer[] = []
  let dropped = 0
  for (const [index, record] of recordsOf(plain, json).entries()) {
    const text = decoder.decode(record)
    const mine =
      (index > 0 || json) &&
      (values.some(value => text.includes(value)) ||
        rows.some(cells => cells.length > 1 && cells.every(cell => holds(text, cell))))
    if (mine || (json && accounts?.test(text))) dropped++
    else if (accounts?.test(text)) {
      // Sales stay, as anybody's. Account numbers are plain signs in every encoding that comes here.
      kept.push(Buffer.from(record.toString('latin1').replace(accounts, '$1'), 'latin1'))
      dropped++
    } else kept.push(record)
  }
  if (dropped === 0) return false
  const written = Buffer.concat(kept)
  const unfinished = `${path}.erasing.part`
  await writeFile(unfinished, gzip ? gzipSync(written) : written)
  await rename(unfinished, path)
  await rememberFile(
    app,
    before,
    createHash('sha256')
      .update(await readFile(path))
      .digest('hex'),
  )
  return true
}

/** An account number that is a whole cell, with what stands before it; short ones could be anything. */
function accountCells(accounts: readonly string[]): RegExp | undefined {
  const plain = accounts.filter(account => /^[\w-]{4,}$/.test(account))
  return plain.length === 0
    ? undefined
    : new RegExp(`(^|[,;\\t|":\\s])(?:${plain.join('|')})(?:\\.0)?(?=$|[,;\\t|"\\r\\n}])`)
}

/** Quotation marks are doubled in CSV, and JSON escapes what it likes. */
const holds = (text: string, cell: string): boolean =>
  text.includes(cell) || text.includes(cell.replaceAll('"', '""')) || text.includes(JSON.stringify(cell).slice(1, -1))

/** A line break within quotation marks ends no record; in UTF-8, GB 18030 and Big5 neither sign occurs inside a character. */
function recordsOf(bytes: Buffer, lines: boolean): Buffer[] {
  const records: Buffer[] = []
  let from = 0
  let quoted = false
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === 0x22 && !lines) quoted = !quoted
    if (byte === 0x0a && !quoted) {
      records.push(bytes.subarray(from, at + 1))
      from = at + 1
    }
  }
  if (from < bytes.length) records.push(bytes.subarray(from))
  return records
}

/** The rewritten file is known as the imported one was, or the next turn would read it as news. */
const rememberFile = (app: App, before: string, after: string): Promise<unknown> =>
  sql`UPDATE collect_imports SET sha256 = replace(sha256, ${before}, ${after}) WHERE sha256 LIKE ${`${before}%`}`.execute(
    app.workflow.db,
  )

async function filesElsewhere(app: App, imported: ReadonlySet<string>, inbox: string): Promise<string[]> {
  const found: string[] = []
  for (const source of await sources(app)) {
    if (source.folder === inbox || source.mapping.file.includes('://')) continue
    for (const name of await readdir(source.folder).catch(() => []))
      if (imported.has(name)) found.push(join(source.folder, name))
  }
  return found
}
