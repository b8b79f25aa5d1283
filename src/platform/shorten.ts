import { cutText } from './cut-text.ts'

/**
 * The beginning of a text where there is room for `most` characters: cut where a clause or a word ends (Chinese too, by ICU's dictionary),
 * never in the middle of what is written as one character, and the cut is shown.
 */
export function shorten(text: string, most: number): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= most) return line
  // To take 100 characters apart costs 20 µs: only those after the last clause that surely has room.
  const sure = CLAUSES.exec(line.slice(0, Math.max(0, most - 16)))?.[0].length ?? 0
  let kept = line.slice(0, sure)
  for (const { segment } of words.segment(line.slice(sure, most + 24))) {
    if (kept.length + segment.length >= most) break
    kept += segment
  }
  const whole = kept.replace(begunClause(most), '').replace(TRAILING, '')
  // One word that is longer than the room there is: an address, a number.
  return `${whole.length < most / 2 ? cutText(line, most - 1) : whole}…`
}

const words = new Intl.Segmenter('zh', { granularity: 'word' })
const CLAUSES = /^.*[\s,;:，。；：、！？]/
/** A word or two of a clause that is not shown say nothing. */
const begunClause = (most: number): RegExp =>
  new RegExp(`(?<=[,;:，。；：、！？])[^,;:，。；：、！？]{1,${Math.max(1, Math.floor(most / 8))}}$`, 'u')
/** Before the dots nothing else ends it. */
const TRAILING = /[\s\p{P}]+$/u
