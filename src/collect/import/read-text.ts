/** A text file as a stream of strings: gzip inflated, encoding detected, every byte checked, SHA-256 of the file on the way. */
import { isAscii } from 'node:buffer'
import { createHash } from 'node:crypto'
import { constants, createReadStream, createWriteStream } from 'node:fs'
import { access, mkdtemp, open, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip, gunzipSync } from 'node:zlib'
import { collectErrors } from '../errors.ts'
import { isAddress, maskAddress } from '../importers/address.ts'
import { detectEncoding } from './encoding.ts'

/** How a file or table is called where people see it. */
export const nameOf = (path: string): string => (isAddress(path) ? maskAddress(path) : basename(path))

export interface FileHead {
  size: number
  gzip: boolean
  /** First bytes of the text, inflated. */
  bytes: Uint8Array
}

const HEAD = 256 * 1024

/** Looks at a file before anything is done with it: missing, unreadable, empty, a folder. A table has no head. */
export async function fileHead(path: string): Promise<FileHead> {
  if (isAddress(path)) return { size: 0, gzip: false, bytes: new Uint8Array() }
  try {
    const info = await stat(path)
    if (!info.isFile()) throw collectErrors['collect.file-unreadable']({ file: path, reason: 'it is not a file' })
    if (info.size === 0) throw collectErrors['collect.file-empty']({ file: path })
    await access(path, constants.R_OK)
    const handle = await open(path)
    try {
      const buffer = Buffer.alloc(Math.min(HEAD, info.size))
      await handle.read(buffer, 0, buffer.length, 0)
      const gzip = buffer[0] === 0x1f && buffer[1] === 0x8b
      return { size: info.size, gzip, bytes: gzip ? inflateHead(buffer) : buffer }
    } finally {
      await handle.close()
    }
  } catch (error) {
    throw fileError(path, error)
  }
}

function inflateHead(buffer: Buffer): Uint8Array {
  // Z_SYNC_FLUSH lets an unfinished stream give what it has.
  return gunzipSync(buffer, { finishFlush: 2 }).subarray(0, HEAD)
}

export function fileError(file: string, error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error
  const code = String(error.code)
  if (code === 'ENOENT') return collectErrors['collect.file-missing']({ file }, error)
  if (code === 'Z_BUF_ERROR')
    return collectErrors['collect.file-truncated']({ file, reason: 'the gzip stream stops early' }, error)
  if (code.startsWith('Z_'))
    return collectErrors['collect.file-unreadable']({ file, reason: `gzip: ${error.message}` }, error)
  if (code === 'EACCES' || code === 'EPERM')
    return collectErrors['collect.file-unreadable']({ file, reason: 'permission denied' }, error)
  if (code.startsWith('E') && !code.startsWith('ERR_'))
    return collectErrors['collect.file-unreadable']({ file, reason: code }, error)
  return error
}

/** What a file holds, as one number. A table is another one whenever it is looked at: only reading it tells. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  if (isAddress(path)) return hash.update(`${path} ${Date.now()}`).digest('hex')
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  } catch (error) {
    throw fileError(path, error)
  }
  return hash.digest('hex')
}

/** Control characters that no text file has, at the places where they would stand in a binary one. */
function binaryByte(bytes: Uint8Array): number {
  let strange = 0
  let first = -1
  for (let i = 0; i < Math.min(bytes.length, 65_536); i++) {
    const byte = bytes[i]!
    if (byte < 9 || (byte > 13 && byte < 32 && byte !== 26 && byte !== 27)) {
      strange++
      if (first < 0) first = i
    }
  }
  return strange > Math.max(8, Math.min(bytes.length, 65_536) / 100) ? first : -1
}

/** Throws `collect.file-binary` for a file that cannot be text in that encoding. */
export function refuseBinary(path: string, head: FileHead, format: string, encoding: string): void {
  if (encoding.startsWith('utf-16')) return
  const byte = binaryByte(head.bytes)
  if (byte >= 0) throw collectErrors['collect.file-binary']({ file: path, byte: byte + 1, format })
}

