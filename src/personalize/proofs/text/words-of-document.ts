import type { Outcome } from '../../compose/outcome.ts'
import type { LaidOut } from '../../compose/print.ts'
import { preview } from '../../preview.ts'

/** What a person reads on the pages, a line for every run of text as the engine set it. */
export const wordsOnPages = ({ typst, document }: LaidOut): string =>
  Array.from(typst.svg(document).matchAll(/class="tsel"[^>]*>([^<]*)</g), ([, text = '']) => unescaped(text)).join('\n')

const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  '#39': "'",
  nbsp: '\u00a0',
}
const unescaped = (text: string): string =>
  text.replace(/&([#\w]+);/g, (whole, name: string) => ENTITIES[name] ?? whole)

/** Of anything that is not paper. */
export async function wordsInMessage(outcome: Outcome): Promise<string> {
  if (outcome.state === 'held') return ''
  const { bytes, mediaType } = await preview(outcome.bytes, outcome.mediaType)
  const text = Buffer.from(bytes).toString()
  return mediaType.startsWith('text/html') ? `${outcome.subject}\n\n${withoutTags(text)}` : text
}

const withoutTags = (html: string): string =>
  unescaped(
    html
      .replace(/<(style|script|title)[\s\S]*?<\/\1>|<!--[\s\S]*?-->/g, '')
      .replace(/<br[^>]*>|<\/(?:p|div|tr|h\d|table)>/g, '\n')
      .replace(/<[^>]*>/g, ''),
  )
    .replace(/[ \t]+/g, ' ')
    .replace(/\s*\n\s*/g, '\n')
    .trim()
