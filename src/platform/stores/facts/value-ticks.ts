import type { ColumnType } from './column-type.ts'

/**
 * A value as the integer its type stores: days, seconds, ticks, scaled units. `undefined` when it is not one: 3.5 for an
 * integer, '2011-02-30' for a date, '1.234' for a Decimal with two digits.
 */
export function ticksOf(type: ColumnType, value: unknown): number | bigint | undefined {
  if (type.base === 'Date' || type.base === 'Date32')
    return typeof value === 'string' ? daysOf(value) : integerOf(value)
  if (type.base === 'DateTime' || type.base === 'DateTime64') return instantTicks(value, type.scale)
  if (type.base.startsWith('Decimal'))
    return typeof value === 'bigint' ? value : decimalUnits(String(value), type.scale)
  return typeof value === 'boolean' ? Number(value) : integerOf(value)
}

const integerOf = (value: unknown): number | bigint | undefined =>
  typeof value === 'bigint' || Number.isSafeInteger(value) ? (value as number | bigint) : undefined

function daysOf(text: string): number | undefined {
  const time = Date.parse(`${text}T00:00:00Z`)
  const real = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
  return real ? time / 86_400_000 : undefined
}

/** A Date, ISO text with a zone ('…Z' or '…+08:00'), whole seconds, or a bigint of ticks. */
function instantTicks(value: unknown, scale: number): bigint | undefined {
  if (typeof value === 'bigint') return value
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) * 10n ** BigInt(scale) : undefined
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : fromMilliseconds(value.getTime(), scale)
  const parts = typeof value === 'string' ? ISO.exec(value) : null
  if (!parts || daysOf(parts[1]!) === undefined) return undefined
  const seconds = Date.parse(`${parts[1]}T${parts[2]}${parts[4]}`)
  if (Number.isNaN(seconds)) return undefined
  const fraction = BigInt((parts[3] ?? '').padEnd(scale, '0').slice(0, scale) || '0')
  return fromMilliseconds(seconds, scale) + fraction
}
const ISO = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})$/

/** Digits the type does not have are cut off towards the past, so that an instant never moves forward. */
function fromMilliseconds(time: number, scale: number): bigint {
  if (scale >= 3) return BigInt(time) * 10n ** BigInt(scale - 3)
  return BigInt(Math.floor(time / 10 ** (3 - scale)))
}

function decimalUnits(text: string, scale: number): bigint | undefined {
  const [, sign, whole, fraction = ''] = /^([+-]?)(\d+)(?:\.(\d*))?$/.exec(text) ?? []
  if (whole === undefined || fraction.replace(/0+$/, '').length > scale) return undefined
  const units = BigInt(whole + fraction.slice(0, scale).padEnd(scale, '0'))
  return sign === '-' ? -units : units
}
