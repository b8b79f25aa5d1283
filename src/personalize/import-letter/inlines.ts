import type { Text } from '../../platform/text.ts'
import type { Inline, Mark, Phrase } from '../design/rich-text.ts'
import { type FoundField, fieldOf } from './field-paths.ts'
import type { WordText } from './word-tree.ts'

export interface Chips {
  /** Fields as they were found, by the name they had. */
  fields: Map<string, FoundField>
  paths: ReadonlySet<string>
  /** Told what could not become a chip. */
  odd(what: Text): void
}

const FIELD = /«([^«»]{1,80})»|\{\{([^{}]{1,200})\}\}/g
const LIQUID = /^\s*([A-Za-z][\w.]*)\s*(?:\|\s*([a-z][a-z0-9_]*)\s*)?$/

/** Neighbouring pieces of one look are one: Word cuts words wherever somebody once stopped typing, in the middle of «Name» too. */
export function inlines(pieces: readonly (WordText | { type: 'break' })[], chips: Chips): Inline[] {
  const joined: (WordText | { type: 'break' })[] = []
  for (const piece of pieces) {
    const last = joined.at(-1)
    if (piece.type === 'text' && last?.type === 'text' && (sameLook(last, piece) || insideField(last.text)))
      joined[joined.length - 1] = { ...last, text: last.text + piece.text }
    else if (piece.type === 'break' || piece.text !== '') joined.push(piece)
  }
  return joined.flatMap((piece): Inline[] => (piece.type === 'break' ? [{ type: 'break' }] : chipped(piece, chips)))
}

const sameLook = (a: WordText, b: WordText): boolean =>
  a.bold === b.bold && a.italic === b.italic && a.underline === b.underline && a.link === b.link

/** A field that began and has not ended: what follows belongs to it, whatever it looks like. */
const insideField = (text: string): boolean =>
  text.lastIndexOf('«') > text.lastIndexOf('»') || text.lastIndexOf('{{') > text.lastIndexOf('}}')

function chipped(piece: WordText, chips: Chips): Inline[] {
  const look = lookOf(piece, chips)
  return split(piece.text, chips).map(part => ({ ...part, ...look }))
}

type Part = { type: 'text'; text: string } | { type: 'field'; path: string; format?: string }

function split(text: string, chips: Chips): Part[] {
  const parts: Part[] = []
  let at = 0
  const words = (until: number) => {
    const plain = text.slice(at, until)
    if (/\{%|%\}|\{\{|\}\}/.test(plain))
      chips.odd({ en: 'a Liquid tag, taken as text; use a condition', zh: 'Liquid 标签，按文字导入，请改用条件' })
    if (plain !== '') parts.push({ type: 'text', text: plain })
  }
  for (const found of text.matchAll(FIELD)) {
    const [whole, merge, liquid] = found
    const written = liquid === undefined ? null : LIQUID.exec(liquid)
    if (liquid !== undefined && !written) continue
    words(found.index)
    at = found.index + whole.length
    const name = merge ?? written?.[1] ?? ''
    const field = chips.fields.get(name) ?? fieldOf(name, chips.paths)
    chips.fields.set(name, field)
    const format = written?.[2] ?? field.format
    parts.push({ type: 'field', path: field.path, ...(format ? { format } : {}) })
  }
  words(text.length)
  return parts
}

function lookOf(piece: WordText, chips: Chips): { marks?: Mark[]; link?: Phrase } {
  const marks: Mark[] = []
  if (piece.bold) marks.push('bold')
  if (piece.italic) marks.push('italic')
  // Word underlines links; the design does so by itself.
  if (piece.underline && piece.link === '') marks.push('underline')
  const link = linkOf(piece.link, chips)
  return { ...(marks.length > 0 ? { marks } : {}), ...(link ? { link } : {}) }
}

function linkOf(address: string, chips: Chips): Phrase | null {
  if (address === '') return null
  if (/^(https?:|mailto:|tel:)/i.test(address)) return split(address, chips)
  chips.odd({ en: `a link to ${address.slice(0, 60)}`, zh: `指向 ${address.slice(0, 60)} 的链接` })
  return null
}
