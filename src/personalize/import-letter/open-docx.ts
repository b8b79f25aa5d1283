import { errors } from './errors.ts'
import { namedFields } from './merge-fields.ts'
import { BadZip, readZip, TooMuch, writeZip } from './zip.ts'

/** A letter with pictures; a book is none. */
const MOST_MB = 8
const MOST_UNPACKED_MB = 48
const MOST_TEXT_MB = 6
const MB = 1024 * 1024

export const DOCUMENT = 'word/document.xml'

export interface OpenDocx {
  /** The same document without compression, its merge fields written as «Name». */
  bytes: Buffer
  /** `word/document.xml` as it was. */
  xml: string
  parts: string[]
}

/** Looked through before anything parses it: what is not plainly a Word document of a bearable size is refused. */
export function openDocx(name: string, bytes: Buffer): OpenDocx {
  const found = otherFormat(bytes)
  if (found) throw errors['letter.not-docx']({ name, found })
  if (bytes.length > MOST_MB * MB)
    throw errors['letter.too-large']({ name, size: (bytes.length / MB).toFixed(1), most: MOST_MB })
  const parts = unzipped(name, bytes)
  const document = parts.get(DOCUMENT)
  if (!document) throw errors['letter.not-docx']({ name, found: { en: 'another ZIP file', zh: '其他 ZIP 文件' } })
  if (document.length > MOST_TEXT_MB * MB)
    throw errors['letter.unpacks-too-large']({ name, most: MOST_TEXT_MB, part: DOCUMENT })
  for (const [part, body] of parts) {
    if (!/\.(xml|rels)$/.test(part)) continue
    // Office writes no DTD; entities of one's own are how a kilobyte becomes gigabytes.
    if (/<!(DOCTYPE|ENTITY)/i.test(body.toString('latin1', 0, 100_000)))
      throw errors['letter.damaged']({ name, problem: { en: `${part} declares entities`, zh: `${part} 声明了实体` } })
  }
  const xml = document.toString('utf8')
  parts.set(DOCUMENT, Buffer.from(namedFields(xml)))
  return { bytes: writeZip(parts), xml, parts: [...parts.keys()] }
}

function unzipped(name: string, bytes: Buffer): Map<string, Buffer> {
  try {
    return readZip(bytes, { entries: 2000, bytes: MOST_UNPACKED_MB * MB })
  } catch (error) {
    if (error instanceof TooMuch)
      throw errors['letter.unpacks-too-large']({ name, most: MOST_UNPACKED_MB, part: error.part }, error)
    if (error instanceof BadZip) throw errors['letter.damaged']({ name, problem: error.problem }, error)
    throw error
  }
}

/** What people take for a Word document. */
function otherFormat(bytes: Buffer) {
  const head = bytes.toString('latin1', 0, 8)
  if (head.startsWith('PK\x03\x04')) return undefined
  if (bytes.length === 0) return { en: 'empty', zh: '空文件' }
  if (head.startsWith('\xd0\xcf\x11\xe0'))
    return { en: 'an old .doc file, or one with a password', zh: '旧版 .doc 文件或带密码的文件' }
  if (head.startsWith('%PDF')) return { en: 'a PDF', zh: ' PDF ' }
  if (head.startsWith('{\\rtf')) return { en: 'an RTF file', zh: ' RTF 文件' }
  return { en: 'another kind of file', zh: '其他类型的文件' }
}
