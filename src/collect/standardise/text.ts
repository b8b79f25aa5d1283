/** Text folded for comparison: compatibility forms united, accents dropped, lower case, single spaces. */
import { Converter } from 'opencc-js'

const ASCII = /^[\x20-\x7e]*$/
const HAN = /\p{Script=Han}/u

export const hasHan = (text: string): boolean => HAN.test(text)

export function foldText(raw: string): string {
  let text = raw
  if (!ASCII.test(text)) {
    text = text.normalize('NFKC')
    // Accents fold away on Latin letters only; Hangul and kana would fall apart under NFD.
    if (/[À-ɏ]/.test(text)) text = text.normalize('NFD').replace(/[\u0300-\u036f]/g, '')
  }
  return text.toLowerCase().replace(/\s+/g, ' ').trim()
}

/** Letters and digits of any script, nothing else: the form in which codes and keys are compared. */
export const lettersAndDigits = (text: string): string => foldText(text).replace(/[^\p{L}\p{N}]/gu, '')

let converter: ((text: string) => string) | undefined
const toSimplified = (char: string): string => {
  if (!converter) converter = Converter({ from: 't', to: 'cn' })
  return converter ? converter(char) : char
}
const simplifiedOf = new Map<string, string>()

/** Traditional characters to simplified, one character at a time (words like 乾隆 are not names' concern). */
export function simplify(text: string): string {
  let out = ''
  for (const char of text) {
    let simple = simplifiedOf.get(char)
    if (simple === undefined) {
      simple = char > '\u2e7f' ? toSimplified(char) : char
      simplifiedOf.set(char, simple)
    }
    out += simple
  }
  return out
}
