import { fonts } from './fonts.ts'

export interface MissingGlyph {
  /** `customer.name`, `invoices[3].number`. */
  field: string
  character: string
  /** `U+1F600`. */
  codePoint: string
}

/** Control, format and variation characters that print nothing themselves. */
const invisible = /[\p{Cc}\p{Cf}]|\p{Variation_Selector}|\u034f/u

/** The first character, over all texts of a value, for which the print fonts have no glyph. */
export function missingGlyph(value: unknown, field = ''): MissingGlyph | undefined {
  if (typeof value === 'string') return missingIn(value, field)
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, part] of Object.entries(value)) {
    const missing = missingGlyph(
      part,
      Array.isArray(value) ? `${field}[${key}]` : field === '' ? key : `${field}.${key}`,
    )
    if (missing) return missing
  }
  return undefined
}

function missingIn(text: string, field: string): MissingGlyph | undefined {
  const { covers } = fonts()
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    if (covers(code) || invisible.test(character)) continue
    return { field, character, codePoint: `U+${code.toString(16).toUpperCase().padStart(4, '0')}` }
  }
  return undefined
}
