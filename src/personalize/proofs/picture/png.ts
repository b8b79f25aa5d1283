import { crc32, deflateSync } from 'node:zlib'
import type { Canvas } from './canvas.ts'

/** A page as PNG (ISO/IEC 15948): eight bits a colour, each row as the difference to the one above, which packs print best. */
export function pngOf({ width, height, pixels }: Canvas): Buffer {
  const row = width * 3
  const filtered = Buffer.alloc((row + 1) * height)
  for (let y = 0; y < height; y++) {
    const to = y * (row + 1)
    filtered[to] = 2
    for (let x = 0; x < row; x++)
      filtered[to + 1 + x] = pixels[y * row + x]! - (y === 0 ? 0 : pixels[(y - 1) * row + x]!)
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  // Bits a sample, and 2: red, green and blue.
  head[8] = 8
  head[9] = 2
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(filtered, { level: 6 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}
