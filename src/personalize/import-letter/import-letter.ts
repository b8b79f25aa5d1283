import type { App } from '../../platform/app.ts'
import { HuiyinError } from '../../platform/errors.ts'
import { storeAsset } from '../assets/asset-store.ts'
import type { Language } from '../design/languages.ts'
import { errors } from './errors.ts'
import { type NotTaken, notTaken } from './not-taken.ts'
import { openDocx } from './open-docx.ts'
import { readDocx } from './read-docx.ts'
import { type Designed, type PlacedPicture, toDesign } from './to-design.ts'
import type { WordBlock, WordDocument } from './word-tree.ts'

export interface ImportedLetter extends Designed {
  pictures: number
}

interface Wish {
  name: string
  userId: number
  /** Left out: by what most of its letters are. */
  language?: Language | undefined
  /** Paths the data of the kind of message have. */
  paths: ReadonlySet<string>
}

/** A letter that exists as a Word document, as the start of a design; pictures become assets, what has no place is listed. */
export async function importLetter(app: Pick<App, 'workflow'>, bytes: Buffer, wish: Wish): Promise<ImportedLetter> {
  const { name } = wish
  const opened = openDocx(name, bytes)
  const document = await readDocx(name, opened.bytes)
  const language = wish.language ?? languageOf(document.blocks)
  const missed: NotTaken[] = notTaken(opened.xml, opened.parts)
  const pictures = await storedPictures(app, document, widthsIn(opened.xml), wish, missed)
  const designed = toDesign(document.blocks, { language, paths: wish.paths, pictures })
  if (designed.design.blocks.length === 0) throw errors['letter.empty']({ name })
  const all = [...missed, ...designed.notTaken].sort((a, b) => a.paragraph - b.paragraph)
  return { ...designed, notTaken: distinct(all), pictures: pictures.filter(picture => picture !== null).length }
}

/** A4 without its margins. */
const MOST_MM = 170
/** Pixels of a screen, where the document does not say how wide a picture stands. */
const MM_PER_PIXEL = 25.4 / 96

async function storedPictures(
  app: Pick<App, 'workflow'>,
  { pictures }: WordDocument,
  widths: readonly number[],
  { name, userId }: Wish,
  missed: NotTaken[],
): Promise<(PlacedPicture | null)[]> {
  const placed: (PlacedPicture | null)[] = []
  for (const [index, { bytes, mediaType }] of pictures.entries()) {
    const extension = ENDINGS[mediaType] ?? (mediaType.split('/')[1] || 'bin')
    const file = `${name.replace(/\.[^.]*$/, '').slice(0, 80)}-${index + 1}.${extension}`
    try {
      const given = { name: file, licence: '', alt: { en: '', zh: '' }, userId }
      const { asset } = await storeAsset(app, Buffer.from(bytes), given)
      const width = pictures.length === widths.length ? widths[index] : undefined
      placed.push({ asset: asset.id, width: clamp(width ?? asset.width * MM_PER_PIXEL) })
    } catch (error) {
      if (!(error instanceof HuiyinError)) throw error
      placed.push(null)
      missed.push({ paragraph: 0, words: file, what: { en: error.messageIn('en'), zh: error.messageIn('zh-CN') } })
    }
  }
  return placed
}

const ENDINGS: Record<string, string> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/jpg': 'jpg',
  'image/svg+xml': 'svg',
}

const clamp = (mm: number): number => Math.round(Math.min(MOST_MM, Math.max(5, mm)))

/** How wide pictures stand, in the order they come: EMU, 36,000 a millimetre. */
const widthsIn = (xml: string): number[] =>
  Array.from(
    xml.matchAll(/<wp:extent\b[^>]*cx="(\d+)"(?:(?!<wp:extent\b)[\s\S])*?r:embed=/g),
    ([, cx]) => Number(cx) / 36_000,
  )

function languageOf(blocks: readonly WordBlock[]): Language {
  const paragraphs = blocks.flatMap(block =>
    block.type === 'table' ? block.rows.flatMap(({ cells }) => cells.flat()) : [block],
  )
  const text = paragraphs
    .flatMap(({ content }) => content.map(part => (part.type === 'text' ? part.text : '')))
    .join('')
  const chinese = text.match(/\p{Script=Han}/gu)?.length ?? 0
  const words = text.match(/[A-Za-z]{2,}/g)?.length ?? 0
  return chinese > words ? 'zh-CN' : 'en'
}

/** The same thing said twice of one paragraph is said once. */
function distinct(all: readonly NotTaken[]): NotTaken[] {
  const seen = new Set<string>()
  return all.filter(({ paragraph, words, what }) => {
    const key = `${paragraph} ${words} ${what.en}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}
