/** Languages messages are written in; the app itself speaks two of them. */
export const messageLanguages = ['zh-CN', 'zh-TW', 'en'] as const
export type Language = (typeof messageLanguages)[number]

/**
 * Who is not written to in the language asked for: the other Chinese first, which every reader of one makes out, then English; English
 * readers are never sent Chinese before the template's own first language decides. Any other language reads English.
 */
const FALLBACK: Record<Language, readonly Language[]> = {
  'zh-CN': ['zh-CN', 'zh-TW', 'en'],
  'zh-TW': ['zh-TW', 'zh-CN', 'en'],
  en: ['en'],
}

/** In which of the languages that are spoken (a template's, a text's) somebody is written to; none of them: the first. */
export function languageFor<Spoken extends Language>(asked: unknown, spoken: readonly Spoken[]): Spoken | undefined {
  const order = FALLBACK[messageLanguages.find(language => language === asked) ?? 'en']
  for (const language of order) {
    const found = spoken.find(each => each === language)
    if (found) return found
  }
  return spoken[0]
}

/** 中文: the two differ in characters and words, not in how dates and money stand. */
export const isChinese = (language: Language): boolean => language !== 'en'
