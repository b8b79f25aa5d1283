/**
 * What no document may carry in, whoever typed it: control characters, marks that turn the direction of what follows (they
 * can make a reader see another amount or address), halves of surrogate pairs, non-characters. Texts become NFC, so that a
 * composed letter finds its glyph. Line breaks and tabs stay.
 */
const unwanted = /[^\P{Cc}\n\t]|[\u2028\u2029\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff\ufeff]/gu

export const cleanText = (text: string): string =>
  text.toWellFormed().replaceAll('\r\n', '\n').replace(unwanted, '').normalize('NFC')

/** A copy with every text cleaned, keys included; everything else as it is. */
export function cleanData<T>(value: T): T {
  if (typeof value === 'string') return cleanText(value) as T
  if (Array.isArray(value)) return value.map(cleanData) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [cleanText(key), cleanData(part)])) as T
}
