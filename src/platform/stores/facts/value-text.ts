import type { ColumnType } from './column-type.ts'

/** Days since 1970 as '2010-12-01'; right for any date, before 1970 too. */
export const dateText = (days: number): string => new Date(days * 86_400_000).toISOString().slice(0, 10)

/** An instant as '2010-12-01T08:26:00Z', with `scale` digits after the seconds; `ticks` are 10^-scale seconds. */
export function instantText(ticks: bigint, scale: number): string {
  const perSecond = 10n ** BigInt(scale)
  const fraction = ((ticks % perSecond) + perSecond) % perSecond
  const seconds = (ticks - fraction) / perSecond
  const text = new Date(Number(seconds) * 1000).toISOString().slice(0, 19)
  return scale === 0 ? `${text}Z` : `${text}.${String(fraction).padStart(scale, '0')}Z`
}

/** Scaled units as a decimal number: 1230n with scale 2 is '12.30'. */
export function decimalText(units: bigint, scale: number): string {
  if (scale === 0) return String(units)
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0')
  return `${units < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

/** 16 bytes as ClickHouse stores a UUID: two little-endian halves, the higher first. */
export function uuidText(bytes: Buffer, at: number): string {
  const hex =
    bytes.readBigUInt64LE(at).toString(16).padStart(16, '0') +
    bytes
      .readBigUInt64LE(at + 8)
      .toString(16)
      .padStart(16, '0')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** A little-endian integer of any width. */
export function wideInteger(bytes: Buffer, at: number, width: number, signed: boolean): bigint {
  let value = 0n
  for (let i = width - 8; i >= 0; i -= 8) value = (value << 64n) | bytes.readBigUInt64LE(at + i)
  return signed ? BigInt.asIntN(width * 8, value) : value
}

/** The text of a number by its type; `undefined` for types that are not numbers inside. */
export function numberText(type: ColumnType, value: number | bigint): string {
  switch (type.base) {
    case 'Date':
    case 'Date32':
      return dateText(Number(value))
    case 'DateTime':
      return instantText(BigInt(value), 0)
    case 'DateTime64':
      return instantText(BigInt(value), type.scale)
    case 'Bool':
      return value ? 'true' : 'false'
    case 'IPv4':
      return [24, 16, 8, 0].map(shift => (Number(value) >>> shift) & 255).join('.')
    default:
      if (type.names) return type.names.get(Number(value)) ?? ''
      return type.base.startsWith('Decimal') ? decimalText(BigInt(value), type.scale) : String(value)
  }
}
