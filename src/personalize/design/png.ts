import { crc32 } from 'node:zlib'

/** Bytes of one uncompressed block of deflate (RFC 1951, 3.2.4). */
const BLOCK = 65_535

/**
 * A picture of black and white dots, one bit each (PNG, ISO/IEC 15948). Not compressed: what a newer zlib squeezes otherwise would be
 * other bytes than were sent, and a code of 300 dots a side is 11 KB as it is.
 */
export function blackAndWhitePng(width: number, height: number, isBlack: (x: number, y: number) => boolean): Buffer {
  const stride = Math.ceil(width / 8) + 1
  const rows = Buffer.alloc(stride * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) if (!isBlack(x, y)) rows[y * stride + 1 + (x >> 3)]! |= 0x80 >> (x & 7)
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head[8] = 1 // bits a dot; grey, deflate, no filter, not interlaced are all 0
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', stored(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(body.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}

/** A zlib stream (RFC 1950) of blocks that are stored as they are. */
function stored(bytes: Buffer): Buffer {
  const parts: Buffer[] = [Buffer.from([0x78, 0x01])]
  for (let at = 0; at < bytes.length || at === 0; at += BLOCK) {
    const part = bytes.subarray(at, at + BLOCK)
    const head = Buffer.alloc(5)
    head[0] = at + BLOCK >= bytes.length ? 1 : 0
    head.writeUInt16LE(part.length, 1)
    head.writeUInt16LE(~part.length & 0xffff, 3)
    parts.push(head, part)
  }
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(adler32(bytes))
  return Buffer.concat([...parts, sum])
}

function adler32(bytes: Buffer): number {
  let [a, b] = [1, 0]
  for (const byte of bytes) {
    a = (a + byte) % 65_521
    b = (b + a) % 65_521
  }
  return ((b << 16) | a) >>> 0
}
