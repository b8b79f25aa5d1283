/** For `lang`: a reader aloud says Chinese in an English page in Chinese, and the other way about; nothing where it is the page's own. */
import { type Html, html } from './html.ts'
import type { Words } from './words.ts'

const HAN = /\p{Script=Han}/u
const LATIN = /\p{Script=Latin}{2}/u

export function languageOf(text: string, { lang }: Pick<Words, 'lang'>): string | undefined {
  if (HAN.test(text)) return lang === 'en' ? 'zh' : undefined
  return lang !== 'en' && LATIN.test(text) ? 'en' : undefined
}

/** Where the language is known: an element's, when it is not the page's. */
export const inLang = (lang: string | undefined, words: Pick<Words, 'lang'>): Html | '' =>
  lang && lang !== words.lang ? html` lang="${lang}"` : ''

/** Of an element that holds nothing else. */
export const langOf = (text: string, words: Pick<Words, 'lang'>): Html | '' => inLang(languageOf(text, words), words)

/** A name or a title within a sentence of ours. */
export function foreign(text: string, words: Pick<Words, 'lang'>): Html | string {
  const lang = languageOf(text, words)
  return lang ? html`<span lang="${lang}">${text}</span>` : text
}
