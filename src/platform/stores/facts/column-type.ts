/** A ClickHouse type, taken apart: `LowCardinality(Nullable(String))`, `DateTime64(3, 'UTC')`, `Decimal(18, 2)`. */
export interface ColumnType {
  text: string
  /** Without LowCardinality, Nullable and arguments; Decimal by its width: Decimal32, 64, 128, 256. */
  base: string
  nullable: boolean
  lowCardinality: boolean
  /** Bytes of one value of fixed width; 0 for String and Array. */
  width: number
  /** DateTime64 and Decimal: digits after the point. */
  scale: number
  /** Array: the type of its elements. */
  element?: ColumnType
  /** Enum: number → name. */
  names?: ReadonlyMap<number, string>
}

const WIDTHS: Record<string, number> = {
  Bool: 1,
  Int8: 1,
  UInt8: 1,
  Enum8: 1,
  Int16: 2,
  UInt16: 2,
  Enum16: 2,
  Date: 2,
  Int32: 4,
  UInt32: 4,
  Float32: 4,
  Date32: 4,
  DateTime: 4,
  IPv4: 4,
  Decimal32: 4,
  Int64: 8,
  UInt64: 8,
  Float64: 8,
  DateTime64: 8,
  Decimal64: 8,
  Int128: 16,
  UInt128: 16,
  Decimal128: 16,
  UUID: 16,
  Int256: 32,
  UInt256: 32,
  Decimal256: 32,
}

const known = new Map<string, ColumnType | undefined>()

/** `undefined` for a type that does not travel as a column (Map, Tuple, JSON…). */
export function columnType(text: string): ColumnType | undefined {
  if (!known.has(text)) known.set(text, parse(text.trim()))
  return known.get(text)
}

function parse(text: string): ColumnType | undefined {
  const [, name = '', inside = ''] = /^(\w+)(?:\(([\s\S]*)\))?$/.exec(text) ?? []
  if (name === 'LowCardinality' || name === 'Nullable') {
    const inner = columnType(inside)
    return inner && { ...inner, text, [name === 'Nullable' ? 'nullable' : 'lowCardinality']: true }
  }
  if (name === 'SimpleAggregateFunction') return columnType(inside.slice(inside.indexOf(',') + 1))
  const plain = { text, base: name, nullable: false, lowCardinality: false, width: WIDTHS[name] ?? 0, scale: 0 }
  if (name === 'String') return plain
  if (name === 'FixedString') return { ...plain, width: Number(inside) }
  if (name === 'DateTime64') return { ...plain, scale: Number(inside.split(',')[0]) }
  if (/^Decimal/.test(name)) return decimal(plain, name, inside)
  if (name === 'Enum8' || name === 'Enum16') return { ...plain, names: enumNames(inside) }
  if (name === 'Array') {
    const element = columnType(inside)
    return element && { ...plain, element }
  }
  return plain.width > 0 ? plain : undefined
}

function decimal(plain: ColumnType, name: string, inside: string): ColumnType {
  const numbers = inside.split(',').map(Number)
  if (name !== 'Decimal') return { ...plain, scale: numbers[0]! }
  const [precision = 10, scale = 0] = numbers
  const base =
    precision <= 9 ? 'Decimal32' : precision <= 18 ? 'Decimal64' : precision <= 38 ? 'Decimal128' : 'Decimal256'
  return { ...plain, base, width: WIDTHS[base]!, scale }
}

function enumNames(inside: string): Map<number, string> {
  const names = new Map<number, string>()
  for (const [, name, value] of inside.matchAll(/'((?:[^'\\]|\\.)*)'\s*=\s*(-?\d+)/g)) {
    names.set(Number(value), name!.replace(/\\(.)/g, '$1'))
  }
  return names
}
