import { isAscii } from 'node:buffer'
import type { ColumnType } from './column-type.ts'
import type { Columns } from './columns.ts'
import { factsErrors } from './errors.ts'
import type { Block, RawColumn } from './native-reader.ts'
import { numberText, uuidText, wideInteger } from './value-text.ts'

type Numbers =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array
type NumbersOf = new (buffer: ArrayBuffer) => Numbers

const ARRAYS: Record<string, NumbersOf> = {
  Bool: Uint8Array,
  Int8: Int8Array,
  Enum8: Int8Array,
  UInt8: Uint8Array,
  Int16: Int16Array,
  Enum16: Int16Array,
  UInt16: Uint16Array,
  Date: Uint16Array,
  Int32: Int32Array,
  Date32: Int32Array,
  Decimal32: Int32Array,
  UInt32: Uint32Array,
  DateTime: Uint32Array,
  IPv4: Uint32Array,
  Float32: Float32Array,
  Float64: Float64Array,
  Int64: BigInt64Array,
  Decimal64: BigInt64Array,
  DateTime64: BigInt64Array,
  UInt64: BigUint64Array,
}

/** Blocks as they came, presented as one set of columns; a column is decoded when it is first asked for. */
export function blockColumns(blocks: readonly Block[], shared = false): Columns {
  const names = blocks[0]?.names ?? []
  const types = blocks[0]?.columns.map(column => column.type.text) ?? []
  const rows = blocks.reduce((sum, block) => sum + block.rows, 0)
  const decoded = new Map<string, unknown>()

  /** Decodes the column once per shape: `fill` writes one block's part at its offset. */
  function once<T>(
    shape: string,
    name: string,
    make: () => T,
    fill: (column: RawColumn, target: T, at: number) => void,
  ): T {
    const key = `${shape} ${name}`
    if (!decoded.has(key)) {
      const at = indexOf(name)
      const target = make()
      let offset = 0
      try {
        for (const block of blocks) {
          fill(block.columns[at]!, target, offset)
          offset += block.rows
        }
      } catch (error) {
        if (!(error instanceof Misfit)) throw error
        throw factsErrors['facts.column-shape']({ column: name, type: types[at], shape, reason: error.message })
      }
      decoded.set(key, target)
    }
    return decoded.get(key) as T
  }

  function indexOf(name: string): number {
    const at = names.indexOf(name)
    // Without a block nobody said which columns there are: all of them are empty.
    if (at < 0 && blocks.length > 0) throw factsErrors['facts.no-column']({ column: name, columns: names.join(', ') })
    return at
  }

  const memory = (width: number) => (shared ? new SharedArrayBuffer(rows * width) : new ArrayBuffer(rows * width))
  return {
    rows,
    names,
    type: name => types[indexOf(name)] ?? '',
    f64: name => once('f64', name, () => new Float64Array(memory(8)), fillDoubles),
    i32: name => once('i32', name, () => new Int32Array(memory(4)), fillIntegers),
    u32: name => once('u32', name, () => new Uint32Array(memory(4)), fillIntegers),
    i64: name => once('i64', name, () => new BigInt64Array(memory(8)), fillBigIntegers),
    u64: name => once('u64', name, () => new BigUint64Array(memory(8)), fillBigIntegers),
    str: name => once('str', name, () => new Array<string>(rows), fillTexts('')),
    strOrNull: name => once('strOrNull', name, () => new Array<string | null>(rows), fillTexts(null)),
    utf8(name) {
      let before = 0
      const bytes = Buffer.concat(blocks.map(block => block.columns[indexOf(name)]!.bytes))
      const places = once(
        'utf8',
        name,
        () => ({ starts: new Uint32Array(rows), ends: new Uint32Array(rows) }),
        (column, target, at) => {
          fillPlaces(column, target, at, before)
          before += column.bytes.length
        },
      )
      return { bytes, ...places }
    },
    nulls: name => once('nulls', name, () => new Uint8Array(memory(1)), fillNulls),
  }
}

class Misfit extends Error {}

/** The numbers of a column (of its dictionary, when it has one), in the array that fits its type. */
function numbersOf({ type, bytes }: RawColumn): Numbers {
  const NumbersFor = ARRAYS[type.base]
  if (!NumbersFor) throw new Misfit('it is not a number of at most 64 bits')
  // A copy, because views of a block are not aligned.
  return new NumbersFor(new Uint8Array(bytes).buffer)
}

const isBig = (numbers: Numbers): numbers is BigInt64Array | BigUint64Array =>
  numbers instanceof BigInt64Array || numbers instanceof BigUint64Array

/** 64-bit integers as doubles by their halves: four times as fast as Number(bigint), and rounded once. */
function doublesOf(numbers: Numbers): ArrayLike<number> {
  if (!isBig(numbers)) return numbers
  const low = new Uint32Array(numbers.buffer)
  const high = numbers instanceof BigInt64Array ? new Int32Array(numbers.buffer) : low
  const doubles = new Float64Array(numbers.length)
  for (let i = 0; i < doubles.length; i++) doubles[i] = high[2 * i + 1]! * 4294967296 + low[2 * i]!
  return doubles
}

