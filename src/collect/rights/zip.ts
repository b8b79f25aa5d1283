/** A ZIP file written entry by entry (APPNOTE 6.3.9: local header, data, central directory); names are UTF-8, data deflated. */

import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { crc32, deflateRawSync } from 'node:zlib'

export interface ZipWriter {
  add(name: string, bytes: Uint8Array | string): Promise<void>
  /** Writes the directory; returns the size of the file. */
  close(): Promise<number>
}

/** Larger than this needs ZIP64, which not everything reads; a person's data are far from it. */
const MOST = 0xffffffff
const UTF8_NAME = 0x0800
const DEFLATE = 8
/** 1980-01-01 00:00, the zero of the format: the same data give the same bytes. */
const DATE = 0x0021

export function zipFile(path: string): ZipWriter {
  const out = createWriteStream(path, { mode: 0o600 })
  const failed = once(out, 'error').then(([error]) => Promise.reject(error))
  failed.catch(() => undefined)
  const directory: Buffer[] = []
  let offset = 0
  const write = async (...buffers: Uint8Array[]): Promise<void> => {
    for (const buffer of buffers) {
      offset += buffer.length
      if (!out.write(buffer)) await Promise.race([once(out, 'drain'), failed])
    }
  }
  return {
    async add(name, content) {
      const bytes = typeof content === 'string' ? Buffer.from(content) : content
      const packed = deflateRawSync(bytes)
      const named = Buffer.from(name)
      if (offset + packed.length > MOST) throw new RangeError(`${path} grows beyond 4 GiB`)
      const head = Buffer.alloc(26)
      head.writeUInt16LE(20, 0)
      head.writeUInt16LE(UTF8_NAME, 2)
      head.writeUInt16LE(DEFLATE, 4)
      head.writeUInt16LE(DATE, 8)
      head.writeUInt32LE(crc32(bytes), 10)
      head.writeUInt32LE(packed.length, 14)
      head.writeUInt32LE(bytes.length, 18)
      head.writeUInt16LE(named.length, 22)
      const entry = Buffer.alloc(46)
      entry.writeUInt32LE(0x02014b50, 0)
      entry.writeUInt16LE(20, 4)
      head.copy(entry, 6)
      entry.writeUInt32LE(offset, 42)
      directory.push(entry, named)
      await write(Buffer.from([0x50, 0x4b, 3, 4]), head, named, packed)
    },
    async close() {
      const start = offset
      await write(...directory)
      const end = Buffer.alloc(22)
      end.writeUInt32LE(0x06054b50, 0)
      end.writeUInt16LE(directory.length / 2, 8)
      end.writeUInt16LE(directory.length / 2, 10)
      end.writeUInt32LE(offset - start, 12)
      end.writeUInt32LE(start, 16)
      await write(end)
      out.end()
      await Promise.race([once(out, 'close'), failed])
      return offset
    },
  }
}
