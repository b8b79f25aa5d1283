import type { Lang } from '../../platform/errors.ts'
import { AmountReader } from './amount-reader.ts'
import { NOT_A_DATE, parseDateFormat } from './date-format.ts'
import { DateReader, isPacked, packedText, resolve } from './date-reader.ts'
import { ByteKeys, hashOf } from './delimited/byte-keys.ts'
import { Column } from './delimited/column.ts'
import type { Encoding } from './delimited/decode-text.ts'
import { findColumn } from './delimited/find-column.ts'
import { cellText, readRows } from './delimited/read-rows.ts'
import { commandErrors } from './errors.ts'
import { RowNotes } from './row-notes.ts'

/** Rows of the file as columns: 24 bytes a row. */
export interface Transactions {
  customers: ByteKeys
  customer: Uint32Array
  /** Days since 1970-01-01. */
  day: Int32Array
  /** NaN everywhere when there is no amount column. */
  amount: Float64Array
  line: Uint32Array
  /** Of the whole line, to tell rows that stand twice. */
  hash: Int32Array
  currency: string | undefined
  /** What the file was written in. */
  encoding: Encoding
  notes: RowNotes
}

export interface TransactionColumns {
  customer: string
  date: string
  amount?: string | undefined
  currency?: string | undefined
  dateFormat?: string | undefined
}

const CURRENCY_HEADINGS = ['currency', 'ccy', 'currency_code', '货币', '币种']

export async function readTransactions(
  file: string,
  columns: TransactionColumns,
  lang: Lang,
  today: number = Math.floor(Date.now() / 86_400_000),
): Promise<Transactions> {
  const notes = new RowNotes()
  const dates = new DateReader(columns.dateFormat === undefined ? undefined : parseDateFormat(columns.dateFormat))
  const amounts = new AmountReader()
  const customers = new ByteKeys()
  const customer = new Column(Uint32Array)
  const day = new Column(Int32Array)
  const amount = new Column(Float64Array)
  const line = new Column(Uint32Array)
  const hash = new Column(Int32Array)
  const place = { customer: 0, date: 0, amount: -1, currency: -1 }
  let lastCurrency = ''
  let unread: { example: string; line: number } | undefined

  let encoding: Encoding = 'utf-8'
  await readRows(file, {
    encoding(found) {
      encoding = found
    },
    head(cells, scanner) {
      const wanted = [columns.customer, columns.date, columns.amount, columns.currency].filter(
        name => name !== undefined,
      )
      const numbers = wanted.every(name => /^\d+$/.test(name))
      place.customer = findColumn(cells, 'customer', columns.customer, file)
      place.date = findColumn(cells, 'date', columns.date, file)
      if (columns.amount !== undefined) place.amount = findColumn(cells, 'amount', columns.amount, file)
      if (columns.currency !== undefined) place.currency = findColumn(cells, 'currency', columns.currency, file)
      else place.currency = cells.findIndex(cell => CURRENCY_HEADINGS.includes(cell.toLowerCase()))
      if (!numbers) return true
      // Columns by number: a first row without a date is a heading.
      return new DateReader().read(scanner.bytes, scanner.from[place.date]!, scanner.to[place.date]!) === NOT_A_DATE
    },
    row(scanner) {
      const { bytes, from, to } = scanner
      const id = place.customer
      if (id >= scanner.cells || to[id]! <= from[id]!) return notes.add('no-customer', scanner.line)
      const when = place.date < scanner.cells ? dates.read(bytes, from[place.date]!, to[place.date]!) : NOT_A_DATE
      if (when === NOT_A_DATE) {
        unread ??= { example: cellText(scanner, place.date), line: scanner.line }
        return notes.add('bad-date', scanner.line)
      }
      let value = Number.NaN
      if (place.amount >= 0) {
        if (place.amount < scanner.cells)
          value = amounts.read(bytes, from[place.amount]!, to[place.amount]!, scanner.line)
        if (!Number.isFinite(value)) return notes.add('bad-amount', scanner.line)
        if (place.currency >= 0) {
          const currency = cellText(scanner, place.currency)
          if (currency !== lastCurrency && currency !== '') amounts.note(currency, scanner.line)
          lastCurrency = currency
        }
      }
      customer.push(customers.add(bytes, from[id]!, to[id]!))
      day.push(when)
      amount.push(value)
      line.push(scanner.line)
      hash.push(hashOf(bytes, scanner.start, rowEnd(bytes, scanner.next)))
    },
  })

  if (unread && day.length === 0) throw commandErrors['value.no-dates']({ file, column: columns.date, ...unread })
  if (amounts.currencies.size > 1) {
    const currencies = [...amounts.currencies].map(([name, first]) => `${name} (${first})`).join(', ')
    throw commandErrors['value.mixed-currencies']({ file, currencies })
  }
  const days = day.done()
  settleDates(file, days, line.done(), dates)
  const all = { customer: customer.done(), day: days, amount: amount.done(), line: line.done(), hash: hash.done() }
  const kept = keep(all, k => {
    if (days[k]! === NOT_A_DATE) notes.add('bad-date', all.line[k]!)
    else if (days[k]! > today + 1) notes.add('future-date', all.line[k]!)
    else return true
    return false
  })
  if (kept.customer.length === 0) {
    const why = notes
      .in(lang)
      .map(note => note.message)
      .join(' ')
    throw commandErrors['file.no-rows']({ file, why })
  }
  return { customers, ...kept, currency: [...amounts.currencies.keys()][0], encoding, notes }
}

/** The place after a row's last letter: its line end is no part of it. */
function rowEnd(bytes: Uint8Array, next: number): number {
  let end = Math.min(next, bytes.length)
  while (end > 0 && (bytes[end - 1] === 10 || bytes[end - 1] === 13 || bytes[end - 1] === 32)) end--
  return end
}

/** Dates with the year last become days, once the whole column has said what stands first. */
function settleDates(file: string, days: Int32Array, line: Uint32Array, dates: DateReader): void {
  const first = days.findIndex(isPacked)
  if (first < 0) return
  const order = dates.order()
  if (!order)
    throw commandErrors['value.ambiguous-dates']({ file, example: packedText(days[first]!), line: line[first]! })
  for (let k = first; k < days.length; k++) if (isPacked(days[k]!)) days[k] = resolve(days[k]!, order)
}

type Rows = Pick<Transactions, 'customer' | 'day' | 'amount' | 'line' | 'hash'>

/** Rows that stay, moved together in place. */
export function keep(rows: Rows, stays: (k: number) => boolean): Rows {
  let n = 0
  for (let k = 0; k < rows.customer.length; k++) {
    if (!stays(k)) continue
    if (n !== k) {
      rows.customer[n] = rows.customer[k]!
      rows.day[n] = rows.day[k]!
      rows.amount[n] = rows.amount[k]!
      rows.line[n] = rows.line[k]!
      rows.hash[n] = rows.hash[k]!
    }
    n++
  }
  return {
    customer: rows.customer.subarray(0, n),
    day: rows.day.subarray(0, n),
    amount: rows.amount.subarray(0, n),
    line: rows.line.subarray(0, n),
    hash: rows.hash.subarray(0, n),
  }
}
