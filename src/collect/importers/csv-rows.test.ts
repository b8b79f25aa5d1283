import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { CsvReader, detectDelimiter } from './csv-rows.ts'

function readAll(text: string, chunk = text.length || 1) {
  const reader = new CsvReader(',')
  const rows = []
  for (let at = 0; at < text.length; at += chunk) rows.push(...reader.push(text.slice(at, at + chunk)))
  rows.push(...reader.end())
  return rows
}

const cell = fc.string({ unit: fc.constantFrom('a', '王', ',', '"', '\n', ' ', '7', '😀', '\\', '\t'), maxLength: 6 })
const written = (value: string) => `"${value.replaceAll('"', '""')}"`

test('what is written is read back, however the text is cut into pieces', () => {
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(table, fc.integer({ min: 1, max: 7 }), (rows, chunk) => {
      const text = rows.map(row => row.map(written).join(',')).join('\n')
      assert.deepEqual(
        readAll(text, chunk).map(row => row.cells),
        rows,
      )
    }),
  )
})

test('a quote that is never closed costs its own line only', () => {
  const rows = readAll('a,b\n1,"open\n2,x\n3,y\n')
  assert.deepEqual(
    rows.map(row => row.problem),
    ['', 'quote', '', ''],
  )
  assert.deepEqual(rows.at(-1)?.cells, ['3', 'y'])
})

test('never throws and loses no line that has no quotes', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: fc.constantFrom('a', ',', '\0', ';', ' '), maxLength: 9 })), lines => {
      assert.equal(readAll(lines.join('\n'), 3).length, lines.filter(line => line.trim() !== '').length)
    }),
  )
})

test('the delimiter is the one that splits evenly', () => {
  assert.equal(detectDelimiter('a;b;c\n1;"x,y";3\n'), ';')
  assert.equal(detectDelimiter('a\tb\n1\t2\n'), '\t')
  assert.equal(detectDelimiter('only\n1\n'), ',')
})
