import type { OptionRows } from '../allocate/columns.ts'
import { Growing } from '../allocate/growing.ts'
import { cellError, fileErrors } from './errors.ts'
import { eachLine, fieldsOf } from './text-lines.ts'

/** `options.csv` as columns: names are numbered in the order they appear. */
export interface ReadOptions {
  customers: string[]
  kinds: string[]
  customer: Uint32Array
  kind: Uint32Array
  value: Float64Array
  code: Uint32Array
  uses: OptionRows['uses']
}

/** Values above this are refused: sums of them would lose what smaller values are worth. */
const LARGEST_VALUE = 1e15

/**
 * Reads `customer,option,value` and the `use:NAME` columns, in any order. Rows of equal uses (as text) share a code. When
 * the uses stand last, a row costs three field look-ups whatever the number of resources (1 µs a row, measured at 39).
 */
export async function readOptions(
  path: string | AsyncIterable<Uint8Array>,
  file: string,
  resources: readonly string[],
  separate: boolean,
): Promise<ReadOptions> {
  const resourceOf = new Map(resources.map((name, i) => [name, i]))
  const customerOf = new Map<string, number>()
  const kindOf = new Map<string, number>()
  const codeOf = new Map<string, number>()
  const uses: OptionRows['uses'] = []
  const customer = new Growing(Uint32Array)
  const kind = new Growing(Uint32Array)
  const value = new Growing(Float64Array)
  const code = new Growing(Uint32Array)
  let header: Header | undefined
  await eachLine(path, file, (line, row) => {
    if (!header) {
      header = parseHeader(line, file, resourceOf)
      return
    }
    const cell = (column: string, text: string) => ({ file, row, column, value: text })
    const { at, useColumns, width } = header
    let who: string
    let what: string
    let worth: string
    let tail: string
    const a = line.indexOf(',')
    const b = line.indexOf(',', a + 1)
    const c = line.indexOf(',', b + 1)
    if (header.usesLast && a > 0 && b > 0 && (c > 0 || width === 3) && !line.includes('"')) {
      who = line.slice(0, a)
      what = line.slice(a + 1, b)
      worth = line.slice(b + 1, c < 0 ? undefined : c)
      tail = c < 0 ? '' : line.slice(c + 1)
    } else {
      const fields = fieldsOf(line)
      if (fields.length !== width)
        throw fileErrors['optimize.row-fields']({ file, row, got: fields.length, want: width })
      who = fields[at.customer]!
      what = fields[at.option]!
      worth = fields[at.value]!
      tail = useColumns.map(u => fields[u.at]!).join()
    }
    if (who === '') throw cellError('empty', cell('customer', who))
    if (what === '') throw cellError('empty', cell('option', what))
    const v = decimal(worth)
    if (Number.isNaN(v)) throw cellError('not-number', cell('value', worth))
    if (Math.abs(v) > LARGEST_VALUE) throw cellError('too-large', cell('value', worth))
    const k = numbered(kindOf, what)
    const key = separate ? `${what},${tail}` : tail
    let shared = codeOf.get(key)
    if (shared === undefined) {
      const amounts = tail.split(',')
      if (useColumns.length > 0 && amounts.length !== useColumns.length)
        throw fileErrors['optimize.row-fields']({ file, row, got: amounts.length + 3, want: width })
      const list: OptionRows['uses'][number] = []
      for (const [i, u] of useColumns.entries()) {
        const text = amounts[i]!
        const amount = text.trim() === '' ? 0 : decimal(text)
        const place = cell(`use:${resources[u.resource]}`, text)
        if (Number.isNaN(amount)) throw cellError('not-number', place)
        if (amount > LARGEST_VALUE) throw cellError('too-large', place)
        if (amount < 0) throw cellError('negative', place)
        if (amount > 0) list.push({ resource: u.resource, amount })
      }
      shared = uses.length
      uses.push(list)
      codeOf.set(key, shared)
    }
    customer.push(numbered(customerOf, who))
    kind.push(k)
    value.push(v)
    code.push(shared)
  })
  if (!header) throw fileErrors['optimize.file-empty']({ file })
  if (customer.length === 0) throw fileErrors['optimize.no-options']({ file })
  return {
    customers: [...customerOf.keys()],
    kinds: [...kindOf.keys()],
    customer: customer.done(),
    kind: kind.done(),
    value: value.done(),
    code: code.done(),
    uses,
  }
}

/** Number() reads 0x1A and 0b1 too, which nobody means in a table. */
export function decimal(text: string): number {
  const mark = text.charCodeAt(1) | 32
  return text.trim() === '' || mark === 0x78 || mark === 0x62 || mark === 0x6f ? Number.NaN : Number(text)
}

interface Header {
  at: { customer: number; option: number; value: number }
  useColumns: { at: number; resource: number }[]
  width: number
  /** customer,option,value and then nothing but uses: the quick way. */
  usesLast: boolean
}

function parseHeader(line: string, file: string, resourceOf: ReadonlyMap<string, number>): Header {
  const names = fieldsOf(line.replace(/^\uFEFF/, '')).map(n => n.trim())
  const find = (column: string) => {
    const at = names.indexOf(column)
    if (at < 0) throw fileErrors['optimize.no-column']({ file, column })
    return at
  }
  const at = { customer: find('customer'), option: find('option'), value: find('value') }
  const useColumns: Header['useColumns'] = []
  for (const [i, column] of names.entries()) {
    if (names.indexOf(column) !== i) throw fileErrors['optimize.column-twice']({ file, column })
    if (['customer', 'option', 'value'].includes(column)) continue
    if (!column.startsWith('use:')) throw fileErrors['optimize.column-unknown']({ file, column })
    const resource = resourceOf.get(column.slice(4))
    if (resource === undefined) throw fileErrors['optimize.resource-unknown']({ file, column })
    useColumns.push({ at: i, resource })
  }
  const usesLast = at.customer === 0 && at.option === 1 && at.value === 2
  return { at, useColumns, width: names.length, usesLast }
}

function numbered(numbers: Map<string, number>, name: string): number {
  let n = numbers.get(name)
  if (n === undefined) {
    n = numbers.size
    numbers.set(name, n)
  }
  return n
}
