/** The level functions: how two records are compared on one aspect, over coded columns. */
import { dayNumber } from '../standardise/date.ts'
import { type Comparison, EMAIL_PARTS, HOME_PARTS } from './comparison.ts'
import { dice, editDistance, jaroWinkler } from './similarity.ts'
import type { CodedColumn } from './text-pool.ts'

export type LevelOf = (i: number, j: number) => number

const similarity = (column: CodedColumn, a: number, other: CodedColumn, b: number): number =>
  jaroWinkler(
    column.units,
    column.offsets[a]!,
    column.offsets[a + 1]!,
    other.units,
    other.offsets[b]!,
    other.offsets[b + 1]!,
  )

const distance = (column: CodedColumn, a: number, b: number, limit: number): number =>
  editDistance(
    column.units,
    column.offsets[a]!,
    column.offsets[a + 1]!,
    column.units,
    column.offsets[b]!,
    column.offsets[b + 1]!,
    limit,
  )

/** Values of two columns have different codes, so they are compared by their units. */
function sameValue(x: CodedColumn, a: number, y: CodedColumn, b: number): boolean {
  const from = x.offsets[a]!
  const length = x.offsets[a + 1]! - from
  const other = y.offsets[b]!
  if (length === 0 || y.offsets[b + 1]! - other !== length) return false
  for (let i = 0; i < length; i++) if (x.units[from + i] !== y.units[other + i]) return false
  return true
}

/** Winkler's bounds for names and lines of an address: .92 a slip of the hand, .8 still the same word. */
const CLOSE = 0.92
const NEAR = 0.8

function nameLevel(comparison: Comparison, columns: CodedColumn[]): LevelOf {
  const sound = columns[comparison.columns[0]!]!
  const han = comparison.columns[1] === undefined ? null : columns[comparison.columns[1]]!
  const tone = comparison.tone === undefined ? null : columns[comparison.tone]!.codes
  const variant = comparison.variant === undefined ? null : columns[comparison.variant]!.codes
  const swapSound = comparison.swap[0] === undefined ? null : columns[comparison.swap[0]]!
  const whole = comparison.swap[1] === undefined ? null : columns[comparison.swap[1]]!.codes
  return (i, j) => {
    const a = sound.codes[i]!
    const b = sound.codes[j]!
    if (a === 0 || b === 0) return 0
    const x = han ? han.codes[i]! : 0
    const y = han ? han.codes[j]! : 0
    if (a === b) {
      if (x === 0 || y === 0 || x === y) return 1
      return tone && tone[i] === tone[j] ? 3 : 4
    }
    if (whole && whole[i] === whole[j]) return 2
    if (swapSound) {
      const p = swapSound.codes[i]!
      const q = swapSound.codes[j]!
      if (q > 0 && p > 0 && (sameValue(sound, a, swapSound, q) || sameValue(sound, b, swapSound, p))) {
        if (similarity(sound, a, swapSound, q) >= CLOSE && similarity(sound, b, swapSound, p) >= CLOSE) return 2
      }
    }
    const la = sound.offsets[a + 1]! - sound.offsets[a]!
    const lb = sound.offsets[b + 1]! - sound.offsets[b]!
    if (la === 1 || lb === 1) return sound.units[sound.offsets[a]!] === sound.units[sound.offsets[b]!] ? 7 : 9
    const alike = similarity(sound, a, sound, b)
    if (alike >= CLOSE) return 5
    if (la > 3 && lb > 3 && distance(sound, a, b, 1) <= 1) return 5
    if (variant && variant[i] === variant[j]) return 6
    return alike >= NEAR ? 8 : 9
  }
}

function textLevel(comparison: Comparison, columns: CodedColumn[]): LevelOf {
  const slots = comparison.columns.map(c => columns[c]!)
  const swaps = comparison.swap.map(c => columns[c]!)
  return (i, j) => {
    let best = 0
    for (const x of slots) {
      const a = x.codes[i]!
      if (a === 0) continue
      for (const y of slots) {
        const b = y.codes[j]!
        if (b === 0) continue
        if (x === y ? a === b : sameValue(x, a, y, b)) return 1
        const alike = similarity(x, a, y, b)
        const level = alike >= CLOSE ? 3 : alike >= NEAR ? 4 : 5
        if (best === 0 || level < best) best = level
      }
    }
    if (best === 5) {
      const x = slots[0]!
      for (const swap of swaps) {
        const p = swap.codes[i]!
        const q = swap.codes[j]!
        if (q > 0 && x.codes[i]! > 0 && similarity(x, x.codes[i]!, swap, q) >= CLOSE) return 2
        if (p > 0 && x.codes[j]! > 0 && similarity(x, x.codes[j]!, swap, p) >= CLOSE) return 2
      }
    }
    return best
  }
}

