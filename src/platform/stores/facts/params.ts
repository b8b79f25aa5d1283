import type { Params, ParamValue } from './facts.ts'

/**
 * Parameters as the stock client is to write them. A Date becomes seconds since 1970 here, because the client pads
 * those with zeros to ten digits and so breaks what lies before 1970 ("0000-86400").
 */
export const wireParams = (params: Params): Record<string, unknown> =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, wireValue(value)]))

function wireValue(value: ParamValue): unknown {
  if (value instanceof Date) return epochSeconds(value)
  if (Array.isArray(value)) return value.map(wireValue)
  if (value !== null && typeof value === 'object') {
    return new Map(Object.entries(value as Record<string, ParamValue>).map(([key, inner]) => [key, wireValue(inner)]))
  }
  return value
}

/** Ten digits at least, because the engine takes a short number for a year. */
function epochSeconds(date: Date): string {
  const time = date.getTime()
  if (Number.isNaN(time)) throw new RangeError('a parameter is an invalid Date')
  // The engine loses the sign of -0.5.
  if (time < 0 && time > -1000) throw new RangeError('the last second of 1969 cannot be a parameter')
  const whole = String(Math.abs(Math.trunc(time / 1000))).padStart(10, '0')
  const fraction = Math.abs(time % 1000)
  return `${time < 0 ? '-' : ''}${whole}${fraction ? `.${String(fraction).padStart(3, '0')}` : ''}`
}
