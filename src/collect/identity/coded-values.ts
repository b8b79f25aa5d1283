/** One text column of many records, held as codes into its distinct values: 1 M names take a few megabytes. */
import type { Facts, Params } from '../../platform/stores/facts/index.ts'

export class CodedValues {
  readonly codes: Uint32Array
  readonly values: string[] = ['']
  private readonly codeOf = new Map<string, number>([['', 0]])
  private filled = 0

  constructor(records: number) {
    this.codes = new Uint32Array(records)
  }

  push(value: string): void {
    let code = this.codeOf.get(value)
    if (code === undefined) {
      code = this.values.length
      this.codeOf.set(value, code)
      this.values.push(value)
    }
    this.codes[this.filled++] = code
  }

  at(record: number): string | undefined {
    return this.values[this.codes[record] ?? 0]
  }

  /** The index is needed only while the column is read. */
  done(): this {
    this.codeOf.clear()
    return this
  }
}

/** Reads columns of a query one batch at a time; `sql` gives the records in order. */
export async function readCoded<Name extends string>(
  facts: Facts,
  names: readonly Name[],
  records: number,
  sql: string,
  params: Params,
): Promise<Record<Name, CodedValues>> {
  const columns = names.map(() => new CodedValues(records))
  for await (const batch of facts.stream(sql, params)) {
    names.forEach((name, c) => {
      const column = columns[c]!
      for (const value of batch.str(name)) column.push(value)
    })
  }
  return Object.fromEntries(names.map((name, c) => [name, columns[c]!.done()])) as Record<Name, CodedValues>
}
