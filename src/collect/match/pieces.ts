/**
 * Text as the set of its pieces: pairs of neighbouring letters inside each word (of characters, for Chinese). What two texts have in
 * common does not depend on the order of their words, and a slip costs two pieces, not a word (IEEE Access 2021 found such sets
 * better than edit distance for Chinese). Each piece is a 16-bit hash, so a set is a sorted run of UTF-16 units.
 */
import { foldText, simplify } from '../standardise/text.ts'

const MOST = 120

export function piecesOf(raw: string): string {
  const pieces = new Set<number>()
  for (const word of simplify(foldText(raw)).split(/[^\p{L}\p{N}]+/u)) {
    if (word === '') continue
    const marked = ` ${word} `
    for (let at = 0; at + 1 < marked.length && pieces.size < MOST; at++) {
      const hash = Math.imul(marked.charCodeAt(at) * 65_599 + marked.charCodeAt(at + 1), 0x9e3779b1) >>> 16
      pieces.add(hash === 0 ? 1 : hash)
    }
  }
  return String.fromCharCode(...[...pieces].sort((a, b) => a - b))
}

/** Words long enough to say something, for blocking: those that few records have are chosen where all are known. */
export const wordsOf = (raw: string): string[] => {
  const text = simplify(foldText(raw))
  const words = text.split(/[^\p{L}\p{N}]+/u).filter(word => word.length > 2)
  const han = text.match(/\p{Script=Han}{2}/gu) ?? []
  return [...new Set([...words, ...han])]
}
