import type { Lang } from '../../platform/errors.ts'
import type { Data } from './check-data.ts'
import { fill } from './liquid.ts'
import { remember } from './remember.ts'
import type { Brand, TemplateVersion } from './template.ts'

/** What a template sees: the data, the company, the language, and its own texts in that language, filled. */
export interface View {
  [field: string]: unknown
  lang: Lang
  brand: Record<string, unknown>
  t: Record<string, string>
}

/** The customer's language if the template speaks it, else the template's first. */
export function languageOf(version: TemplateVersion, data: Data): Lang {
  const asked = data['language']
  return version.manifest.languages.find(language => language === asked) ?? version.manifest.languages[0] ?? 'en'
}

/** `{en, zh}` texts of the company become the one text in the reader's language. */
export function brandIn(brand: Brand, lang: Lang): Record<string, unknown> {
  const side = lang === 'zh-CN' ? 'zh' : 'en'
  return Object.fromEntries(
    Object.entries(brand).map(([key, value]) => [
      key,
      typeof value === 'object' && 'zh' in value ? (value as Record<string, string>)[side] : value,
    ]),
  )
}

const parsedTexts = new WeakMap<TemplateVersion, Map<Lang, Record<string, string>>>()

/** `texts.<language>.json`: key → Liquid. */
function textsOf(version: TemplateVersion, lang: Lang): Record<string, string> {
  const byLanguage = remember(parsedTexts, version, () => new Map<Lang, Record<string, string>>())
  return remember(
    byLanguage,
    lang,
    () => JSON.parse(version.files[`texts.${lang}.json`] ?? '{}') as Record<string, string>,
  )
}

/** Texts are filled once, from data that are never read as Liquid again. */
export function viewOf(version: TemplateVersion, data: Data): View {
  const lang = languageOf(version, data)
  const scope = { ...data, lang, brand: brandIn(version.brand, lang) }
  const t = Object.fromEntries(
    Object.entries(textsOf(version, lang)).map(([key, source]) => [key, fill('text', source, scope)]),
  )
  return { ...scope, t }
}