function fillDoubles(column: RawColumn, target: Float64Array, at: number): void {
  const { type, codes, nulls, rows } = column
  const values = doublesOf(numbersOf(column))
  const unit = type.scale > 0 ? 10 ** type.scale : 1
  if (!codes && unit === 1) target.set(values, at)
  else for (let i = 0; i < rows; i++) target[at + i] = values[codes ? codes[i]! : i]! / unit
  if (nulls) for (let i = 0; i < rows; i++) if (nulls[i]) target[at + i] = Number.NaN
  if (codes && type.nullable) for (let i = 0; i < rows; i++) if (codes[i] === 0) target[at + i] = Number.NaN
}

function fillIntegers(column: RawColumn, target: Int32Array | Uint32Array, at: number): void {
  const { codes, rows } = column
  const numbers = whole(column)
  const values = doublesOf(numbers)
  for (let i = 0; i < rows; i++) {
    const value = values[codes ? codes[i]! : i]!
    target[at + i] = value
    if (target[at + i] !== value) throw new Misfit(`${value} does not fit`)
  }
}

function fillBigIntegers(column: RawColumn, target: BigInt64Array | BigUint64Array, at: number): void {
  const { codes, rows } = column
  const numbers = whole(column)
  if (!codes && isBig(numbers) && numbers.constructor === target.constructor) {
    target.set(numbers, at)
    return
  }
  for (let i = 0; i < rows; i++) {
    const value = BigInt(numbers[codes ? codes[i]! : i]!)
    target[at + i] = value
    if (target[at + i] !== value) throw new Misfit(`${value} does not fit`)
  }
}

function whole(column: RawColumn): Numbers {
  const { type, nulls, codes } = column
  if (nulls?.includes(1) || (type.nullable && codes?.includes(0))) throw new Misfit('it holds NULL')
  const numbers = numbersOf(column)
  if (numbers instanceof Float32Array || numbers instanceof Float64Array) throw new Misfit('it is not an integer')
  return numbers
}

function fillNulls({ type, nulls, codes, rows }: RawColumn, target: Uint8Array, at: number): void {
  if (nulls) target.set(nulls, at)
  if (codes && type.nullable) for (let i = 0; i < rows; i++) target[at + i] = codes[i] === 0 ? 1 : 0
}

const fillTexts =
  <Empty extends string | null>(empty: Empty) =>
  (column: RawColumn, target: (string | Empty)[], at: number): void => {
    const { type, codes, words, rows, nulls } = column
    const texts = textsOf(type, column.bytes, codes ? words! : rows)
    if (codes)
      for (let i = 0; i < rows; i++) target[at + i] = type.nullable && codes[i] === 0 ? empty : texts[codes[i]!]!
    else for (let i = 0; i < rows; i++) target[at + i] = nulls?.[i] ? empty : texts[i]!
  }

function textsOf(type: ColumnType, bytes: Buffer, rows: number): string[] {
  const { base, width } = type
  if (base === 'String') return stringsOf(bytes, rows)
  const each = (text: (at: number) => string) => Array.from({ length: rows }, (_, i) => text(i * width))
  if (base === 'FixedString') return each(at => bytes.toString('utf8', at, at + width).replace(/\0+$/, ''))
  if (base === 'UUID') return each(at => uuidText(bytes, at))
  if (width > 8) return each(at => numberText(type, wideInteger(bytes, at, width, !base.startsWith('U'))))
  return Array.from(numbersOf({ type, bytes, rows }) as ArrayLike<number | bigint>, value => numberText(type, value))
}

/** Where the texts lie in the column's bytes, which themselves begin at `before`. */
function fillPlaces(column: RawColumn, target: { starts: Uint32Array; ends: Uint32Array }, at: number, before: number) {
  const { type, bytes, codes, words, nulls, rows } = column
  if (type.base !== 'String') throw new Misfit('it is not text')
  const count = codes ? words! : rows
  const starts = codes ? new Uint32Array(count) : target.starts.subarray(at, at + rows)
  const ends = codes ? new Uint32Array(count) : target.ends.subarray(at, at + rows)
  let next = 0
  for (let i = 0; i < count; i++) {
    let byte = bytes[next++]!
    let length = byte & 0x7f
    for (let shift = 128; byte >= 0x80; shift *= 128) {
      byte = bytes[next++]!
      length += (byte & 0x7f) * shift
    }
    starts[i] = before + next
    next += length
    ends[i] = before + next
  }
  for (let i = 0; i < rows; i++) {
    if (codes) {
      target.starts[at + i] = starts[codes[i]!]!
      target.ends[at + i] = ends[codes[i]!]!
    }
    if (nulls?.[i] || (codes && type.nullable && codes[i] === 0)) target.ends[at + i] = target.starts[at + i]!
  }
}

/**
 * Strings with their lengths before them. When the whole block is ASCII (lengths below 128 included) it is turned into
 * one string and cut up: 5 M short strings in 0.15 s instead of 0.6 s.
 */
function stringsOf(bytes: Buffer, rows: number): string[] {
  const texts = new Array<string>(rows)
  const ascii = isAscii(bytes)
  const all = ascii ? bytes.toString('latin1') : ''
  let at = 0
  for (let i = 0; i < rows; i++) {
    let byte = bytes[at++]!
    let length = byte & 0x7f
    for (let shift = 128; byte >= 0x80; shift *= 128) {
      byte = bytes[at++]!
      length += (byte & 0x7f) * shift
    }
    texts[i] = ascii ? all.substring(at, at + length) : bytes.toString('utf8', at, at + length)
    at += length
  }
  return texts
}
