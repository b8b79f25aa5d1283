import type { FieldChip, Inline, Phrase } from '../rich-text.ts'
import type { Compilation } from './compilation.ts'

/** An author's words in a Liquid text: every brace is printed by Liquid itself, so that no `{{` or `{%` can come together. */
export const asWords = (text: string): string => text.replaceAll('\r', '').replaceAll('{', "{{ '{' }}")

/** In an address what a field brings is encoded, so that it can add no part to it; the company's own fields are its author's. */
export type Place = 'words' | 'address'

export function fieldLiquid({ path, format, fallback }: FieldChip, place: Place = 'words'): string {
  const own = path.startsWith('brand.') || path === 'unsubscribe' || path === 'preferences'
  const filters = [...(format ? [format] : []), ...(place === 'address' && !own ? ['url_encode'] : [])]
  const output = `{{ ${[path, ...filters].join(' | ')} }}`
  if (fallback === undefined) return output
  return `{% if ${path} and ${path} != '' %}${output}{% else %}${asWords(fallback)}{% endif %}`
}

/** An address begins with words of its author or is one of our own ways out, so that no customer's data can lead elsewhere or run a script. */
export function isAddress([first]: Phrase): boolean {
  if (first?.type === 'text') return /^(https?:\/\/|mailto:|tel:)/.test(first.text)
  return first?.type === 'field' && (first.path === 'unsubscribe' || first.path === 'preferences')
}

/** One line as Liquid. */
export function phraseLiquid(phrase: Phrase, to: Compilation, place: Place = 'words'): string {
  return phrase
    .map(each => {
      if (each.type === 'text') return asWords(each.text)
      if (each.type === 'field') return fieldLiquid(each, place)
      return whenLiquid(
        to.condition(each.when),
        phraseLiquid(each.content, to, place),
        each.otherwise && phraseLiquid(each.otherwise, to, place),
      )
    })
    .join('')
}

export const whenLiquid = (key: string, shown: string, otherwise = ''): string =>
  `{% if when['${key}'] %}${shown}${otherwise === '' ? '' : `{% else %}${otherwise}`}{% endif %}`

/** Running text without its look, for channels that have none: an SMS, the text part of a mail, a script. */
export function plainLiquid(inlines: readonly Inline[], to: Compilation): string {
  return inlines
    .map((each): string => {
      switch (each.type) {
        case 'text':
          return asWords(each.text)
        case 'field':
          return fieldLiquid(each)
        case 'break':
          return '\n'
        default:
          return whenLiquid(
            to.condition(each.when),
            plainLiquid(each.content, to),
            each.otherwise && plainLiquid(each.otherwise, to),
          )
      }
    })
    .join('')
}
