/** A batch of rows as columns. Asking for a column that is not there, or in a shape it cannot have, throws. */
export interface Columns {
  readonly rows: number
  readonly names: readonly string[]
  /** ClickHouse type of a column, e.g. 'Nullable(UInt64)'. */
  type(name: string): string
  /**
   * Any number: integers above 2^53 are rounded, Decimal is its value, Bool is 0 or 1, Date is days and DateTime
   * (DateTime64 with its fraction) seconds since 1970; NULL is NaN.
   */
  f64(name: string): Float64Array
  /** Integers whose values fit, Date as days and DateTime as seconds since 1970, Enum as its number. NULL throws. */
  i32(name: string): Int32Array
  u32(name: string): Uint32Array
  /** Integers of any size, DateTime64 in its own ticks, Decimal(≤ 18) in scaled units. NULL throws. */
  i64(name: string): BigInt64Array
  u64(name: string): BigUint64Array
  /** Text of any type, worded as in `query`: Date '2010-12-01', DateTime '2010-12-01T08:26:00Z'. NULL is ''. */
  str(name: string): string[]
  /** As `str`, with NULL kept. */
  strOrNull(name: string): (string | null)[]
  /** A String column as its bytes, no strings made: row r is bytes[starts[r] .. ends[r]], NULL is empty. */
  utf8(name: string): { bytes: Uint8Array; starts: Uint32Array; ends: Uint32Array }
  /** 1 where the value is NULL, else 0. */
  nulls(name: string): Uint8Array
}
