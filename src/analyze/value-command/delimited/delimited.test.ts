import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ByteKeys } from './byte-keys.ts'
import { RowScanner } from './row-scanner.ts'

const encode = (text: string) => new TextEncoder().encode(text)

/** Scans a text given in pieces, as a file is. */
function scan(text: string, pieces: readonly number[], delimiter: ',' | 'blanks' = ','): string[][] {
  const bytes = encode(text)
  const scanner = new RowScanner(delimiter)
  const rows: string[][] = []
  let rest = new Uint8Array(0)
  const cuts = [...new Set(pieces.map(piece => Math.min(piece, bytes.length)))].sort((a, b) => a - b)
  for (const [k, cut] of [...cuts, bytes.length].entries()) {
    const piece = bytes.slice(k === 0 ? 0 : cuts[k - 1]!, cut)
    const joined = new Uint8Array(rest.length + piece.length)
    joined.set(rest)
    joined.set(piece, rest.length)
    scanner.bytes = joined
    scanner.next = 0
    while (scanner.row(k === cuts.length))
      rows.push(
        Array.from({ length: scanner.cells }, (_, c) =>
          new TextDecoder().decode(scanner.bytes.subarray(scanner.from[c]!, scanner.to[c]!)),
        ),
      )
    rest = joined.slice(Math.min(scanner.next, joined.length))
  }
  return rows
}

const plain = fc.string({ unit: fc.constantFrom('a', 'é', '中', '7', '-', '"', ',', '\n', ' x'), maxLength: 6 })
const cuts = fc.array(fc.nat(60), { maxLength: 4 })

test('rows that were written are read again, wherever the file is cut into pieces', () => {
  fc.assert(
    fc.property(fc.array(fc.array(plain, { minLength: 2, maxLength: 4 }), { maxLength: 5 }), cuts, (rows, pieces) => {
      const text = rows.map(row => `${row.map(cell => `"${cell.replaceAll('"', '""')}"`).join(',')}\r\n`).join('')
      assert.deepEqual(scan(text, pieces), rows)
    }),
  )
})

test('bare line feeds, empty lines, blanks around cells, a last line without an end', () => {
  assert.deepEqual(scan('a , b\n\n\r\n c,"d ""e"""\nf,', [3, 9]), [
    ['a', 'b'],
    ['c', 'd "e"'],
    ['f', ''],
  ])
  assert.deepEqual(scan('  00004 0001\t19970101  2   29.33\r\n x y', [7], 'blanks'), [
    ['00004', '0001', '19970101', '2', '29.33'],
    ['x', 'y'],
  ])
})

test('lines are numbered as in the file, breaks inside quotes included', () => {
  const scanner = new RowScanner(',')
  scanner.bytes = encode('h,i\n\n"a\nb",1\nc,2\n')
  const lines: number[] = []
  while (scanner.row(true)) lines.push(scanner.line)
  assert.deepEqual(lines, [1, 3, 5])
})

test('keys number distinct texts in the order they come, and give them back', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 5 }), { maxLength: 300 }), texts => {
      const keys = new ByteKeys()
      const known = new Map<string, number>()
      for (const text of texts) {
        if (!known.has(text)) known.set(text, known.size)
        const bytes = encode(`|${text}|`)
        assert.equal(keys.add(bytes, 1, bytes.length - 1), known.get(text))
      }
      for (const [text, key] of known) assert.equal(keys.text(key), text)
    }),
  )
})

test('ten thousand keys survive the table’s growing', () => {
  const keys = new ByteKeys()
  for (let round = 0; round < 2; round++)
    for (let k = 0; k < 10_000; k++) {
      const bytes = encode(`customer ${k}`)
      assert.equal(keys.add(bytes, 0, bytes.length), k)
    }
  assert.equal(keys.size, 10_000)
})
