import { z } from 'zod'
import { type Language, messageLanguages } from '../compose/languages.ts'

/** What authors write in is what messages are written in. */
export const languageSchema = z.enum(messageLanguages)
export type { Language }

/** The same in each language a template speaks; a language left out gets the first that is there. */
export const inLanguages = <T extends z.ZodType>(each: T) => z.partialRecord(languageSchema, each)
export type InLanguages<T> = Partial<Record<Language, T>>

/** What stands there for readers of a language: its own text, else that of the first language that has one. */
export function inLanguage<T>(
  texts: InLanguages<T> | undefined,
  lang: Language,
  order: readonly Language[],
): T | undefined {
  const from = [lang, ...order, ...(Object.keys(texts ?? {}) as Language[])].find(each => texts?.[each] !== undefined)
  return from === undefined ? undefined : texts?.[from]
}
