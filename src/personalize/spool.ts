import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { App } from '../platform/app.ts'

/**
 * Composed bytes on their way to delivery: one file a part, the documents one after the other, before them a line of JSON with
 * their ids and sizes. Only a short cut: what is not here is composed again from the ledger, and checked against it.
 */
type Dir = Pick<App, 'config'>

const file = (app: Dir, runId: number, partition: number): string =>
  join(app.config.dataDir, 'spool', String(runId), `${partition}.pack`)

export async function writePack(
  app: Dir,
  runId: number,
  partition: number,
  documents: readonly { id: string; bytes: Uint8Array }[],
): Promise<void> {
  const path = file(app, runId, partition)
  await mkdir(join(path, '..'), { recursive: true })
  const unfinished = `${path}.${randomUUID()}`
  const index = Buffer.from(`${JSON.stringify(documents.map(({ id, bytes }) => [id, bytes.length]))}\n`)
  const handle = await open(unfinished, 'w')
  try {
    await handle.writev([index, ...documents.map(({ bytes }) => bytes)])
  } finally {
    await handle.close()
  }
  await rename(unfinished, path)
}

/** Id → bytes; undefined when there is no such part here, or half of one. */
export async function readPack(
  app: Dir,
  runId: number,
  partition: number,
): Promise<Map<string, Uint8Array> | undefined> {
  const pack = await readFile(file(app, runId, partition)).catch(() => undefined)
  const head = pack?.indexOf(10) ?? -1
  if (!pack || head < 0) return undefined
  const index = JSON.parse(pack.subarray(0, head).toString()) as [string, number][]
  const documents = new Map<string, Uint8Array>()
  let at = head + 1
  for (const [id, size] of index) {
    documents.set(id, pack.subarray(at, at + size))
    at += size
  }
  return at === pack.length ? documents : undefined
}

export const dropPack = (app: Dir, runId: number, partition: number): Promise<void> =>
  rm(file(app, runId, partition), { force: true })
export const dropSpool = (app: Dir, runId: number): Promise<void> =>
  rm(join(app.config.dataDir, 'spool', String(runId)), { force: true, recursive: true })
