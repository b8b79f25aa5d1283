/** What the pages say, in the reader's language; Taiwan's words are derived from the simplified ones, once a process. */
import { taiwanWords } from '../../personalize/index.ts'
import type { HuiyinError } from '../../platform/errors.ts'
import { type Text, textIn } from '../../platform/text.ts'
import { READ_LANGS, type ReadLang } from '../preference-centre/page.ts'
import { EN, type PortalWord } from './words-en.ts'
import { ZH } from './words-zh.ts'

export interface Words {
  lang: ReadLang
  say(key: PortalWord, values?: Record<string, string | number>): string
  /** A text of the house that is there in two languages. */
  text(text: Text): string
  problem(error: HuiyinError): string
  /** As simplified characters are read here. */
  derived(simplified: string): string
  day(at: Date | string, zone?: string): string
  moment(at: Date | string, zone?: string): string
  /** `minor`: in hundredths. */
  money(minor: number, currency: string): string
}

let tw: { words: Record<PortalWord, string>; convert: (text: string) => string } | undefined

async function taiwan(): Promise<NonNullable<typeof tw>> {
  if (tw) return tw
  const convert = await taiwanWords()
  const words = Object.fromEntries(Object.entries(ZH).map(([key, text]) => [key, convert(text)]))
  tw = { words: words as Record<PortalWord, string>, convert }
  return tw
}

/** `zone`: of the days that are named, the company's. */
export async function wordsIn(lang: ReadLang, zone = 'UTC'): Promise<Words> {
  const own = lang === 'zh-TW' ? await taiwan() : undefined
  const words = own?.words ?? (lang === 'en' ? EN : ZH)
  const derived = own?.convert ?? (text => text)
  const other = lang === 'en' ? 'en' : 'zh-CN'
  const written = (style: Intl.DateTimeFormatOptions) => (at: Date | string, of?: string) =>
    new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : lang, { ...style, timeZone: of ?? zone }).format(new Date(at))
  return {
    lang,
    say: (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? '')),
    text: text => derived(textIn(text, other)),
    problem: error => derived(error.messageIn(other)),
    derived,
    day: written({ dateStyle: 'medium' }),
    moment: written({ dateStyle: 'medium', timeStyle: 'short' }),
    money: (minor, currency) =>
      /^[A-Z]{3}$/.test(currency)
        ? new Intl.NumberFormat(lang === 'en' ? 'en-GB' : lang, { style: 'currency', currency }).format(minor / 100)
        : (minor / 100).toFixed(2),
  }
}

/** What was asked for, else what the browser speaks. */
export function readLang(asked: string | undefined | null, accepts = ''): ReadLang {
  const chosen = READ_LANGS.find(lang => lang === asked)
  if (chosen) return chosen
  const first = accepts.split(',')[0]!.trim().toLowerCase()
  if (/^zh-(tw|hk|mo|hant)/.test(first)) return 'zh-TW'
  return first.startsWith('zh') ? 'zh-CN' : 'en'
}
