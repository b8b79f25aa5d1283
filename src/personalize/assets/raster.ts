import { crc32, createInflate } from 'node:zlib'
import type { Text } from '../../platform/text.ts'

export interface Size {
  width: number
  height: number
}

/** 24 million: an A4 page at 480 dpi. What a few kilobytes can claim to hold is bounded before anything is unpacked. */
export const MOST_PIXELS = 24e6

/** What is wrong, for people; the caller knows the name. */
export class Damaged extends Error {
  readonly problem: Text
  constructor(en: string, zh: string) {
    super(en)
    this.problem = { en, zh }
  }
}

const CHANNELS: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

/** Walks all chunks (PNG 1.2, W3C 2003) with their check sums, and nothing may follow the last. */
export function readPng(bytes: Buffer): Size & { data: Buffer[]; unpacked: number } {
  let at = 8
  let size: (Size & { unpacked: number }) | undefined
  const data: Buffer[] = []
  for (;;) {
    if (at + 12 > bytes.length) throw new Damaged('it ends in the middle', '文件不完整')
    const length = bytes.readUInt32BE(at)
    const type = bytes.toString('latin1', at + 4, at + 8)
    if (at + 12 + length > bytes.length) throw new Damaged('it ends in the middle', '文件不完整')
    const body = bytes.subarray(at + 8, at + 8 + length)
    if (crc32(bytes.subarray(at + 4, at + 8 + length)) !== bytes.readUInt32BE(at + 8 + length))
      throw new Damaged(`the check sum of ${type} is wrong`, `${type} 校验和错误`)
    if (size === undefined) {
      if (type !== 'IHDR' || length !== 13) throw new Damaged('it has no header', '缺少文件头')
      size = pngSize(body)
    }
    if (type === 'IDAT') data.push(body)
    at += 12 + length
    if (type === 'IEND') break
  }
  if (data.length === 0) throw new Damaged('it holds no picture', '没有图像数据')
  if (at !== bytes.length) throw new Damaged('something follows its end', '文件末尾有多余内容')
  return { ...size, data }
}

function pngSize(header: Buffer): Size & { unpacked: number } {
  const width = header.readUInt32BE(0)
  const height = header.readUInt32BE(4)
  const depth = header[8] ?? 0
  const channels = CHANNELS[header[9] ?? -1]
  if (width === 0 || height === 0 || channels === undefined || ![1, 2, 4, 8, 16].includes(depth))
    throw new Damaged('its header makes no sense', '文件头无效')
  // Of Adam7's seven passes each has filter bytes and padding of its own: less than twice the rows, a byte each.
  const unpacked = height * (1 + Math.ceil((width * channels * depth) / 8)) + 4 * height + 64
  return { width, height, unpacked }
}

/** Unpacks and counts, keeping nothing: a picture the print engine could not read would fail for every customer. */
export function unpacks(parts: readonly Buffer[], most: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const inflate = createInflate()
    let bytes = 0
    const fail = (en: string, zh: string) => {
      inflate.destroy()
      reject(new Damaged(en, zh))
    }
    inflate.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > most) fail('it unpacks to more than its size allows', '解压后超出其尺寸')
    })
    inflate.on('error', () => fail('its data cannot be unpacked', '数据无法解压'))
    inflate.on('end', () => resolve())
    for (const part of parts) inflate.write(part)
    inflate.end()
  })
}

/** Walks the segments of a JPEG (ITU-T T.81, B.1) to its frame header; the end marker must be there. */
export function readJpeg(bytes: Buffer): Size {
  let at = 2
  let size: Size | undefined
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) throw new Damaged('a marker is missing', '缺少标记')
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at++
      continue
    }
    const length = bytes.readUInt16BE(at + 2)
    if (length < 2 || at + 2 + length > bytes.length) throw new Damaged('it ends in the middle', '文件不完整')
    // SOF0–SOF15 without DHT, JPG and DAC; arithmetic and lossless ones no viewer shows.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      if (marker > 0xc2) throw new Damaged('its coding is not baseline or progressive', '编码方式不受支持')
      size = { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) }
    }
    if (marker === 0xda) break
    at += 2 + length
  }
  if (!size || size.width === 0 || size.height === 0) throw new Damaged('it holds no picture', '没有图像数据')
  if (bytes.lastIndexOf(Buffer.from([0xff, 0xd9])) < at) throw new Damaged('it ends in the middle', '文件不完整')
  return size
}
