import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { clusterPairs } from './clusters.ts'

/** All pairs of a table of log-odds as the matcher would hand them on. */
function cluster(records: number, weigh: (i: number, j: number) => number, verified: number[] = []) {
  const pairs: [number, number][] = []
  for (let i = 0; i < records; i++) for (let j = i + 1; j < records; j++) pairs.push([i, j])
  return clusterPairs({
    records,
    left: Uint32Array.from(pairs, p => p[0]),
    right: Uint32Array.from(pairs, p => p[1]),
    logOdds: Float32Array.from(pairs, ([i, j]) => weigh(i, j)),
    threshold: 0,
    prior: -10,
    apart: [Uint32Array.from({ length: records }, (_, i) => verified[i] ?? 0)],
    weigh,
  }).entity
}

test('a bridge between two groups that contradict each other is cut', () => {
  const group = (i: number) => (i < 3 ? 0 : 1)
  const entity = cluster(6, (i, j) => (group(i) === group(j) ? 8 : i === 2 && j === 3 ? 3 : -25))
  assert.deepEqual([...entity], [0, 0, 0, 3, 3, 3])
})

test('a sparse record that fits one member joins although it says little to the others', () => {
  const entity = cluster(3, (i, j) => (i === 0 && j === 1 ? 6 : i === 1 && j === 2 ? 6 : -3))
  assert.deepEqual([...entity], [0, 0, 0])
})

test('two different verified numbers never end in one entity', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 9 }),
      fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 81, maxLength: 81 }),
      fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 9, maxLength: 9 }),
      (n, odds, verified) => {
        const entity = cluster(n, (i, j) => odds[i * 9 + j]!, verified)
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < n; j++) {
            if (entity[i] === entity[j] && verified[i] && verified[j]) assert.equal(verified[i], verified[j])
          }
        }
      },
    ),
  )
})
