/**
 * SQL expressions that parse text and refuse what does not exist or does not fit: NULL, never another value. The engine's
 * own …OrNull functions roll 2011-02-30 over and wrap 300 to 44, so every result is written out again and compared.
 */

/*
 * Each takes the common short forms by a quick way (0.1 µs a value) and everything else by a pattern; with
 * short_circuit_function_evaluation the second is worked out only for the values that need it.
 */

/** Whole number within Int32. */
export const int32 = (text: string): string =>
  `if(length(${text}) <= 9 AND isNotNull(toInt32OrNull(${text})), toInt32OrNull(${text}), ${anyInt32(text)})`

const anyInt32 = (text: string): string =>
  `if(match(${text}, '^[+-]?\\\\d{1,10}(\\\\.0+)?$') AND abs(toInt64OrZero(extract(${text}, '^[+-]?\\\\d+'))) <= 2147483647,
      toNullable(toInt32(toInt64OrZero(extract(${text}, '^[+-]?\\\\d+')))), NULL)`

/** Decimal(18, 6) with at most eleven digits before the point; digits beyond the sixth place are refused unless zero. */
export const decimal = (text: string): string =>
  `if(length(${text}) <= 12 AND position(lower(${text}), 'e') = 0 AND (position(${text}, '.') = 0 OR position(${text}, '.') + 6 >= length(${text}))
      AND isNotNull(toDecimal64OrNull(${text}, 6)), toDecimal64OrNull(${text}, 6), ${anyDecimal(text)})`

const anyDecimal = (text: string): string =>
  `if(match(${text}, '^[+-]?\\\\d{1,11}(\\\\.\\\\d{0,6}0*)?$'), toDecimal64OrNull(${text}, 6), NULL)`

/** Instant: date and time of day, in the zone given unless it says Z. */
export function instant(text: string, zone: string): string {
  const here = zone.replace(/[^\w/+-]/g, '')
  // Written out again: what was rolled over comes out differently.
  const exists = `length(${text}) = 19 AND ifNull(toString(toDateTimeOrNull(${text}, 'UTC')), '') = ${text}`
  return `if(${exists}, toTimeZone(toDateTimeOrNull(${text}, '${here}'), 'UTC'), ${anyInstant(text, zone)})`
}

function anyInstant(text: string, zone: string): string {
  const shape = `'^\\\\d{4}-\\\\d{2}-\\\\d{2}([T ]\\\\d{2}:\\\\d{2}(:\\\\d{2}(\\\\.\\\\d+)?)?)?Z?$'`
  const padded = `concat(substring(${text}, 1, 10), ' ', if(length(${text}) >= 16, substring(${text}, 12, 5), '00:00'), ':',
    if(length(${text}) >= 19 AND substring(${text}, 17, 1) = ':', substring(${text}, 18, 2), '00'))`
  const parse = (at: string) => `parseDateTimeOrNull(${padded}, '%Y-%m-%d %H:%i:%s', ${at})`
  const value = `if(endsWith(${text}, 'Z'), ${parse(`'UTC'`)}, ${parse(`'${zone.replace(/[^\w/+-]/g, '')}'`)})`
  // Written out again: what was rolled over or lies in no such hour comes out differently.
  return `if(match(${text}, ${shape}) AND formatDateTime(ifNull(${parse(`'UTC'`)}, toDateTime(0, 'UTC')), '%Y-%m-%d %H:%i:%S', 'UTC') = ${padded},
      toTimeZone(${value}, 'UTC'), NULL)`
}
