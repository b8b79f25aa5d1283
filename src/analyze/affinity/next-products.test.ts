import assert from 'node:assert/strict'
import { test } from 'node:test'
import { itemWeights } from './item-weights.ts'
import { nextProducts } from './next-products.ts'

// Item 0 speaks for 1 (strongly) and 2 (weakly); 3 speaks for 2.
const weights = itemWeights(
  [
    [
      { item: 1, weight: 0.5 },
      { item: 2, weight: 0.125 },
    ],
    [],
    [],
    [{ item: 2, weight: 0.25 }],
  ],
  30,
)
const lines = (rows: [customer: number, item: number, age: number][]) => ({
  customer: Uint32Array.from(rows, r => r[0]),
  item: Uint32Array.from(rows, r => r[1]),
  age: Uint16Array.from(rows, r => r[2]),
})

test('habit and discovery apart, each with its reasons, nobody sees another’s', () => {
  const next = nextProducts(
    lines([
      [0, 0, 0],
      [0, 3, 0],
      [1, 1, 365],
      [1, 1, 0],
      [1, 1, 0],
      [1, 0, 240],
    ]),
    { weights, repeatShare: Float64Array.of(0.1, 0.4, 0.1, 0.1) },
    4,
  )
  const reasons = (k: number) => [...next.reason.subarray(next.reasonStart[k]!, next.reasonStart[k + 1]!)]
  const rows = [...next.item.keys()].map(k => [
    next.customer[k],
    next.rank[k],
    next.item[k],
    next.repeat[k],
    next.score[k]!.toFixed(6),
    reasons(k).join(),
  ])
  assert.deepEqual(rows, [
    [0, 1, 1, 0, '0.500000', '0'],
    // What two items speak for adds up, the stronger named first.
    [0, 2, 2, 0, '0.375000', '3,0'],
    // Bought today and a half-life ago, and two of five come back for it.
    [1, 1, 1, 1, '0.600000', '1'],
    [1, 2, 2, 0, '0.125000', '0'],
  ])
  assert.deepEqual(
    [...next.share.subarray(1, 3)].map(share => share.toFixed(4)),
    ['0.6667', '0.3333'],
  )
})
