/**
 * The very bytes of what the law wants kept: one compressed file a document, named by the SHA-256 of what it holds, so that the same
 * bytes are kept once and whatever is read is checked. Under `archive/` of the data folder, which `huiyin backup`
 * takes along, unless HUIYIN_ARCHIVE names another place.
 */
import { randomUUID } from 'node:crypto'
import { access, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { zstdCompress, zstdDecompress } from 'node:zlib'
import type { App } from '../../platform/app.ts'
import { sha256Of } from '../../platform/sha256.ts'
import { archiveErrors } from './errors.ts'

const pack = promisify(zstdCompress)
const unpack = promisify(zstdDecompress)

export const archiveFolder = ({ config }: Pick<App, 'config'>): string =>
  config.archiveDir ?? join(config.dataDir, 'archive')

/** 65,536 folders: 10 M documents are 150 files a folder. */
export const archiveFile = (app: Pick<App, 'config'>, sha256: string): string =>
  join(archiveFolder(app), sha256.slice(0, 2), sha256.slice(2, 4), `${sha256}.zst`)

/** fsync of sixteen at a time: the journal of the file system takes them together. */
const AT_ONCE = 16

/** Bytes on disk by SHA-256, forced to disk before this returns; what is there already is left as it is. */
export async function keepBytes(
  app: Pick<App, 'config'>,
  documents: readonly { sha256: string; bytes: Uint8Array }[],
): Promise<Map<string, number>> {
  const stored = new Map<string, number>()
  const waiting = [...new Map(documents.map(document => [document.sha256, document])).values()]
  const lane = async (): Promise<void> => {
    for (let next = waiting.pop(); next; next = waiting.pop()) stored.set(next.sha256, await keepOne(app, next))
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, waiting.length) }, lane))
  return stored
}

async function keepOne(
  app: Pick<App, 'config'>,
  { sha256, bytes }: { sha256: string; bytes: Uint8Array },
): Promise<number> {
  const file = archiveFile(app, sha256)
  const packed = await pack(bytes)
  if (await isThere(file)) return packed.length
  try {
    await mkdir(dirname(file), { recursive: true })
    const unfinished = `${file}.${randomUUID()}`
    const handle = await open(unfinished, 'w', 0o640)
    try {
      await handle.writeFile(packed)
      await handle.datasync()
    } finally {
      await handle.close()
    }
    await rename(unfinished, file)
  } catch (error) {
    throw archiveErrors['archive.not-writable'](
      { folder: archiveFolder(app), reason: error instanceof Error ? error.message : String(error) },
      error,
    )
  }
  return packed.length
}

/** The kept bytes, checked against their name; undefined where none are kept. */
export async function keptBytes(app: Pick<App, 'config'>, id: string, sha256: string): Promise<Uint8Array | undefined> {
  const file = archiveFile(app, sha256)
  const packed = await readFile(file).catch(() => undefined)
  if (!packed) return undefined
  const bytes = await unpack(packed).catch(() => undefined)
  if (bytes && sha256Of(bytes) === sha256) return bytes
  throw archiveErrors['archive.bytes-damaged']({ id, sha256, file })
}

export async function dropBytes(app: Pick<App, 'config'>, sha256: string): Promise<boolean> {
  const file = archiveFile(app, sha256)
  if (!(await isThere(file))) return false
  await rm(file, { force: true })
  return true
}

const isThere = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  )
