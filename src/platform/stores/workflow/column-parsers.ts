/**
 * How column texts become values, for both engines: their drivers' own habits differ (`pg` reads `int8` as text and `date`
 * as local midnight, PGlite reads `int8` as number or bigint and `date` as UTC midnight).
 */

/** Object ids of PostgreSQL's `pg_type`. */
const oid = { bytea: 17, int8: 20, date: 1082, timestamp: 1114, timestamptz: 1184, numeric: 1700 } as const

export type ColumnParser = (text: string) => unknown

function parseInt8(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`int8 value ${text} is beyond 2^53; select it as text`)
  return value
}

/** `2010-12-01 08:00:00.123456+00`: PostgreSQL's ISO style; JavaScript wants `T` and full minutes in the zone. */
function parseInstant(text: string): Date {
  const iso = text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')
  const instant = new Date(iso)
  if (Number.isNaN(instant.getTime())) throw new RangeError(`not an instant: ${text}`)
  return instant
}

const asIs: ColumnParser = text => text

export const columnParsers: Record<number, ColumnParser> = {
  [oid.bytea]: text => Buffer.from(text.slice(2), 'hex'),
  [oid.int8]: parseInt8,
  [oid.date]: asIs,
  [oid.timestamp]: asIs,
  [oid.timestamptz]: parseInstant,
  [oid.numeric]: asIs,
}

export const BYTEA = oid.bytea

/** Parameters as both drivers understand them: instants in UTC whatever the machine's zone, nothing as null. */
export const asParameter = (value: unknown): unknown =>
  value === undefined ? null : value instanceof Date ? value.toISOString() : value