/** Values are sorted hashes of their pieces (see pieces.ts); Dice's coefficient, bounds as for the same, a half, a quarter. */
const MOST = 0.75
const HALF = 0.5
const SOME = 0.3

function wordsLevel(comparison: Comparison, columns: CodedColumn[]): LevelOf {
  const { codes, units, offsets } = columns[comparison.columns[0]!]!
  return (i, j) => {
    const a = codes[i]!
    const b = codes[j]!
    if (a === 0 || b === 0) return 0
    if (a === b) return 1
    const share = dice(units, offsets[a]!, offsets[a + 1]!, units, offsets[b]!, offsets[b + 1]!)
    return share >= MOST ? 2 : share >= HALF ? 3 : share >= SOME ? 4 : 5
  }
}

function codeLevel(comparison: Comparison, columns: CodedColumn[]): LevelOf {
  const slots = comparison.columns.map(c => columns[c]!)
  return (i, j) => {
    let best = 0
    for (const x of slots) {
      const a = x.codes[i]!
      if (a === 0) continue
      for (const y of slots) {
        const b = y.codes[j]!
        if (b === 0) continue
        if (x === y ? a === b : sameValue(x, a, y, b)) return 1
        const steps = editDistance(
          x.units,
          x.offsets[a]!,
          x.offsets[a + 1]!,
          y.units,
          y.offsets[b]!,
          y.offsets[b + 1]!,
          2,
        )
        if (best === 0 || steps + 1 < best) best = steps + 1
      }
    }
    return best
  }
}

/**
 * Slots of four columns: address, local part, domain, and what of the local part the owner's name does not explain. Namesakes
 * choose the same mailbox names, so a local part made of the name alone says nothing when the domain differs, and numbers that
 * differ are no slip.
 */
function emailLevel(comparison: Comparison, columns: CodedColumn[]): LevelOf {
  const slots: CodedColumn[][] = []
  for (let c = 0; c < comparison.columns.length; c += EMAIL_PARTS) {
    slots.push(comparison.columns.slice(c, c + EMAIL_PARTS).map(at => columns[at]!))
  }
  const between = (x: CodedColumn[], i: number, y: CodedColumn[], j: number): number => {
    const [address, local, domain, own] = x as [CodedColumn, CodedColumn, CodedColumn, CodedColumn]
    const [address2, local2, domain2, own2] = y as [CodedColumn, CodedColumn, CodedColumn, CodedColumn]
    const a = address.codes[i]!
    const b = address2.codes[j]!
    if (x === y ? a === b : sameValue(address, a, address2, b)) return 1
    const alikeDomain = similarity(domain, domain.codes[i]!, domain2, domain2.codes[j]!)
    if (sameValue(local, local.codes[i]!, local2, local2.codes[j]!)) {
      if (alikeDomain >= CLOSE) return 2
      const mine = own.offsets[own.codes[i]! + 1]! - own.offsets[own.codes[i]!]!
      const theirs = own2.offsets[own2.codes[j]! + 1]! - own2.offsets[own2.codes[j]!]!
      return mine > 1 && theirs > 1 ? 3 : 0
    }
    if (alikeDomain >= NEAR && sameDigits(local, local.codes[i]!, local2, local2.codes[j]!)) {
      if (similarity(address, a, address2, b) >= CLOSE) return 2
    }
    return 4
  }
  return (i, j) => {
    let best = 0
    for (const x of slots) {
      if (x[0]!.codes[i] === 0) continue
      for (const y of slots) {
        if (y[0]!.codes[j] === 0) continue
        const level = between(x, i, y, j)
        if (level > 0 && (best === 0 || level < best)) best = level
      }
    }
    return best
  }
}

/** Whether two values hold the same digits in the same order. */
function sameDigits(x: CodedColumn, a: number, y: CodedColumn, b: number): boolean {
  let at = x.offsets[a]!
  let other = y.offsets[b]!
  const end = x.offsets[a + 1]!
  const otherEnd = y.offsets[b + 1]!
  const digit = (unit: number) => unit >= 48 && unit <= 57
  for (;;) {
    while (at < end && !digit(x.units[at]!)) at++
    while (other < otherEnd && !digit(y.units[other]!)) other++
    if (at >= end || other >= otherEnd) return at >= end && other >= otherEnd
    if (x.units[at++] !== y.units[other++]) return false
  }
}

/** Dates are coded as yyyymmdd itself. */
function dateLevel(comparison: Comparison, columns: CodedColumn[]): LevelOf {
  const codes = columns[comparison.columns[0]!]!.codes
  return (i, j) => {
    const a = codes[i]!
    const b = codes[j]!
    if (a === 0 || b === 0) return 0
    return a === b ? 1 : dateDifference(a, b)
  }
}

