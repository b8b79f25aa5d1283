/** A file of people as read for matching: its columns as text, dictionary-coded, and where each record stands in the file. */
export class TextColumn {
  private codes = new Uint32Array(1024)
  private readonly codeOf = new Map<string, number>([['', 0]])
  private filled = 0
  readonly values: string[] = ['']

  push(value: string): void {
    let code = this.codeOf.get(value)
    if (code === undefined) {
      code = this.values.length
      this.codeOf.set(value, code)
      this.values.push(value)
    }
    if (this.filled === this.codes.length) {
      const wider = new Uint32Array(this.filled * 2)
      wider.set(this.codes)
      this.codes = wider
    }
    this.codes[this.filled++] = code
  }

  at(record: number): string {
    return this.values[this.codes[record] ?? 0] ?? ''
  }

  /** Every record has a value and no two have the same. */
  get unique(): boolean {
    return this.filled > 0 && this.values.length - 1 === this.filled
  }
}

/** A row that is none: it is left out of the result, and said. */
export interface RejectedRow {
  file: string
  line: number
  column: string
  rule: 'columns' | 'quote' | 'nul' | 'too-long' | 'json' | string
}

export interface FileTable {
  path: string
  /** Name in the result: the file's name without folder and endings. */
  source: string
  headers: string[]
  columns: TextColumn[]
  /** Line (of a sheet: row) on which each record begins. */
  lines: number[]
  rejected: RejectedRow[]
}

/** Row ids as the result names them: the first column when it tells the rows apart, else the line. */
export function rowIds(table: FileTable): (record: number) => string {
  const first = table.columns[0]
  return first?.unique ? record => first.at(record) : record => String(table.lines[record])
}
