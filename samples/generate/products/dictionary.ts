import { headWords, type ProductCategory } from './head-words.ts'
import { modifierWords } from './modifier-words.ts'
import { moreWords } from './more-words.ts'

export type Word = { zh: string; category: ProductCategory | null }

/** "ENGLISH=中文; …" → entries; a word of the heads keeps the category of its list. */
function* entries(text: string): Generator<[string, string]> {
  for (const pair of text.split(';')) {
    const [english, chinese] = pair.split('=')
    if (english?.trim()) yield [english.trim(), (chinese ?? '').trim()]
  }
}

const heads = new Map<string, Word>()
const modifiers = new Map<string, Word>()
for (const [category, text] of Object.entries(headWords))
  for (const [english, zh] of entries(text))
    if (!heads.has(english)) heads.set(english, { zh, category: category as ProductCategory })
for (const text of [modifierWords, moreWords])
  for (const [english, zh] of entries(text)) if (!modifiers.has(english)) modifiers.set(english, { zh, category: null })

/** A plural is looked up by its singular: BERRIES → BERRY, BOXES → BOX, CUPS → CUP. */
const singulars = (word: string) => [
  word,
  word.replace(/IES$/, 'Y'),
  word.replace(/(CH|SH|X|S)ES$/, '$1'),
  word.replace(/S$/, ''),
  `${word}S`,
]

const find = (words: Map<string, Word>, phrase: string) => {
  for (const form of singulars(phrase)) {
    const word = words.get(form)
    if (word) return word
  }
  return undefined
}

export const longestPhrase = 4
export const findHead = (phrase: string) => find(heads, phrase)
/** Motifs (HEART, BIRD, GLASS) are in both lists: they are the article only when nothing else in the line is. */
export const isMotif = (phrase: string) => findModifier(phrase) !== undefined
export const findModifier = (phrase: string) => find(modifiers, phrase)
