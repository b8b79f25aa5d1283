import { useMemo } from 'react'
import type { Text } from '../../src/platform/text.ts'
import { type Format, formatIn } from './format.ts'
import { isMessage, type MessageId, translate, type Values } from './i18n.ts'
import { type Lang, language } from './lang.ts'

export interface Speech extends Format {
  lang: Lang
  /** A message of the catalogue. */
  t(id: MessageId, values?: Values): string
  /** A text that came with the data in both languages. */
  say(text: Text): string
  /** The name of a code (`channel`, `email`); a code nobody named is shown as it is. */
  term(kind: string, code: string): string
}

export function useText(): Speech {
  const lang = language.use()
  return useMemo(() => speechIn(lang), [lang])
}

function speechIn(lang: Lang): Speech {
  const countries = countryNames(lang)
  return {
    ...formatIn(lang),
    lang,
    t: translate,
    say: text => (lang === 'zh-CN' ? text.zh : text.en),
    term(kind, code) {
      if (kind === 'country') return countries.of(code)
      const id = `${kind}.${code}`
      return isMessage(id) ? translate(id) : code
    },
  }
}

/** ISO 3166 codes have names in every browser; anything else is a name already. */
function countryNames(lang: Lang): { of: (code: string) => string } {
  const names = new Intl.DisplayNames(lang, { type: 'region', style: 'short', fallback: 'code' })
  return { of: code => (/^[A-Z]{2}$/.test(code) ? (names.of(code) ?? code) : code) }
}
