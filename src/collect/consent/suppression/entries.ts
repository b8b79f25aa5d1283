/** Entries into a suppression list and out of it: one by one, or a do-not-call file of a million lines. */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import type { App } from '../../../platform/app.ts'
import { consentErrors } from '../errors.ts'
import { isKeyKind, KEY_KINDS, type KeyKind, keyOf } from './keys.ts'
import { listNamed, nextVersion } from './lists.ts'
import { listedKeys } from './suppressed.ts'

export interface Upload {
  list: string
  kind: string
  /** The lines are SHA-256 already. */
  hashed: boolean
  /** Takes the entries out instead. */
  removes: boolean
  /** Last day on which the entries hold. */
  until: string | null
  why: string
  file: string
  userId: number
}

export interface Uploaded {
  uploadId: number
  entries: number
  refused: number
  /** Of the refused, the first few line numbers. */
  lines: number[]
}

type Store = Pick<App, 'workflow' | 'facts'>

const BATCH = 100_000

/** The first cell of a line, without quotation marks; a header line is no value and is refused as any other would be. */
const firstCell = (line: string): string => {
  const cell = line.split(/[,;\t]/, 1)[0] ?? ''
  return cell.replace(/^\uFEFF?"?|"?\s*$/g, '')
}

/** Each batch holds as soon as it is written; the same file again changes nothing but the upload's number. */
export async function changeEntries(
  app: Store,
  upload: Upload,
  lines: AsyncIterable<string> | Iterable<string>,
): Promise<Uploaded> {
  await listNamed(app, upload.list)
  const { kind } = upload
  if (!isKeyKind(kind)) throw consentErrors['consent.key-kind']({ kind, known: KEY_KINDS.join(', ') })
  const { id: uploadId } = await app.workflow.db
    .insertInto('suppression_uploads')
    .values({
      list: upload.list,
      kind,
      file: upload.file,
      why: upload.why,
      entries: 0,
      refused: 0,
      removes: upload.removes,
      until: upload.until,
      by_user: upload.userId,
      at: new Date(),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const result: Uploaded = { uploadId, entries: 0, refused: 0, lines: [] }
  let keys: string[] = []
  let number = 0
  for await (const line of lines) {
    number++
    if (line.trim() === '') continue
    const key = keyOf(kind, firstCell(line), upload.hashed)
    if (key === '') {
      // The first line may be a header.
      if (number > 1 || upload.hashed) result.refused++
      if (result.lines.length < 10 && number > 1) result.lines.push(number)
      continue
    }
    keys.push(key)
    if (keys.length >= BATCH) {
      await write(app, upload, kind, uploadId, keys)
      result.entries += keys.length
      keys = []
    }
  }
  await write(app, upload, kind, uploadId, keys)
  result.entries += keys.length
  await app.workflow.db
    .updateTable('suppression_uploads')
    .set({ entries: result.entries, refused: result.refused })
    .where('id', '=', uploadId)
    .execute()
  if (result.entries === 0) throw consentErrors['consent.no-entries']({ kind })
  return result
}

async function write(app: Store, upload: Upload, kind: KeyKind, uploadId: number, keys: string[]): Promise<void> {
  if (keys.length === 0) return
  const text = 'LowCardinality(String)'
  const version = nextVersion()
  const all = <T>(value: T): T[] => new Array<T>(keys.length).fill(value)
  await app.facts.insertColumns('suppression_entries', {
    kind: { type: text, values: all(kind) },
    key: { type: 'FixedString(64)', values: keys },
    list: { type: text, values: all(upload.list) },
    removed: { type: 'UInt8', values: all(upload.removes ? 1 : 0) },
    until: { type: 'Nullable(Date)', values: all(upload.until) },
    upload_id: { type: 'UInt64', values: all(uploadId) },
    version: { type: 'UInt64', values: all(version) },
  })
}

/** Lines of a text file on this machine, `.gz` or not. Opened when the first is asked for: a reader that waits for nobody loses lines. */
export async function* linesOf(path: string): AsyncIterable<string> {
  const file = createReadStream(path)
  yield* createInterface({ input: path.endsWith('.gz') ? file.pipe(createGunzip()) : file, crlfDelay: Infinity })
}

/** How many stand on each list today. */
export async function listSizes(app: Pick<App, 'facts'>): Promise<Map<string, number>> {
  const rows = await app.facts.query<{ list: string; entries: number }>(
    `SELECT list, count() AS entries FROM (
       SELECT toString(list) AS list FROM suppression_entries GROUP BY key, kind, list
       HAVING argMax(removed, version) = 0 AND ifNull(argMax(tuple(until), version).1 >= today(), 1)
     ) GROUP BY list`,
  )
  return new Map(rows.map(row => [row.list, row.entries]))
}

/** Takes an upload back as if it had never been: what stood on the list before it stands there again. */
export async function undoUpload(app: Store, uploadId: number): Promise<{ entries: number }> {
  const upload = await app.workflow.db
    .deleteFrom('suppression_uploads')
    .where('id', '=', uploadId)
    .returning('entries')
    .executeTakeFirst()
  await app.facts.exec('DELETE FROM suppression_entries WHERE upload_id = {upload:UInt64}', { upload: uploadId })
  return { entries: upload?.entries ?? 0 }
}

/** The lists on which a value stands, whichever way it is written. */
export async function listsWith(app: Pick<App, 'facts'>, value: string): Promise<{ list: string; kind: string }[]> {
  const keys = new Map<string, KeyKind[]>()
  for (const kind of KEY_KINDS) {
    const key = keyOf(kind, value, false)
    if (key !== '') keys.set(key, [...(keys.get(key) ?? []), kind])
  }
  const found = await listedKeys(app, [...keys.keys()])
  return found
    .filter(({ key, kind }) => (keys.get(key) as string[] | undefined)?.includes(kind))
    .map(({ list, kind }) => ({ list, kind }))
}
