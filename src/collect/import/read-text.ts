/** A text file as a stream of strings: gzip inflated, encoding detected, every byte checked, SHA-256 of the file on the way. */
import { createHash } from 'node:crypto'
import { constants, createReadStream } from 'node:fs'
import { access, open, stat } from 'node:fs/promises'
import { createGunzip, gunzipSync } from 'node:zlib'
import { collectErrors } from '../errors.ts'
import { detectEncoding } from './encoding.ts'

export interface FileHead {
  size: number
  gzip: boolean
  /** First bytes of the text, inflated. */
  bytes: Uint8Array
}

const HEAD = 256 * 1024

/** Looks at a file before anything is done with it: missing, unreadable, empty, a folder. */
export async function fileHead(path: string): Promise<FileHead> {
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

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
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

export async function* readText(path: string, head: FileHead, format: string, wanted?: string): AsyncGenerator<string> {
  const encoding = wanted ?? detectEncoding(head.bytes)
  refuseBinary(path, head, format, encoding)
  let decoder: TextDecoder
  try {
    decoder = new TextDecoder(encoding, { fatal: true })
  } catch (error) {
    throw collectErrors['collect.file-encoding']({ file: path, encoding }, error)
  }
  const file = createReadStream(path, { highWaterMark: 1 << 20 })
  const bytes = head.gzip ? file.pipe(createGunzip()) : file
  file.on('error', error => bytes.destroy(error))
  const decode = (chunk?: Buffer): string => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode()
    } catch (error) {
      throw collectErrors['collect.file-encoding']({ file: path, encoding }, error)
    }
  }
  try {
    for await (const chunk of bytes) yield decode(chunk as Buffer)
  } catch (error) {
    throw fileError(path, error)
  }
  const rest = decode()
  if (rest !== '') yield rest
}
