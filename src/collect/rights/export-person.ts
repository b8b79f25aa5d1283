/**
 * Everything about one person in one ZIP: `data.json` with every declared table, the same as CSV, the communications as they
 * were received, and a page the person can read. What is in it is decided by the stages' declarations alone.
 */
import { rename, rm, stat } from 'node:fs/promises'
import { sql } from 'kysely'
import type { App } from '../../platform/app.ts'
import type { Lang } from '../../platform/errors.ts'
import { type Person, type PersonalTable, personalData } from '../../platform/personal-data.ts'
import { currentNumber } from '../customers/run.ts'
import { refuseErased } from './erased.ts'
import { rightsErrors } from './errors.ts'
import { factKeys, gatherKeys, readPerson } from './person.ts'
import { summaryPage } from './summary-page.ts'
import { zipFile } from './zip.ts'

export interface Exported {
  customer: number
  file: string
  bytes: number
  tables: { table: string; rows: number }[]
  documents: number
  language: Lang
}

export interface ExportedTable {
  stage: string
  name: string
  title: PersonalTable['title']
  rows: Record<string, unknown>[]
}

/** Columns that only say how rows are kept here. */
const OURS = new Set([
  'run_id',
  'content_hash',
  'partition',
  'import_id',
  'previous',
  'hash',
  'record_no',
  'provenance',
  'version',
  'id_hash',
])

export async function exportPerson(app: App, customerId: number, path: string, requestId?: number): Promise<Exported> {
  await refuseErased(app, customerId)
  const run = (await app.runs.latest('identity')) ?? 0
  const customer = await currentNumber(app, run, customerId)
  const [golden] = await app.facts.query<{ language: Lang; name: string }>(
    'SELECT toString(language) AS language, name FROM golden_records WHERE run_id = {run:UInt64} AND customer_id = {customer:UInt64}',
    { run, customer },
  )
  if (!golden) throw rightsErrors['rights.nobody']({ customer: customerId })
  const id = requestId ?? 1_000_000_000 + (await app.runs.nextId('export'))
  await gatherKeys(app, id, customer)
  const unfinished = `${path}.part`
  try {
    const person = await readPerson(app, id)
    const tables: ExportedTable[] = []
    for (const { stage, tables: declared } of personalData().reverse())
      for (const table of declared) {
        if (table.exported === false) continue
        const rows = await rowsOf(app, table, person)
        if (rows.length > 0) tables.push({ stage, name: table.table, title: table.title, rows: rows.map(readable) })
      }
    const zip = zipFile(unfinished)
    const language = golden.language === 'en' ? 'en' : 'zh-CN'
    const documents = await addDocuments(app, person, zip)
    await zip.add(
      language === 'en' ? 'summary.html' : '摘要.html',
      summaryPage({ customer, name: golden.name, language, tables, documents }),
    )
    await zip.add(
      'data.json',
      JSON.stringify(
        {
          customer,
          exportedAt: new Date().toISOString(),
          tables: Object.fromEntries(tables.map(({ stage, name, rows }) => [`${stage}.${name}`, rows])),
        },
        null,
        2,
      ),
    )
    for (const { stage, name, rows } of tables) await zip.add(`csv/${stage}-${name}.csv`, csvOf(rows))
    await zip.close()
    await rename(unfinished, path)
    const { size } = await stat(path)
    return {
      customer,
      file: path,
      bytes: size,
      tables: tables.map(({ stage, name, rows }) => ({ table: `${stage}.${name}`, rows: rows.length })),
      documents: documents.length,
      language,
    }
  } finally {
    await rm(unfinished, { force: true })
    await app.facts.exec(
      `ALTER TABLE person_keys DELETE WHERE request_id = ${id}`,
      {},
      { settings: { mutations_sync: 2 } },
    )
  }
}

async function rowsOf(app: App, table: PersonalTable, person: Person): Promise<Record<string, unknown>[]> {
  if (table.store === 'facts') {
    const { engine, runs, columns } = await app.facts.one<{ engine: string; runs: number; columns: string[] }>(
      `SELECT any(engine) AS engine, any(position(partition_key, 'run_id') > 0) AS runs, groupArray(column) AS columns
       FROM (
         SELECT t.engine AS engine, t.partition_key AS partition_key, c.name AS column FROM system.tables AS t
         INNER JOIN (SELECT table, name FROM system.columns WHERE database = currentDatabase() ORDER BY position) AS c ON c.table = t.name
         WHERE t.database = currentDatabase() AND t.name = {name:String}
       )`,
      { name: table.table },
    )
    const where = table.where(factKeys(person.requestId))
    const selected = columns.filter(column => !OURS.has(column)).map(column => `\`${column}\``)
    // Of what every turn works out anew the newest is the person's; what was sent or happened is of all of them.
    const history = ['communications', 'deliveries'].includes(table.table)
    const newest = runs && !history ? ` AND run_id = (SELECT max(run_id) FROM \`${table.table}\` WHERE ${where})` : ''
    return app.facts.query(
      `SELECT ${selected.join(', ')} FROM \`${table.table}\`${engine.startsWith('Replacing') ? ' FINAL' : ''}
       WHERE (${where})${newest} LIMIT 200000`,
    )
  }
  const { rows } = await sql<
    Record<string, unknown>
  >`SELECT * FROM ${sql.table(table.table)} WHERE ${table.where(person.keys)} LIMIT 200000`.execute(app.workflow.db)
  return rows
}

/** Texts that hold JSON are given as what they mean. */
const readable = (row: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row)
      .filter(([column]) => !OURS.has(column))
      .map(([column, value]) => [column, typeof value === 'string' && /^[{[]/.test(value) ? parsed(value) : value]),
  )

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const cell = (value: unknown): string => {
  const text =
    value === null || value === undefined
      ? ''
      : value instanceof Date
        ? value.toISOString()
        : typeof value === 'object'
          ? JSON.stringify(value)
          : String(value)
  // A table program would run what begins so.
  const safe = /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text) ? `'${text}` : text
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const csvOf = (rows: readonly Record<string, unknown>[]): string => {
  const columns = [...new Set(rows.flatMap(row => Object.keys(row)))]
  return `\uFEFF${[columns, ...rows.map(row => columns.map(column => row[column]))].map(line => line.map(cell).join(',')).join('\r\n')}\r\n`
}

async function addDocuments(app: App, person: Person, zip: ReturnType<typeof zipFile>): Promise<string[]> {
  const names: string[] = []
  for (const { documents } of personalData()) {
    if (!documents) continue
    for await (const { name, bytes } of documents(app, person)) {
      await zip.add(`documents/${name}`, bytes)
      names.push(`documents/${name}`)
    }
  }
  return names
}
