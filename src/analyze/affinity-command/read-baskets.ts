import { isUtf8 } from 'node:buffer'
import { open } from 'node:fs/promises'
import { type Baskets, basketsFromLines } from '../affinity/baskets.ts'
import { ByteKeys } from '../value-command/delimited/byte-keys.ts'
import { Column } from '../value-command/delimited/column.ts'
import { findColumn } from '../value-command/delimited/find-column.ts'
import { readRows } from '../value-command/delimited/read-rows.ts'
import { affinityErrors } from './errors.ts'

export interface BasketFile {
  baskets: Baskets
  items: ByteKeys
  /** Rows that name no basket or no item, the first ten of them, and how many there are. */
  incomplete: { rows: number[]; count: number }
  /** Items that stood in their basket already. */
  repeated: number
  separator: ',' | ';'
}

/** What of a file is looked at before it is read. */
const HEAD = 1 << 16

/**
 * Refuses what is no text, or text in another encoding, before its bytes are counted as items; finds out whether the items of lines are
 * separated by semicolons, as spreadsheets of half of Europe write them: no comma anywhere, a semicolon in most lines.
 */
async function lookAt(file: string): Promise<{ separator: ',' | ';' }> {
  let head: Buffer
  try {
    const handle = await open(file)
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD), 0, HEAD, 0)
      head = buffer.subarray(0, bytesRead)
    } finally {
      await handle.close()
    }
  } catch {
    // The reader itself says why a file cannot be read.
    return { separator: ',' }
  }
  // A character cut in two at the end is no fault of the file's.
  const whole = head.length < HEAD ? head : head.subarray(0, head.lastIndexOf(10) + 1)
  if (head.includes(0) || !isUtf8(whole)) throw affinityErrors['affinity.not-text']({ file })
  const lines = whole
    .toString('utf8')
    .split('\n')
    .filter(line => line.trim() !== '')
  const semicolons = lines.filter(line => line.includes(';')).length
  return { separator: !whole.includes(',') && semicolons * 2 > lines.length ? ';' : ',' }
}

/** One basket a line, its items separated by commas. */
export async function readBasketLines(file: string): Promise<BasketFile> {
  const { separator } = await lookAt(file)
  const items = new ByteKeys()
  const basket = new Column(Uint32Array)
  const item = new Column(Uint32Array)
  let baskets = 0
  await readRows(
    file,
    {
      head: () => false,
      row({ bytes, from, to, cells }) {
        let some = false
        for (let k = 0; k < cells; k++) {
          if (to[k]! <= from[k]!) continue
          some = true
          basket.push(baskets)
          item.push(items.add(bytes, from[k]!, to[k]!))
        }
        if (some) baskets++
      },
    },
    separator,
  )
  return { ...finished(file, basket.done(), item.done(), items, { rows: [], count: 0 }), separator }
}

/** A CSV with a line per basket and item, in any order. */
export async function readBasketTable(file: string, columns: { basket: string; item: string }): Promise<BasketFile> {
  await lookAt(file)
  const items = new ByteKeys()
  const names = new ByteKeys()
  const basket = new Column(Uint32Array)
  const item = new Column(Uint32Array)
  const incomplete: BasketFile['incomplete'] = { rows: [], count: 0 }
  let [b, i] = [0, 0]
  await readRows(file, {
    head(cells) {
      b = findColumn(cells, 'basket', columns.basket, file)
      i = findColumn(cells, 'item', columns.item, file)
      // Columns given by number may stand in a file without headings.
      return ![columns.basket, columns.item].every(name => /^\d+$/.test(name))
    },
    row({ bytes, from, to, cells, line }) {
      if (b >= cells || i >= cells || to[b]! <= from[b]! || to[i]! <= from[i]!) {
        incomplete.count++
        if (incomplete.rows.length < 10) incomplete.rows.push(line)
        return
      }
      basket.push(names.add(bytes, from[b]!, to[b]!))
      item.push(items.add(bytes, from[i]!, to[i]!))
    },
  })
  return { ...finished(file, ...together(basket.done(), item.done(), names.size), items, incomplete), separator: ',' }
}

/** Lines in the order of their baskets: a counting sort, left out where they stand so already. */
function together(basket: Uint32Array, item: Uint32Array, baskets: number): [Uint32Array, Uint32Array] {
  if (basket.every((b, k) => k === 0 || b >= basket[k - 1]!)) return [basket, item]
  const next = new Uint32Array(baskets + 1)
  for (const b of basket) next[b + 1] = next[b + 1]! + 1
  for (let b = 0; b < baskets; b++) next[b + 1] = next[b + 1]! + next[b]!
  const [sorted, items] = [new Uint32Array(basket.length), new Uint32Array(basket.length)]
  for (let k = 0; k < basket.length; k++) {
    const to = next[basket[k]!]!
    next[basket[k]!] = to + 1
    sorted[to] = basket[k]!
    items[to] = item[k]!
  }
  return [sorted, items]
}

function finished(
  file: string,
  basket: Uint32Array,
  item: Uint32Array,
  items: ByteKeys,
  incomplete: BasketFile['incomplete'],
): Omit<BasketFile, 'separator'> {
  if (basket.length === 0) throw affinityErrors['affinity.no-baskets']({ file })
  const baskets = basketsFromLines(basket, item, items.size)
  return { baskets, items, incomplete, repeated: basket.length - baskets.items.length }
}
