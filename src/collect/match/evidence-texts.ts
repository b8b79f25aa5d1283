/**
 * Columns that no rule of their own knows: short text, numbers, sentences. Households may share any of them, so they are learned as
 * shared; a useless one gets weights near nothing.
 */
import { organisationWords } from '../standardise/organisation.ts'
import { foldText, lettersAndDigits, simplify } from '../standardise/text.ts'
import { skeletonOf } from './block-keys.ts'
import type { EvidenceBuilder } from './evidence-builder.ts'
import { piecesOf, wordsOf } from './pieces.ts'
import type { PeopleColumn } from './roles.ts'
import { ColumnCoder } from './text-pool.ts'

const plain = (raw: string): string => simplify(foldText(raw))

export function addTexts(build: EvidenceBuilder): void {
  for (const column of build.having('text')) {
    const at = build.codeColumn(column, plain)
    if (at < 0) continue
    build.compare(column.name, 'text', [at], { shared: true })
    build.codeKeys(column.name, [at])
    build.derivedKey(`${column.name} sound`, [column.name], at, skeletonOf)
  }
  for (const column of build.having('words')) addWords(build, column, column.name, raw => raw)
  for (const column of build.having('number')) addNumber(build, column)
}

export function addNumber(build: EvidenceBuilder, column: PeopleColumn): void {
  const at = build.codeColumn(column, lettersAndDigits)
  if (at < 0) return
  build.compare(column.name, 'code', [at], { shared: true })
  build.codeKeys(column.name, [at])
}

/** Names of organisations without their legal form, whichever way round place and trade stand. */
export function addOrganisations(build: EvidenceBuilder): void {
  const [column] = build.having('organisation')
  if (column) addWords(build, column, 'organisation', organisationWords)
}

function addWords(build: EvidenceBuilder, column: PeopleColumn, id: string, core: (raw: string) => string): void {
  const at = build.codeColumn(column, raw => piecesOf(core(raw)))
  if (at < 0) return
  const shown = build.codeColumn(column, raw => plain(raw).slice(0, 200))
  build.compare(id, 'words', [at], { shared: true, ...(shown < 0 ? {} : { shown }) })
  rareWords(build, column, id)
}

/** Blocks by the three words of a text that the fewest records have; those that only one has come last. */
const RARE = 3

function rareWords(build: EvidenceBuilder, column: PeopleColumn, id: string): void {
  const text = build.text(column)
  const counts = new Map<string, number>()
  const known: string[][] = []
  for (const code of text.codes) {
    if (code === 0) continue
    known[code] ??= wordsOf(text.text(code))
    for (const word of known[code]) counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  const price = (word: string): number => {
    const count = counts.get(word) ?? 0
    return count > 1 ? count : Number.POSITIVE_INFINITY
  }
  const coders = Array.from({ length: RARE }, () => new ColumnCoder())
  const of = build.deriveText(text, coders, raw => {
    const words = wordsOf(raw).sort((a, b) => {
      const dearer = price(a) - price(b)
      return dearer < 0 ? -1 : dearer > 0 ? 1 : a < b ? -1 : 1
    })
    return Array.from({ length: RARE }, (_, nth) => words[nth] ?? '')
  })
  const slots = coders.map(coder => {
    // One numbering for all slots, so that the rarest word of one meets the second of another.
    return build.keyOf(build.numbers(i => hashOf(coder.text(of(i, coders.indexOf(coder))))))
  })
  build.key(id, [id], slots)
}

function hashOf(word: string): number {
  let hash = 0
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash, 31) + word.charCodeAt(i)
  return word === '' ? 0 : hash >>> 0 || 1
}
