/**
 * Distinct values of one column, coded: record i has code codes[i] (0 = absent), and code c has the UTF-16 units
 * units[offsets[c] .. offsets[c + 1]]. Everything lies in shared memory, so that worker threads read it without a copy.
 */
export interface CodedColumn {
  codes: Uint32Array
  units: Uint16Array
  offsets: Uint32Array
  /** Records that have the value, by code. */
  counts: Uint32Array
}

export const sharedU32 = (length: number): Uint32Array =>
  new Uint32Array(new SharedArrayBuffer(Math.max(4, length * 4)), 0, length)
export const sharedU16 = (length: number): Uint16Array =>
  new Uint16Array(new SharedArrayBuffer(Math.max(4, length * 2)), 0, length)

/** The room for values of spare records is used up: the evidence has to be built anew. */
export class NoRoom extends Error {}

/**
 * Texts numbered 1, 2, 3 … in the order they first come, '' is 0. Open addressing over the units themselves: no strings are kept, and a
 * million short texts take 0.1 s where a Map of strings takes 0.35 s.
 */
export class TextCodes<Units extends Uint8Array<ArrayBufferLike> | Uint16Array<ArrayBufferLike>> {
  units: Units
  /** Start of each code's units; one more than there are codes. */
  offsets: Uint32Array = new Uint32Array(1024)
  size = 1
  private table = new Uint32Array(4096)
  private hashes = new Uint32Array(1024)
  private fixed = false

  constructor(units: Units) {
    this.units = units
  }

  /** Code of the units from..to of `text`. */
  code(text: ArrayLike<number>, from: number, to: number): number {
    const length = to - from
    if (length <= 0) return 0
    let hash = length
    for (let i = from; i < to; i++) hash = Math.imul(hash ^ text[i]!, 0x9e3779b1) ^ (hash >>> 15)
    hash = (hash ^ (hash >>> 13)) >>> 0
    const mask = this.table.length - 1
    let at = hash & mask
    for (;;) {
      const code = this.table[at]!
      if (code === 0) break
      if (this.hashes[code] === hash && this.holds(code, text, from, length)) return code
      at = (at + 1) & mask
    }
    return this.add(at, hash, text, from, to)
  }

  /** Goes on in these arrays, which hold the same and have some room; when it is used up, `code` throws. */
  moveTo(units: Units, offsets: Uint32Array): void {
    this.units = units
    this.offsets = offsets
    this.fixed = true
  }

  private holds(code: number, text: ArrayLike<number>, from: number, length: number): boolean {
    const start = this.offsets[code]!
    if (this.offsets[code + 1]! - start !== length) return false
    for (let i = 0; i < length; i++) if (this.units[start + i] !== text[from + i]) return false
    return true
  }

  private add(at: number, hash: number, text: ArrayLike<number>, from: number, to: number): number {
    const code = this.size
    const start = this.offsets[code]!
    const end = start + to - from
    if (this.fixed && (code + 2 > this.offsets.length || end > this.units.length)) throw new NoRoom()
    this.size++
    if (code + 2 > this.offsets.length) this.offsets = wider(this.offsets, code * 2)
    if (code >= this.hashes.length) this.hashes = wider(this.hashes, code * 2)
    if (end > this.units.length) this.units = wider(this.units, end * 2)
    for (let i = from; i < to; i++) this.units[start + i - from] = text[i]!
    this.offsets[code + 1] = end
    this.hashes[code] = hash
    this.table[at] = code
    if (this.size * 2 > this.table.length) this.rehash()
    return code
  }

  private rehash(): void {
    this.table = new Uint32Array(this.table.length * 4)
    const mask = this.table.length - 1
    for (let code = 1; code < this.size; code++) {
      let at = this.hashes[code]! & mask
      while (this.table[at] !== 0) at = (at + 1) & mask
      this.table[at] = code
    }
  }
}

function wider<A extends Uint8Array | Uint16Array | Uint32Array>(values: A, length: number): A {
  const Wider = values.constructor as new (length: number) => A
  const out = new Wider(Math.max(length, values.length))
  out.set(values)
  return out
}

const scratch = new Uint16Array(1 << 16)
const utf16 = new TextDecoder('utf-16le')

function textOf(units: Uint16Array, from: number, to: number): string {
  if (to - from > 256) return utf16.decode(Uint16Array.from(units.subarray(from, to)))
  return String.fromCharCode.apply(null, units.subarray(from, to) as unknown as number[])
}

/** Derived values of one column: texts to codes, then codes to records. */
export class ColumnCoder {
  private readonly known = new TextCodes<Uint16Array>(new Uint16Array(4096))

  code(value: string): number {
    const units = value.length > scratch.length ? new Uint16Array(value.length) : scratch
    for (let i = 0; i < value.length; i++) units[i] = value.charCodeAt(i)
    return this.known.code(units, 0, value.length)
  }

  text(code: number): string {
    const { units, offsets } = this.known
    return textOf(units, offsets[code]!, offsets[code + 1]!)
  }

  /** The column of records that have these codes, with room for the new values of `spare` more. */
  finish(codes: Uint32Array, spare = 0): CodedColumn {
    const { size, units, offsets } = this.known
    const used = offsets[size]!
    const room = spare * VALUES_A_SPARE
    const out = {
      codes,
      units: sharedU16(used + room * UNITS_A_VALUE),
      offsets: sharedU32(size + 1 + room),
      counts: sharedU32(size + room),
    }
    for (let i = 0; i < codes.length; i++) out.counts[codes[i]!]!++
    out.counts[0] = 0
    out.units.set(units.subarray(0, used))
    out.offsets.set(offsets.subarray(0, size + 1))
    if (spare > 0) this.known.moveTo(out.units, out.offsets)
    return out
  }

  /** Codes given so far, '' among them. */
  get size(): number {
    return this.known.size
  }
}

/** A spare record is filled again and again, each time with a new value of some thirty units at most. */
const VALUES_A_SPARE = 4
const UNITS_A_VALUE = 40

export const textAt = (column: CodedColumn, code: number): string =>
  textOf(column.units, column.offsets[code] ?? 0, column.offsets[code + 1] ?? 0)

/** Pairs of numbers numbered 1, 2, 3 … in the order they first come. */
export class PairCodes {
  size = 1
  left = new Uint32Array(1024)
  right = new Uint32Array(1024)
  private table = new Uint32Array(4096)

  code(a: number, b: number): number {
    const mask = this.table.length - 1
    let at = this.slot(a, b) & mask
    for (;;) {
      const code = this.table[at]!
      if (code === 0) break
      if (this.left[code] === a && this.right[code] === b) return code
      at = (at + 1) & mask
    }
    const code = this.size++
    if (code >= this.left.length) {
      this.left = wider(this.left, code * 2)
      this.right = wider(this.right, code * 2)
    }
    this.left[code] = a
    this.right[code] = b
    this.table[at] = code
    if (this.size * 2 > this.table.length) this.rehash()
    return code
  }

  private slot(a: number, b: number): number {
    let hash = Math.imul(a ^ Math.imul(b, 0x9e3779b1), 0x85ebca6b)
    hash ^= hash >>> 15
    return Math.imul(hash, 0xc2b2ae35) >>> 7
  }

  private rehash(): void {
    this.table = new Uint32Array(this.table.length * 4)
    const mask = this.table.length - 1
    for (let code = 1; code < this.size; code++) {
      let at = this.slot(this.left[code]!, this.right[code]!) & mask
      while (this.table[at] !== 0) at = (at + 1) & mask
      this.table[at] = code
    }
  }
}
