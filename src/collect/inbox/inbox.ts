/** The data folder's inbox: files put there by hand or uploaded in the app, waiting to be imported. */
import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rename, rm, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { App } from '../../platform/app.ts'
import { collectErrors } from '../errors.ts'

/** Larger files are copied into the folder by other means: a browser that breaks off starts again from nothing. */
export const MOST_UPLOAD = 4 * 1024 ** 3
/** Left free on the disk for the engines. */
const KEPT_FREE = 256 * 1024 ** 2
const UNFINISHED = '.part'

export const inboxOf = (app: Pick<App, 'config'>): string => join(app.config.dataDir, 'inbox')

export interface InboxFile {
  name: string
  bytes: number
  at: Date
}

export async function inboxFiles(app: App): Promise<InboxFile[]> {
  const folder = inboxOf(app)
  await mkdir(folder, { recursive: true })
  const files: InboxFile[] = []
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isFile() || entry.name.startsWith('.') || entry.name.endsWith(UNFINISHED)) continue
    const info = await stat(join(folder, entry.name)).catch(() => null)
    if (info) files.push({ name: entry.name, bytes: info.size, at: info.mtime })
  }
  return files.sort((a, b) => b.at.getTime() - a.at.getTime())
}

/** A name that stays inside the folder, or `collect.name-bad`. */
export function inboxPath(app: Pick<App, 'config'>, name: string): string {
  const bad =
    name === '' || name.length > 200 || /[/\\\p{Cc}]/u.test(name) || name.startsWith('.') || name.endsWith(UNFINISHED)
  if (bad) throw collectErrors['collect.name-bad']({ name })
  return join(inboxOf(app), name)
}

/**
 * Streams an upload into the inbox; it appears there whole or not at all. A file of the same name is only replaced when told so,
 * because a source may be reading it.
 */
export async function receiveFile(
  app: App,
  name: string,
  body: Readable,
  { replace = false, bytes }: { replace?: boolean; bytes?: number | undefined } = {},
): Promise<InboxFile> {
  const path = inboxPath(app, name)
  await mkdir(inboxOf(app), { recursive: true })
  if (!replace && (await stat(path).catch(() => null))) throw collectErrors['collect.name-taken']({ name })
  if (bytes !== undefined) await refuseTooLarge(app, name, bytes)
  const unfinished = `${path}.${randomUUID().slice(0, 8)}${UNFINISHED}`
  let taken = 0
  const measured = new Transform({
    transform(chunk: Buffer, _, done) {
      taken += chunk.length
      if (taken > MOST_UPLOAD) done(tooLarge(name) as Error)
      else done(null, chunk)
    },
  })
  try {
    await pipeline(body, measured, createWriteStream(unfinished, { mode: 0o600 }))
    await rename(unfinished, path)
  } catch (error) {
    await rm(unfinished, { force: true })
    if (error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE')
      throw collectErrors['collect.upload-broken']({ name }, error)
    throw error
  }
  return { name, bytes: taken, at: new Date() }
}

async function refuseTooLarge(app: App, name: string, bytes: number): Promise<void> {
  if (bytes > MOST_UPLOAD) throw tooLarge(name)
  const { bavail, bsize } = await statfs(inboxOf(app))
  if (bytes + KEPT_FREE > bavail * bsize)
    throw collectErrors['collect.upload-no-room']({ name, free: Math.floor((bavail * bsize) / 1e6) })
}

const tooLarge = (name: string): unknown =>
  collectErrors['collect.upload-too-large']({ name, limit: `${MOST_UPLOAD / 1024 ** 3} GB` })

export async function removeFile(app: App, name: string): Promise<void> {
  const path = inboxPath(app, name)
  if (!(await stat(path).catch(() => null))) throw collectErrors['collect.file-missing']({ file: name })
  await rm(path)
}
