/**
 * Entries of a ZIP file (APPNOTE 6.3): the directory at its end says where each begins. Only what is asked for is unpacked, as a
 * stream, and never more than a limit, whatever the directory claims: a bomb of 42 kB unpacks to petabytes.
 */
import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { createInflateRaw } from 'node:zlib'

export class BadZip extends Error {}
export class TooBigInside extends Error {}

interface Entry {
  method: number
  packed: number
  at: number
}

export interface Zip {
  names: readonly string[]
  /** The text of an entry in pieces; null when there is no such entry. */
  text(name: string): AsyncGenerator<string> | null
}

const DIRECTORY_END = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50
const LOCAL_HEADER = 0x04034b50
const MOST_ENTRIES = 100_000

async function bytesAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await file.read(buffer, 0, length, at)
  return buffer.subarray(0, bytesRead)
}

async function directory(file: FileHandle, size: number): Promise<Map<string, Entry>> {
  const tail = await bytesAt(file, Math.max(0, size - 65_557), Math.min(size, 65_557))
  let end = tail.length - 22
  while (end >= 0 && tail.readUInt32LE(end) !== DIRECTORY_END) end--
  if (end < 0) throw new BadZip('it has no ZIP directory, or ends in the middle')
  const count = tail.readUInt16LE(end + 10)
  const length = tail.readUInt32LE(end + 12)
  const start = tail.readUInt32LE(end + 16)
  if (count === 0xffff || start === 0xffffffff) throw new BadZip('it is a ZIP64 archive')
  if (count > MOST_ENTRIES || start + length > size) throw new BadZip('its ZIP directory is damaged')
  const list = await bytesAt(file, start, length)
  const entries = new Map<string, Entry>()
  for (let at = 0, n = 0; n < count; n++) {
    if (at + 46 > list.length || list.readUInt32LE(at) !== DIRECTORY_ENTRY)
      throw new BadZip('its ZIP directory is damaged')
    const name = list.toString('utf8', at + 46, at + 46 + list.readUInt16LE(at + 28))
    if (list.readUInt16LE(at + 8) & 1) throw new BadZip('it is protected by a password')
    entries.set(name.replace(/^\//, '').replaceAll('\\', '/'), {
      method: list.readUInt16LE(at + 10),
      packed: list.readUInt32LE(at + 20),
      at: list.readUInt32LE(at + 42),
    })
    at += 46 + list.readUInt16LE(at + 28) + list.readUInt16LE(at + 30) + list.readUInt16LE(at + 32)
  }
  return entries
}

/** `limit`: bytes that may be unpacked in all. */
export async function openZip(path: string, limit: number): Promise<Zip> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const entries = await directory(file, size)
    const starts = new Map<string, number>()
    for (const [name, entry] of entries) {
      const local = await bytesAt(file, entry.at, 30)
      if (local.length < 30 || local.readUInt32LE(0) !== LOCAL_HEADER) throw new BadZip('its ZIP directory is damaged')
      starts.set(name, entry.at + 30 + local.readUInt16LE(26) + local.readUInt16LE(28))
    }
    let unpacked = 0
    return {
      names: [...entries.keys()],
      text(name) {
        const entry = entries.get(name)
        if (!entry) return null
        if (entry.method !== 0 && entry.method !== 8) throw new BadZip(`"${name}" is packed by an unknown method`)
        return unpack(entry, starts.get(name)!, bytes => {
          unpacked += bytes
          if (unpacked > limit) throw new TooBigInside()
        })
      },
    }
  } finally {
    await file.close()
  }

  async function* unpack(entry: Entry, start: number, count: (bytes: number) => void): AsyncGenerator<string> {
    if (entry.packed === 0) return
    const packed = createReadStream(path, { start, end: start + entry.packed - 1 })
    const bytes = entry.method === 0 ? packed : pipeline(packed, createInflateRaw(), () => undefined)
    const decoder = new TextDecoder('utf-8', { fatal: true })
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      count(chunk.length)
      yield decoder.decode(chunk, { stream: true })
    }
    yield decoder.decode()
  }
}
