/**
 * The words of a document as the search index holds them and as a question is asked: runs of letters and digits in small letters,
 * and of Chinese every pair of neighbouring characters, since Chinese writes no spaces. All pairs of what is asked for must be there.
 */
import type { Data } from '../compose/check-data.ts'
import type { Composed } from '../compose/outcome.ts'
import { type Script, scriptText } from '../compose/script.ts'
import type { TemplateVersion } from '../compose/template.ts'
import { viewOf } from '../compose/texts.ts'

const RUN = /\p{Script=Han}+|[[\p{L}\p{N}\p{M}]--\p{Script=Han}]+/gv
const HAN = /^\p{Script=Han}/v
/** Nobody looks for a longer one; a made-up text of 20,000 letters is not worth its place. */
const LONGEST = 40

export function wordsOf(text: string): Set<string> {
  const words = new Set<string>()
  for (const [run] of text.normalize('NFKC').toLowerCase().matchAll(RUN)) {
    if (!HAN.test(run)) {
      if (run.length <= LONGEST) words.add(run)
      continue
    }
    const characters = [...run]
    if (characters.length === 1) words.add(run)
    for (let at = 0; at + 1 < characters.length; at++) words.add(characters[at]! + characters[at + 1]!)
  }
  return words
}

/** What is not read: names of things to machines. The company's own lines stand in every document and tell none from another. */
const NOT_READ = new Set([
  'id',
  'links',
  'language',
  'lang',
  'brand',
  'currency',
  'charts',
  'barcodes',
  'key',
  'sha256',
])

/** Every text of a message's data. */
export function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value
  else if (Array.isArray(value)) for (const item of value) yield* textsIn(item)
  else if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) if (!NOT_READ.has(key)) yield* textsIn(inner)
}

/**
 * Of a short message and a script exactly what they say. Of paper and mail the texts that the template filled for this customer
 * and the data they were filled from: also those a branch of the page left out.
 */
export function documentWords(version: TemplateVersion, data: Data, { bytes, extension }: Composed): string {
  const read =
    extension === 'txt'
      ? [Buffer.from(bytes).toString()]
      : extension === 'json'
        ? [scriptText(JSON.parse(Buffer.from(bytes).toString()) as Script)]
        : textsIn(viewOf(version, data))
  return [...wordsOf([...read].join('\n'))].join(' ')
}

/** Of what was held back, the data. */
export const dataWords = (data: Data): string => [...wordsOf([...textsIn(data)].join('\n'))].join(' ')
