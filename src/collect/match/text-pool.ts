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

/** Collects values of a column one record after the other. */
export class ColumnCoder {
  private readonly codeOf = new Map<string, number>()
  private readonly values: string[] = ['']
  private readonly codes: Uint32Array
  private readonly counted: number[] = [0]

  constructor(records: number) {
    this.codes = sharedU32(records)
  }

  code(value: string): number {
    if (value === '') return 0
    let code = this.codeOf.get(value)
    if (code === undefined) {
      code = this.values.length
      this.codeOf.set(value, code)
      this.values.push(value)
      this.counted.push(0)
    }
    return code
  }

  set(record: number, value: string): void {
    const code = this.code(value)
    this.codes[record] = code
    if (code > 0) this.counted[code] = (this.counted[code] ?? 0) + 1
  }

  finish(): CodedColumn {
    let length = 0
    for (const value of this.values) length += value.length
    const units = sharedU16(length)
    const offsets = sharedU32(this.values.length + 1)
    let at = 0
    for (let code = 0; code < this.values.length; code++) {
      const value = this.values[code] ?? ''
      offsets[code] = at
      for (let i = 0; i < value.length; i++) units[at++] = value.charCodeAt(i)
    }
    offsets[this.values.length] = at
    const counts = sharedU32(this.values.length)
    counts.set(this.counted)
    return { codes: this.codes, units, offsets, counts }
  }
}

export function textAt(column: CodedColumn, code: number): string {
  const from = column.offsets[code] ?? 0
  const to = column.offsets[code + 1] ?? from
  let out = ''
  for (let i = from; i < to; i++) out += String.fromCharCode(column.units[i] ?? 0)
  return out
}

/** A column of numbers (dates as yyyymmdd) coded by itself. */
export function countsOf(codes: Uint32Array): Map<number, number> {
  const counts = new Map<number, number>()
  for (const code of codes) if (code > 0) counts.set(code, (counts.get(code) ?? 0) + 1)
  return counts
}
