import type { Text } from '../../platform/text.ts'
import { answersOf, barcodesOf, type Logic } from '../design/logic.ts'
import { firstOf, namesOf, slotContents } from '../slots/slot-contents.ts'
import type { Data } from './check-data.ts'
import { isolated } from './isolate.ts'
import { type Language, languageFor } from './languages.ts'
import { fillIn } from './liquid.ts'
import { remember } from './remember.ts'
import type { Brand, TemplateVersion } from './template.ts'

/** What a template sees: the data, the company, the language, and its own texts in that language, filled. */
export interface View {
  [field: string]: unknown
  lang: Language
  brand: Record<string, unknown>
  t: Record<string, string>
}

/** The customer's language if the template speaks it, else the next in the stated order (languages.ts). */
export const languageOf = (version: TemplateVersion, data: Data): Language =>
  languageFor(data['language'], version.manifest.languages) ?? 'en'

/** `{en, zh}` texts of the company become the one text in the reader's language. */
export function brandIn(brand: Brand, lang: Language): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(brand).map(([key, value]) => [
      key,
      typeof value === 'object' && 'zh' in value ? writtenIn(value as WrittenText, lang) : value,
    ]),
  )
}

type WrittenText = Text & { 'zh-TW'?: string }

/** Traditional characters where somebody wrote them, else the simplified ones. */
const writtenIn = (text: WrittenText, lang: Language): string =>
  lang === 'en' ? text.en : ((lang === 'zh-TW' ? text['zh-TW'] : undefined) ?? text.zh)

const parsedTexts = new WeakMap<TemplateVersion, Map<Language, Record<string, string>>>()

/** `texts.<language>.json`: key → Liquid. */
function textsOf(version: TemplateVersion, lang: Language): Record<string, string> {
  const byLanguage = remember(parsedTexts, version, () => new Map<Language, Record<string, string>>())
  return remember(
    byLanguage,
    lang,
    () => JSON.parse(version.files[`texts.${lang}.json`] ?? '{}') as Record<string, string>,
  )
}

const logics = new WeakMap<TemplateVersion, Logic>()

/** Of a template that was compiled from a design; an expert's own files decide for themselves. */
export function logicOf(version: TemplateVersion): Logic | undefined {
  const written = version.files['logic.json']
  return written === undefined ? undefined : remember(logics, version, () => JSON.parse(written) as Logic)
}

/** Texts are filled once, from data that are never read as Liquid again. */
export function viewOf(version: TemplateVersion, data: Data): View {
  const lang = languageOf(version, data)
  const said = { ...isolated(data), lang, brand: brandIn(version.brand, lang) }
  const contents = slotContents(version, said)
  // On paper what fits decides; on a screen the first is it.
  const slots = version.manifest.channel === 'print' ? namesOf(contents) : firstOf(contents)
  const logic = logicOf(version)
  const scope = { ...said, slots, ...(logic ? answersOf(logic, { ...said, slots }) : {}) }
  const file = `texts.${lang}.json`
  const t = Object.fromEntries(
    Object.entries(textsOf(version, lang)).map(([key, source]) => [
      key,
      fillIn('text', source, scope, { file, written: version.files[file] ?? '', key }),
    ]),
  )
  return { ...scope, t, ...(logic ? { barcodes: barcodesOf(logic, t) } : {}) }
}
