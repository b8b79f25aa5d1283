/**
 * What no document may carry in, whoever typed it: control characters, marks that turn the direction of what follows (they
 * can make a reader see another amount or address), halves of surrogate pairs, non-characters. Texts become NFC, so that a
 * composed letter finds its glyph. Line breaks and tabs stay; a lone carriage return is one, or two words would grow together.
 */
const unwanted = /[^\P{Cc}\n\t]|[\u2028\u2029\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff\ufeff]/gu

export const cleanText = (text: string): string => {
  const clean = text.toWellFormed().replace(/\r\n?/g, '\n').replace(unwanted, '').normalize('NFC')
  return clean.length > SHORT ? withoutFloods(clean) : clean
}

/** Names and lines are shorter and cannot flood anything. */
const SHORT = 100

/**
 * Thousands of blanks or accents in a row are no text, but they take the print engine seconds (6,000 blanks: 8 s, growing with the
 * square). Blanks and empty lines are cut to one; accents to 30 on a letter, as UAX #15 does (Stream-Safe Text Format, 13).
 */
const withoutFloods = (text: string): string =>
  text
    .replace(/(\p{Zs})\p{Zs}{40,}/gu, '$1')
    .replace(/\n(?:[\p{Zs}\t]*\n){20,}/gu, '\n\n')
    .replace(/(\p{M}{30})\p{M}+/gu, '$1')

/** A copy with every text cleaned, keys included; everything else as it is. */
export function cleanData<T>(value: T): T {
  if (typeof value === 'string') return cleanText(value) as T
  if (Array.isArray(value)) return value.map(cleanData) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [cleanText(key), cleanData(part)])) as T
}
