/**
 * Column types for table interfaces, alike on both engines.
 *
 * | SQL            | read as                             | written as                    |
 * |----------------|-------------------------------------|-------------------------------|
 * | `timestamptz`  | `Date` (an instant)                 | `Date` or ISO text with zone  |
 * | `date`         | `'YYYY-MM-DD'` (text: it has no zone) | same                        |
 * | `int8`         | `number`; beyond 2^53 it throws     | `number` or `bigint`          |
 * | `numeric`      | text (exact)                        | text or number                |
 * | `json`/`jsonb` | the value                           | `asJson(value)`               |
 * | `bytea`        | `Uint8Array`                        | `Uint8Array`                  |
 * | `text[]`       | `string[]`                          | `string[]`                    |
 */
import type { ColumnType } from 'kysely'

/** `timestamptz`. */
export type Instant = ColumnType<Date, Date | string, Date | string>

/** `int8`: counts, minor units of money. */
export type Int8 = ColumnType<number, number | bigint, number | bigint>

declare const json: unique symbol
/** A value on its way into a `jsonb` column; made by `asJson`. */
export type JsonText<T> = string & { readonly [json]: T }

/** `jsonb` (or `json`). */
export type JsonColumn<T> = ColumnType<T, JsonText<T>, JsonText<T>>

/** Writes a value into a `jsonb` column: drivers disagree on bare arrays and strings, so the text is made here. */
export const asJson = <T>(value: T): JsonText<T> => JSON.stringify(value) as JsonText<T>
