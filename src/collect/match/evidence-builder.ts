/**
 * Evidence as a chain of small steps, each giving one number per record from numbers found before. A step is run for all records once and
 * can be run again for one record. What texts mean is worked out once per distinct text, not once per record.
 */
import { type BlockKey, mix } from './block-keys.ts'
import type { Comparison, ComparisonKind } from './comparison.ts'
import type { CodedText, PeopleColumn, PeopleTable, Role } from './roles.ts'
import { type CodedColumn, ColumnCoder, PairCodes, sharedU32, textAt } from './text-pool.ts'

/** Comparisons and keys stand in the order of their sections, whichever thread made them. */
export interface Placed<T> {
  section: number
  value: T
}

export class EvidenceBuilder {
  readonly columns: CodedColumn[] = []
  readonly comparisons: Placed<Comparison>[] = []
  readonly keys: Placed<BlockKey>[] = []
  /** With the spare ones. */
  readonly records: number
  section = 0
  private readonly table: PeopleTable
  private readonly spare: number
  private readonly steps: ((record: number) => void)[] = []
  private readonly texts = new Map<PeopleColumn, CodedText>()

  constructor(table: PeopleTable, spare = 0) {
    this.table = table
    this.spare = spare
    this.records = table.records + spare
  }

  /** No records will come later: what has no value now never has one. */
  get complete(): boolean {
    return this.spare === 0
  }

  having(...roles: Role[]): PeopleColumn[] {
    return this.table.columns.filter(column => roles.includes(column.role))
  }

  /** All steps again for one record whose values have changed. */
  recode(record: number): void {
    for (const step of this.steps) step(record)
  }

  /** One number per record. */
  numbers(of: (record: number) => number): Uint32Array {
    const values = sharedU32(this.records)
    // Without spare records nothing is done again, and what the steps hold can go.
    if (this.spare > 0) {
      this.steps.push(record => {
        values[record] = of(record)
      })
    }
    for (let i = 0; i < this.table.records; i++) values[i] = of(i)
    return values
  }

  /** The column's texts as given, coded. */
  text(column: PeopleColumn): CodedText {
    const known = this.texts.get(column)
    if (known) return known
    const { values } = column
    const coder = new ColumnCoder()
    const made = values.coded ?? {
      codes: this.numbers(i => coder.code(values.at(i) ?? '')),
      text: code => coder.text(code),
    }
    this.texts.set(column, made)
    return made
  }

  /** Codes of two columns together as one. */
  pair(left: Uint32Array, right: Uint32Array): { codes: Uint32Array; pairs: PairCodes } {
    const pairs = new PairCodes()
    return { codes: this.numbers(i => (left[i] === 0 && right[i] === 0 ? 0 : pairs.code(left[i]!, right[i]!))), pairs }
  }

  /**
   * Several texts derived from each code, worked out when the code first comes: the answer gives for a record and the number of
   * a coder the code there.
   */
  derive(
    codes: Uint32Array,
    coders: readonly ColumnCoder[],
    read: (code: number) => readonly string[],
  ): (record: number, of: number) => number {
    const known = coders.map(() => new Uint32Array(1024))
    return (record, of) => {
      const code = codes[record]!
      if (code === 0) return 0
      const found = known[of]![code] ?? 0
      if (found > 0) return found - 1
      if (code >= known[0]!.length) {
        for (let k = 0; k < known.length; k++) {
          const wider = new Uint32Array(code * 2)
          wider.set(known[k]!)
          known[k] = wider
        }
      }
      const texts = read(code)
      for (let k = 0; k < coders.length; k++) known[k]![code] = coders[k]!.code(texts[k]!) + 1
      return known[of]![code]! - 1
    }
  }

  deriveText(
    from: CodedText,
    coders: readonly ColumnCoder[],
    read: (raw: string) => readonly string[],
  ): (record: number, of: number) => number {
    return this.derive(from.codes, coders, code => read(from.text(code)))
  }

  /** A number derived from a text, e.g. a date. */
  deriveNumber(from: CodedText, read: (raw: string) => number): Uint32Array {
    const known: number[] = []
    return this.numbers(i => {
      const code = from.codes[i]!
      if (code === 0) return 0
      known[code] ??= read(from.text(code))
      return known[code]
    })
  }

  /** Adds a column of derived texts; -1 when nothing is filled, unless it is kept all the same. */
  column(coder: ColumnCoder, of: (record: number) => number, keep = false): number {
    const codes = this.numbers(of)
    if (coder.size < 2 && !keep && this.spare === 0) return -1
    return this.columns.push(coder.finish(codes, this.spare)) - 1
  }

  /** One derived text per text of a column. */
  codeColumn(column: PeopleColumn, read: (raw: string) => string): number {
    const coder = new ColumnCoder()
    const of = this.deriveText(this.text(column), [coder], raw => [read(raw)])
    return this.column(coder, i => of(i, 0))
  }

  compare(id: string, kind: ComparisonKind, columns: number[], more: Partial<Comparison> = {}): void {
    const value = {
      id,
      kind,
      columns,
      swap: [],
      group: id,
      shared: false,
      identifier: false,
      frequency: kind !== 'date',
      ...more,
    }
    this.comparisons.push({ section: this.section, value })
  }

  /** A key that no record has is none. */
  key(id: string, fields: string[], columns: Uint32Array[]): void {
    if (this.complete && columns.every(column => column.every(key => key === 0))) return
    this.keys.push({ section: this.section, value: { id, fields, columns } })
  }

  /** Key of a column of codes. */
  keyOf(codes: Uint32Array): Uint32Array {
    return this.numbers(i => (codes[i] === 0 ? 0 : mix(codes[i]!)))
  }

  /** Key of several keys together; 0 where one is 0. */
  keyTogether(columns: Uint32Array[]): Uint32Array {
    return this.numbers(i => {
      let hash = 0
      for (const column of columns) {
        const key = column[i]!
        if (key === 0) return 0
        hash = mix(Math.imul(hash, 31) + key)
      }
      return hash
    })
  }

  codeKeys(id: string, columns: number[]): void {
    this.key(
      id,
      [id],
      columns.map(column => this.keyOf(this.columns[column]!.codes)),
    )
  }

  /** A key from a derived value of a coded column (a skeleton, a prefix). */
  derivedKey(id: string, fields: string[], column: number, read: (value: string) => string): Uint32Array {
    const coded = this.columns[column]!
    const coder = new ColumnCoder()
    const of = this.derive(coded.codes, [coder], code => [read(textAt(coded, code))])
    const keys = this.keyOf(this.numbers(i => of(i, 0)))
    this.key(id, fields, [keys])
    return keys
  }
}
