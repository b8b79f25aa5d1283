/** Dates of birth: in one cell, in three, or as much of them as there is. */
import { readDate, ymdOfParts } from '../standardise/date.ts'
import type { EvidenceBuilder } from './evidence-builder.ts'
import { addNumber } from './evidence-texts.ts'
import { sharedU32 } from './text-pool.ts'

export function addBirthDate(build: EvidenceBuilder, order: 'dmy' | 'mdy'): void {
  const whole = build.having('birth-date')[0]
  const parts = (['birth-year', 'birth-month', 'birth-day'] as const).map(role => build.having(role)[0])
  if (!whole && !parts.some(Boolean)) return
  const ofWhole = whole ? build.deriveNumber(build.text(whole), raw => readDate(raw, order).ymd) : null
  const [year, month, day] = parts.map(part => (part ? build.text(part) : null))
  const ofParts =
    year && month && day
      ? build.numbers(i => ymdOfParts(year.text(year.codes[i]!), month.text(month.codes[i]!), day.text(day.codes[i]!)))
      : null
  const codes = ofWhole && ofParts ? build.numbers(i => ofWhole[i] || ofParts[i]!) : (ofWhole ?? ofParts)
  if (!codes || (codes.every(code => code === 0) && build.complete)) {
    // Only a year, or nothing that can be read as a date: compared sign by sign.
    for (const column of [whole, ...parts]) if (column) addNumber(build, column)
    return
  }
  const none = sharedU32(1)
  const at = build.columns.push({ codes, units: new Uint16Array(0), offsets: none, counts: none }) - 1
  build.compare('birth date', 'date', [at])
  build.key('birth date', ['birth'], [build.keyOf(codes)])
  build.key('birth month', ['birth'], [build.keyOf(build.numbers(i => Math.floor(codes[i]! / 100)))])
  build.key('birthday', ['birth'], [build.keyOf(build.numbers(i => (codes[i] === 0 ? 0 : (codes[i]! % 10000) + 1)))])
}
