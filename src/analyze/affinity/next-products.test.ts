import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nextProducts } from './next-products.ts'

// Item 0 goes with 1 (strongly) and 2 (weakly); 3 goes with 2.
const neighbours = {
  start: Uint32Array.from([0, 2, 2, 2, 3]),
  item: Uint32Array.from([1, 2, 2]),
  gain: Float32Array.from([0.4, 0.1, 0.2]),
}
const lines = (rows: [customer: number, item: number, age: number][]) => ({
  customer: Uint32Array.from(rows, r => r[0]),
  item: Uint32Array.from(rows, r => r[1]),
  age: Uint16Array.from(rows, r => r[2]),
})

test('habit and discovery apart, each with its reason, nobody sees another’s', () => {
  const next = nextProducts(
    lines([
      [0, 0, 0],
      [0, 3, 0],
      [1, 1, 100],
      [1, 1, 50],
      [1, 1, 50],
      [1, 0, 240],
    ]),
    neighbours,
    4,
  )
  const rows = [...next.item.keys()].map(k => [
    next.customer[k],
    next.rank[k],
    next.item[k],
    next.repeat[k],
    next.because[k],
  ])
  assert.deepEqual(rows, [
    [0, 1, 1, 0, 0],
    [0, 2, 2, 0, 3],
    [1, 1, 1, 1, 1],
    [1, 2, 2, 0, 0],
  ])
  // 1 − (1 − .1)(1 − .2) for what two items speak for; a purchase of two half-lives ago counts a quarter.
  assert.ok(Math.abs(next.score[1]! - 0.28) < 1e-6)
  assert.ok(Math.abs(next.score[3]! - 0.025) < 1e-6)
})