function dateDifference(a: number, b: number): number {
  const ya = Math.floor(a / 10000)
  const yb = Math.floor(b / 10000)
  const ma = Math.floor(a / 100) % 100
  const mb = Math.floor(b / 100) % 100
  const da = a % 100
  const db = b % 100
  if (ya === yb && ma === db && da === mb) return 2
  if (digitsOff(a, b)) return 2
  const days = Math.abs(ya - yb) < 2 ? Math.abs(dayNumber(a) - dayNumber(b)) : 1e6
  if (days <= 31) return 3
  if ((ya === yb ? 1 : 0) + (ma === mb ? 1 : 0) + (da === db ? 1 : 0) >= 2) return 4
  return days <= 366 ? 5 : 6
}

/** One digit replaced, or two neighbours exchanged. */
function digitsOff(a: number, b: number): boolean {
  let off = 0
  let first = -1
  let pa = 0
  let pb = 0
  for (let at = 0; at < 8; at++) {
    const x = a % 10
    const y = b % 10
    if (x !== y) {
      off++
      if (off === 1) {
        first = at
        pa = x
        pb = y
      } else if (off === 2) {
        if (at !== first + 1 || x !== pb || y !== pa) return false
      } else return false
    }
    a = Math.floor(a / 10)
    b = Math.floor(b / 10)
  }
  return off > 0
}

function categoryLevel(comparison: Comparison, columns: CodedColumn[]): LevelOf {
  const { codes } = columns[comparison.columns[0]!]!
  return (i, j) => (codes[i] === 0 || codes[j] === 0 ? 0 : codes[i] === codes[j] ? 1 : 2)
}

/**
 * Homes as a whole, because the parts of an address stand and fall together. A slot is six columns: street, number, unit, city,
 * district, postcode; a person has moved when no slot of one fits a slot of the other.
 */
const STREET = 0
const NUMBER = 1
const UNIT = 2
const CITY = 3
const DISTRICT = 4
const POSTCODE = 5

function homeLevel(comparison: Comparison, columns: CodedColumn[]): LevelOf {
  const slots: CodedColumn[][] = []
  for (let c = 0; c < comparison.columns.length; c += HOME_PARTS) {
    slots.push(comparison.columns.slice(c, c + HOME_PARTS).map(at => columns[at]!))
  }
  const same = (x: CodedColumn[], i: number, y: CodedColumn[], j: number, part: number): boolean => {
    const p = x[part]!
    const q = y[part]!
    const a = p.codes[i]!
    const b = q.codes[j]!
    return a > 0 && b > 0 && (p === q ? a === b : sameValue(p, a, q, b))
  }
  const between = (x: CodedColumn[], i: number, y: CodedColumn[], j: number): number => {
    const streets = x[STREET]!.codes[i]! > 0 && y[STREET]!.codes[j]! > 0
    const area = same(x, i, y, j, POSTCODE) || same(x, i, y, j, DISTRICT)
    const town = same(x, i, y, j, CITY)
    if (!streets) {
      const known = [CITY, POSTCODE].some(part => x[part]!.codes[i]! > 0 && y[part]!.codes[j]! > 0)
      return area ? 4 : town ? 5 : known ? 6 : 0
    }
    const street =
      same(x, i, y, j, STREET) ||
      similarity(x[STREET]!, x[STREET]!.codes[i]!, y[STREET]!, y[STREET]!.codes[j]!) >= CLOSE
    const number = same(x, i, y, j, NUMBER)
    const unitX = x[UNIT]!.codes[i]!
    const unitY = y[UNIT]!.codes[j]!
    const unit = unitX === 0 && unitY === 0 ? number : same(x, i, y, j, UNIT)
    if (street && number) return unit ? 1 : unitX === 0 || unitY === 0 ? 2 : 3
    if (number && unit && unitX > 0 && (area || town)) return 1
    if (street && (area || town)) return 3
    return area ? 4 : town ? 5 : 6
  }
  return (i, j) => {
    let best = 0
    for (const x of slots) {
      for (const y of slots) {
        const level = between(x, i, y, j)
        if (level > 0 && (best === 0 || level < best)) best = level
      }
    }
    return best
  }
}

const MAKERS: Record<Comparison['kind'], (comparison: Comparison, columns: CodedColumn[]) => LevelOf> = {
  name: nameLevel,
  text: textLevel,
  words: wordsLevel,
  code: codeLevel,
  email: emailLevel,
  date: dateLevel,
  category: categoryLevel,
  home: homeLevel,
}

export const levelFunctions = (comparisons: Comparison[], columns: CodedColumn[]): LevelOf[] =>
  comparisons.map(comparison => MAKERS[comparison.kind](comparison, columns))
