/** What a file is, by its first bytes; names and declared types are only believed where they agree. */
export const assetKinds = ['png', 'jpeg', 'svg', 'ttf', 'otf'] as const
export type AssetKind = (typeof assetKinds)[number]

export const mediaTypeOf: Record<AssetKind, string> = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  svg: 'image/svg+xml',
  ttf: 'font/ttf',
  otf: 'font/otf',
}

/** Endings a file of a kind may have; the first is the one it is kept under. */
export const extensionsOf: Record<AssetKind, readonly [string, ...string[]]> = {
  png: ['png'],
  jpeg: ['jpg', 'jpeg'],
  svg: ['svg'],
  ttf: ['ttf'],
  otf: ['otf'],
}

export const isFont = (kind: AssetKind): boolean => kind === 'ttf' || kind === 'otf'

/** Bytes. A picture of a message is no poster; Chinese fonts have 5–20 MB. */
export const mostBytes = (kind: AssetKind): number => (isFont(kind) ? 24 : kind === 'svg' ? 1 : 5) * 1024 * 1024

export const MOST_BYTES = mostBytes('ttf')

export function kindOf(bytes: Uint8Array): AssetKind | undefined {
  const starts = (...head: number[]) => head.every((byte, at) => bytes[at] === byte)
  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png'
  if (starts(0xff, 0xd8, 0xff)) return 'jpeg'
  if (starts(0x00, 0x01, 0x00, 0x00) || starts(0x74, 0x72, 0x75, 0x65)) return 'ttf'
  if (starts(0x4f, 0x54, 0x54, 0x4f)) return 'otf'
  const head = new TextDecoder().decode(bytes.subarray(0, 4096))
  if (
    /^\uFEFF?\s*(<\?xml[^>]*\?>\s*)?(<!--[\s\S]*?-->\s*)*(<!DOCTYPE\s+svg[^>[]*>\s*)?(<!--[\s\S]*?-->\s*)*<svg[\s>]/.test(
      head,
    )
  )
    return 'svg'
  return undefined
}

/** For a message to people: what the bytes look like. */
export const firstBytes = (bytes: Uint8Array): string =>
  Array.from(bytes.subarray(0, 8), byte =>
    byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`,
  ).join('')