/**
 * The encoding of a file: what the mapping says, else what its head looks like; when the head is plain ASCII, what the first part
 * that is not looks like.
 */
async function encodingOf(path: string, head: FileHead, wanted?: string): Promise<string> {
  if (wanted !== undefined && wanted !== '') return wanted
  if (!isAscii(head.bytes) || (!head.gzip && head.bytes.length >= head.size)) return detectEncoding(head.bytes)
  for await (const chunk of bytesOf(path, head)) {
    const at = isAscii(chunk) ? -1 : chunk.findIndex(byte => byte >= 0x80)
    if (at >= 0) return detectEncoding(chunk.subarray(at, at + HEAD))
  }
  return 'utf-8'
}

async function* bytesOf(path: string, head: FileHead): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { highWaterMark: 1 << 20 })
  const bytes = head.gzip ? file.pipe(createGunzip()) : file
  file.on('error', error => bytes.destroy(error))
  try {
    for await (const chunk of bytes) yield chunk as Buffer
  } catch (error) {
    throw fileError(path, error)
  } finally {
    file.destroy()
  }
}

function decoderFor(path: string, encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding)
  } catch (error) {
    throw collectErrors['collect.file-encoding']({ file: path, encoding }, error)
  }
}

/** The text of the head, without a byte order mark. */
export async function headText(path: string, head: FileHead, wanted?: string): Promise<string> {
  const encoding = await encodingOf(path, head, wanted)
  return decoderFor(path, encoding).decode(head.bytes, { stream: true })
}

/** The text of a file in pieces, without a byte order mark. What is not text in its encoding becomes U+FFFD: see `wellDecoded`. */
export async function* readText(path: string, head: FileHead, format: string, wanted?: string): AsyncGenerator<string> {
  const encoding = await encodingOf(path, head, wanted)
  refuseBinary(path, head, format, encoding)
  const decoder = decoderFor(path, encoding)
  for await (const chunk of bytesOf(path, head)) yield decoder.decode(chunk, { stream: true })
  const rest = decoder.decode()
  if (rest !== '') yield rest
}

/** Rows that are not text cost themselves only; when they are many, the encoding is not the one it was taken for. */
export function wellDecoded(path: string): { isText(row: string): boolean; check(rows: number): void } {
  let broken = 0
  return {
    isText(row) {
      if (!row.includes('\ufffd')) return true
      broken++
      return false
    },
    check(rows) {
      if (broken > 10 && broken > rows / 10)
        throw collectErrors['collect.file-encoding']({ file: path, encoding: 'text in one encoding' })
    },
  }
}

/** Bytes a compressed file may unpack to where it must lie on disk to be read. */
const MOST_INFLATED = 8 * 2 ** 30

/** A compressed file whose reader jumps about in it, unpacked beside the system's temporary files; the caller removes it. */
export async function inflated(path: string, head: FileHead): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'huiyin-inflated-'))
  const target = join(folder, basename(path).replace(/\.gz$/i, ''))
  let size = 0
  const counted = async function* () {
    for await (const chunk of bytesOf(path, head)) {
      size += chunk.length
      if (size > MOST_INFLATED)
        throw collectErrors['collect.file-too-big-inside']({ file: path, limit: MOST_INFLATED / 2 ** 20 })
      yield chunk
    }
  }
  try {
    await pipeline(counted, createWriteStream(target))
    return target
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}

export const removeInflated = (file: string): Promise<void> => rm(dirname(file), { recursive: true, force: true })

/** Work on a file as if it were not compressed. */
export async function asInflated<T>(path: string, head: FileHead, work: (path: string) => Promise<T>): Promise<T> {
  if (!head.gzip) return work(path)
  const file = await inflated(path, head)
  try {
    return await work(file)
  } finally {
    await removeInflated(file)
  }
}
