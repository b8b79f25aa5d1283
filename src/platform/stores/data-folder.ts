import { randomUUID } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { link, mkdir, readFile, rename, rm, stat, statfs, unlink, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { folderError, folderErrors } from './data-folder-errors.ts'
import { processAlive, processBirth } from './process-alive.ts'

/**
 * One process owns a data folder. Its lock file says who: it is made whole by `link`, which fails when there is one, and a
 * dead holder's is taken over. Node has no `flock`.
 */

const holder = z.object({
  pid: z.int(),
  /** See `processBirth`. */
  birth: z.string(),
  host: z.string(),
  startedAt: z.iso.datetime(),
  /** Lets a command on this machine ask the server at `address` to do the work. */
  token: z.string(),
  /** Where the holder answers, once it serves: `http://127.0.0.1:7070`. */
  address: z.string().optional(),
})

/** Who holds a folder; the file is readable only by its owner. */
export type FolderHolder = z.infer<typeof holder>

export interface FolderLock {
  readonly dataDir: string
  readonly token: string
  /** Tells others where this process answers. */
  announce(address: string): Promise<void>
  release(): Promise<void>
}

const LOCK = 'lock'

/** A holder on another machine (or in another container) cannot be asked for; its lock file is touched this often. */
const BEAT_MS = 5_000
const LAPSE_MS = 20_000

/** An empty embedded store of facts and workflow takes 40 MB. */
const LEAST_FREE_MB = 64

/** Makes the folder when it is missing and takes it for this process, or throws `platform.folder-held` and the like. */
export async function lockDataFolder(dataDir: string): Promise<FolderLock> {
  const folder = resolve(dataDir)
  await makeFolder(folder)
  const file = join(folder, LOCK)
  const me: FolderHolder = {
    pid: process.pid,
    birth: await processBirth(process.pid),
    host: hostname(),
    startedAt: new Date().toISOString(),
    token: randomUUID(),
  }
  try {
    await take(file, me, folder)
  } catch (error) {
    throw folderError(error, folder)
  }
  return held(file, me, folder)
}

/** Who holds the folder now; undefined when nobody alive does. */
export async function folderHolder(dataDir: string): Promise<FolderHolder | undefined> {
  const file = join(resolve(dataDir), LOCK)
  const found = await read(file)
  return found && (await isAlive(file, found)) ? found : undefined
}

async function makeFolder(folder: string): Promise<void> {
  try {
    const there = await stat(folder).catch(() => undefined)
    if (!there?.isDirectory()) await mkdir(folder)
    const { bavail, bsize } = await statfs(folder)
    const free = Math.floor((bavail * bsize) / 1e6)
    if (free < LEAST_FREE_MB) throw folderErrors['platform.disk-full']({ folder, free })
  } catch (error) {
    throw folderError(error, folder, dirname(folder))
  }
}

async function take(file: string, me: FolderHolder, folder: string): Promise<void> {
  if (await create(file, me)) return
  const found = await read(file)
  if (found && (await isAlive(file, found))) throw heldBy(found, folder)
  // The dead holder's file is moved away, not removed: somebody else may have taken over since it was read.
  const away = `${file}.${me.token}.dead`
  await rename(file, away).catch(ignoreMissing)
  const moved = await read(away)
  if (moved && moved.token !== found?.token) await link(away, file).catch(() => undefined)
  await rm(away, { force: true })
  const created = await create(file, me)
  // Whoever moved this one by mistake in the same moment has put it back by then.
  await sleep(20)
  const now = await read(file)
  if (!created || now?.token !== me.token) throw heldBy(now ?? me, folder)
}

/** False when there is a lock file already. */
async function create(file: string, me: FolderHolder): Promise<boolean> {
  const whole = `${file}.${me.token}`
  await writeFile(whole, JSON.stringify(me), { mode: 0o600 })
  try {
    await link(whole, file)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  } finally {
    await unlink(whole)
  }
}

async function read(file: string): Promise<FolderHolder | undefined> {
  const text = await readFile(file, 'utf8').catch(ignoreMissing)
  if (text === undefined) return undefined
  try {
    return holder.parse(JSON.parse(text))
  } catch {
    // Half a file after a power cut.
    return undefined
  }
}

async function isAlive(file: string, { host, pid, birth }: FolderHolder): Promise<boolean> {
  if (host === hostname()) return processAlive(pid, birth)
  const touched = await stat(file).catch(ignoreMissing)
  return touched !== undefined && Date.now() - touched.mtimeMs < LAPSE_MS
}

function heldBy({ pid, host, address, startedAt }: FolderHolder, folder: string): Error {
  return folderErrors['platform.folder-held']({
    folder,
    pid,
    host,
    since: startedAt,
    address,
    at: address ? ` (${address})` : '',
  })
}

function held(file: string, me: FolderHolder, dataDir: string): FolderLock {
  const beat = setInterval(() => {
    const now = new Date()
    utimes(file, now, now).catch(() => undefined)
  }, BEAT_MS).unref()
  const lastMoment = () => removeOwn(file, me)
  process.once('exit', lastMoment)
  return {
    dataDir,
    token: me.token,
    async announce(address) {
      const whole = `${file}.${me.token}`
      await writeFile(whole, JSON.stringify({ ...me, address }), { mode: 0o600 })
      await rename(whole, file)
    },
    async release() {
      clearInterval(beat)
      process.off('exit', lastMoment)
      removeOwn(file, me)
    },
  }
}

/** Not the file of somebody who took the folder over meanwhile (a machine that slept). */
function removeOwn(file: string, me: FolderHolder): void {
  try {
    if (readFileSync(file, 'utf8').includes(me.token)) rmSync(file)
  } catch (error) {
    ignoreMissing(error)
  }
}

function ignoreMissing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
  throw error
}
