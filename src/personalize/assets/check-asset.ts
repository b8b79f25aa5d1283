import { sha256Of } from '../../platform/sha256.ts'
import { errors } from './errors.ts'
import { type FontFacts, Forbidden, readFont } from './font.ts'
import { type AssetKind, extensionsOf, firstBytes, kindOf, mediaTypeOf, mostBytes } from './kind.ts'
import { Damaged, MOST_PIXELS, readJpeg, readPng, type Size, unpacks } from './raster.ts'
import { readSvg, Unsafe } from './svg.ts'

/** A file that may be used in documents, and what was found in it. */
export interface CheckedAsset {
  /** SHA-256 of its bytes: the same file is the same asset, whoever brings it. */
  id: string
  kind: AssetKind
  mediaType: string
  /** Pixels; of a drawing its own units; 0 of a font. */
  size: Size
  font: FontFacts | null
}

/** Checked by content: the name only has to agree with it. */
export async function checkAsset(name: string, bytes: Buffer): Promise<CheckedAsset> {
  if (bytes.length === 0) throw errors['assets.empty']({ name })
  const kind = kindOf(bytes)
  if (!kind) throw errors['assets.unknown-kind']({ name, found: firstBytes(bytes) })
  const extension = /\.([A-Za-z0-9]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
  if (!extensionsOf[kind].includes(extension))
    throw errors['assets.wrong-extension']({ name, kind: kind.toUpperCase() })
  if (bytes.length > mostBytes(kind))
    throw errors['assets.too-large']({ name, size: bytes.length, most: mostBytes(kind), kind: kind.toUpperCase() })
  return {
    id: sha256Of(bytes),
    kind,
    mediaType: mediaTypeOf[kind],
    ...(await inside(name, kind, bytes)),
  }
}

async function inside(name: string, kind: AssetKind, bytes: Buffer): Promise<{ size: Size; font: FontFacts | null }> {
  try {
    switch (kind) {
      case 'png': {
        const { width, height, data, unpacked } = readPng(bytes)
        bounded(name, { width, height })
        await unpacks(data, unpacked)
        return { size: { width, height }, font: null }
      }
      case 'jpeg':
        return { size: bounded(name, readJpeg(bytes)), font: null }
      case 'svg':
        return { size: readSvg(new TextDecoder('utf-8', { fatal: true }).decode(bytes)), font: null }
      case 'ttf':
      case 'otf':
        return { size: { width: 0, height: 0 }, font: readFont(bytes) }
    }
  } catch (error) {
    if (error instanceof Damaged) throw errors['assets.damaged']({ name, problem: error.problem }, error)
    if (error instanceof Unsafe)
      throw errors['assets.svg-unsafe']({ name, line: error.line, problem: error.problem }, error)
    if (error instanceof Forbidden)
      throw errors['assets.font-forbidden']({ family: error.family, bits: error.bits, problem: error.problem }, error)
    if (error instanceof TypeError && kind === 'svg')
      throw errors['assets.damaged']({ name, problem: { en: 'it is not UTF-8', zh: '不是 UTF-8 编码' } }, error)
    if (error instanceof RangeError)
      throw errors['assets.damaged']({ name, problem: { en: 'it ends in the middle', zh: '文件不完整' } }, error)
    throw error
  }
}

function bounded(name: string, size: Size): Size {
  if (size.width * size.height > MOST_PIXELS)
    throw errors['assets.too-many-pixels']({ name, ...size, most: MOST_PIXELS / 1e6 })
  return size
}
