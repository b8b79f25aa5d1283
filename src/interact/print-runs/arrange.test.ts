import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { arrange, type PrintItem } from './arrange.ts'
import { HAND_WORK, printSettingsSchema } from './settings.ts'

const item = (id: number, change: Partial<PrintItem> = {}): PrintItem => ({
  communicationId: id.toString(16).padStart(32, '0'),
  customerId: id,
  household: 0,
  postcode: '200001',
  address: '上海市 人民路 1 号',
  pages: 1,
  rank: 1,
  ...change,
})
const settings = printSettingsSchema.parse({})

test('one household at one door is one envelope, the bill first; at two doors it is two', () => {
  const items = [
    item(1, { household: 9, rank: 1 }),
    item(2, { household: 9, rank: 0, address: '上海市人民路1号' }),
    item(3, { household: 9, address: '上海市 人民路 2 号' }),
  ]
  const pieces = arrange(items, settings, 200)
  assert.deepEqual(
    pieces.map(piece => piece.items.map(({ customerId }) => customerId)),
    [[2, 1], [3]],
  )
  const single = arrange(items, { ...settings, consolidate: 'none' }, 200)
  assert.equal(single.length, 3)
})

test('thick pieces get larger envelopes, and what fits none goes to hand work', () => {
  const pieces = arrange([item(1, { pages: 200 }), item(2, { pages: 11 }), item(3)], settings, 200)
  assert.deepEqual(
    pieces.map(({ envelope, sheets }) => [envelope, sheets]),
    [
      ['DL', 1],
      ['C5', 6],
      [HAND_WORK, 100],
    ],
  )
})

test('whatever the documents: each once, files within their limits, sorted, and independent of the order they came in', () => {
  const anItem = fc.record({
    customerId: fc.nat(30),
    household: fc.nat(4),
    postcode: fc.constantFrom('100000', '200001', 'SW1A 1AA'),
    address: fc.constantFrom('a 1', 'a1', 'b 2'),
    pages: fc.integer({ min: 1, max: 40 }),
    rank: fc.nat(2),
  })
  fc.assert(
    fc.property(
      fc.array(anItem, { maxLength: 60 }),
      fc.constantFrom('none' as const, 'customer' as const, 'household' as const),
      fc.boolean(),
      (made, consolidate, duplex) => {
        const items = made.map((each, i) => item(i, each))
        const rules = { ...settings, consolidate, duplex, mostSheetsAFile: 50 }
        const pieces = arrange(items, rules, 7)
        const ids = pieces.flatMap(piece => piece.items.map(({ communicationId }) => communicationId))
        assert.deepEqual([...ids].sort(), items.map(({ communicationId }) => communicationId).sort())
        for (const [file, of] of Map.groupBy(pieces, piece => piece.file)) {
          assert.equal(new Set(of.map(({ envelope }) => envelope)).size, 1, `file ${file}: one envelope`)
          const documents = of.reduce((sum, piece) => sum + piece.items.length, 0)
          const sheets = of.reduce((sum, piece) => sum + piece.sheets, 0)
          assert.ok(of.length === 1 || (documents <= 7 && sheets <= 50), `file ${file}: ${documents}, ${sheets}`)
          const codes = of.map(piece => piece.items[0]!.postcode)
          assert.deepEqual(codes, codes.toSorted())
        }
        assert.deepEqual(
          pieces.map(piece => piece.number),
          pieces.map((_, i) => i + 1),
        )
        assert.deepEqual(arrange(items.toReversed(), rules, 7), pieces)
      },
    ),
    { numRuns: 200 },
  )
})
