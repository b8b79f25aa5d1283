import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { binnerOf, cutColumns, MISSING_BIN, writeBins } from './bins.ts'
import type { Column } from './table.ts'

const anyNumber = fc.oneof(
  fc.double({ noNaN: true }),
  fc.double({ min: -5, max: 5, noNaN: true }),
  fc.integer({ min: -3, max: 3 }),
)

test('a value is in the first bin whose bound is not below it, however uneven the bounds', () => {
  fc.assert(
    fc.property(fc.array(anyNumber, { maxLength: 60 }), fc.array(anyNumber, { maxLength: 60 }), (cuts, values) => {
      const bounds = Float64Array.from(new Set(cuts.filter(Number.isFinite))).sort()
      const binOf = binnerOf(bounds)
      for (const value of [...values, ...bounds])
        assert.equal(binOf(value), 1 + bounds.filter(bound => bound < value).length)
      assert.equal(binOf(Number.NaN), MISSING_BIN)
    }),
  )
})

test('few values get a bin each, many are cut into bins of about as many rows', () => {
  const column = (values: Float64Array): Column => ({ kind: 'number', name: 'x', values })
  const [few, many] = [
    Float64Array.of(3, 1, 1, 2, Number.NaN),
    Float64Array.from({ length: 50_000 }, (_, i) => Math.exp(((i * 7919) % 50_000) / 5_000)),
  ]
  const cut = cutColumns({ rows: 5, columns: [column(few)] })[0]!
  assert.ok(cut.kind === 'number')
  assert.deepEqual([...cut.bounds], [1.5, 2.5])
  const even = cutColumns({ rows: many.length, columns: [column(many)] })[0]!
  const bins = new Uint8Array(many.length)
  writeBins(column(many), even, bins, 0, 1)
  const count = new Float64Array(256)
  for (const bin of bins) count[bin] = count[bin]! + 1
  assert.equal(even.bins, 256)
  assert.equal(count[0], 0)
  for (let bin = 1; bin < 256; bin++) assert.ok(Math.abs(count[bin]! - 50_000 / 255) < 3, `bin ${bin}: ${count[bin]}`)
})

test('one value that fills most rows does not take the bins of the others', () => {
  const values = Float64Array.from({ length: 10_000 }, (_, i) => (i % 10 ? 0 : i))
  const cut = cutColumns({ rows: 10_000, columns: [{ kind: 'number', name: 'x', values }] })[0]!
  assert.ok(cut.bins > 240, `${cut.bins} bins`)
})

test('of more categories than bins the rare ones share one', () => {
  const categories = Array.from({ length: 400 }, (_, k) => `c${k}`)
  const codes = Int32Array.from({ length: 4_000 }, (_, i) => (i < 400 ? i : i % 100))
  const cut = cutColumns({ rows: 4_000, columns: [{ kind: 'category', name: 'x', codes, categories }] })[0]!
  assert.ok(cut.kind === 'category')
  assert.equal(cut.bins, 256)
  assert.equal(cut.kept.length, 254)
  assert.deepEqual(new Set(cut.kept.slice(0, 100)), new Set(Array.from({ length: 100 }, (_, k) => k)))
  assert.equal(cut.binOf[399], 255)
})
