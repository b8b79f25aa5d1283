/** A customer's words as terms that can be counted: words and two-word phrases of Chinese and English, nothing that could be personal. */
import { NEGATIONS, STOP_WORDS } from './stop-words.ts'

export type TermLanguage = 'zh' | 'en'

/** Addresses of mail and of pages, and whatever holds a digit: numbers are persons' or documents', never a theme. */
const NOT_WORDS = /\S+@\S+|https?:\S+|\S*\d\S*(?=\s|$)|[\p{L}]*\d[\p{L}\d-]*/gu
const HAN = /\p{Script=Han}/gu
const LETTER = /\p{L}/gu
/** What stands between two words without parting them. */
const JOINS = /^[\s·'’"“”()（）-]*$/u
/** Of one text; what is written longer says its theme before. */
const MOST_TOKENS = 400

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })

/** By most of its letters. */
export function languageOf(text: string): TermLanguage {
  const han = text.match(HAN)?.length ?? 0
  return han * 3 >= (text.match(LETTER)?.length ?? 0) && han > 0 ? 'zh' : 'en'
}

/** Plural and singular are one word; more stemming joins what customers mean differently (delivered, deliver). */
function stem(word: string): string {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`
  return word.length > 3 && /[^sui]s$/.test(word) ? word.slice(0, -1) : word
}

interface Token {
  word: string
  negation: boolean
  /** Nothing but a space between it and the one before. */
  joined: boolean
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  let joined = false
  for (const { segment, isWordLike } of segmenter.segment(text)) {
    if (!isWordLike) {
      joined &&= JOINS.test(segment)
      continue
    }
    const word = segment.toLowerCase()
    const negation = NEGATIONS.has(word) || /n['’]t$/.test(word)
    if (!negation && STOP_WORDS.has(word)) {
      joined = false
      continue
    }
    tokens.push({ word: negation ? word : stem(word), negation, joined })
    joined = true
    if (tokens.length === MOST_TOKENS) break
  }
  return tokens
}

/** Distinct terms of a text. What is denied is another word than what is said: 没收到, not received. */
export function termsOf(text: string): Set<string> {
  const clean = text.normalize('NFKC').replace(NOT_WORDS, ' , ')
  const between = languageOf(clean) === 'zh' ? '' : ' '
  const words: { word: string; joined: boolean }[] = []
  let denied: { word: string; joined: boolean } | null = null
  for (const { word, negation, joined } of tokensOf(clean)) {
    if (negation) denied = { word: between === '' ? word : 'not', joined }
    else {
      words.push(denied ? { word: `${denied.word}${between}${word}`, joined: denied.joined } : { word, joined })
      denied = null
    }
  }
  const terms = new Set<string>()
  for (const [at, { word, joined }] of words.entries()) {
    // One letter says nothing in English; one character does in Chinese (坏, 慢).
    if (between === '' || word.length > 1) terms.add(word)
    if (joined) terms.add(`${words[at - 1]!.word}${between}${word}`)
  }
  return terms
}

/** A text as terms. */
export interface Cut {
  language: TermLanguage
  terms: readonly string[]
}

export const cut = (text: string): Cut => ({ language: languageOf(text), terms: [...termsOf(text)] })
