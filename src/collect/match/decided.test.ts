import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { clusterPairs } from './clusters.ts'
import type { Decided } from './decided.ts'

const N = 14
/** Log-odds of all pairs, fixed for i < j. */
const odds = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: N * N, maxLength: N * N })
const labels = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: N, maxLength: N })
const pairs = fc.array(
  fc.tuple(fc.nat(N - 1), fc.nat(N - 1)).filter(([i, j]) => i !== j),
  { maxLength: 8 },
)

/** `near`: only records this close in number are compared, so that several components arise. */
function cluster(weights: number[], apart: number[], near: number, decisions?: Decided): Uint32Array {
  const compared: [number, number][] = []
  for (let i = 0; i < N; i++) for (let j = i + 1; j < Math.min(N, i + near); j++) compared.push([i, j])
  const weigh = (i: number, j: number) => weights[i * N + j]!
  return clusterPairs({
    records: N,
    left: Uint32Array.from(compared, p => p[0]),
    right: Uint32Array.from(compared, p => p[1]),
    logOdds: Float32Array.from(compared, ([i, j]) => weigh(i, j)),
    threshold: 6,
    prior: -10,
    apart: [Uint32Array.from(apart)],
    decisions,
    weigh,
  }).entity
}

const decided = (same: [number, number][], different: [number, number][]): Decided => ({
  same: [Uint32Array.from(same, p => p[0]), Uint32Array.from(same, p => p[1])],
  different: [Uint32Array.from(different, p => p[0]), Uint32Array.from(different, p => p[1])],
})

/** Groups that the must-links make of the records. */
function groupsOf(same: [number, number][]): number[] {
  const group = Array.from({ length: N }, (_, i) => i)
  for (const [i, j] of same) {
    const [from, to] = [group[i]!, group[j]!]
    group.forEach((g, k) => {
      if (g === from) group[k] = to
    })
  }
  return group
}

test('whatever the evidence: decided to be one are one, decided to be two never meet', () => {
  fc.assert(
    fc.property(odds, labels, pairs, pairs, (weights, apart, same, kept) => {
      const group = groupsOf(same)
      const different = kept.filter(([i, j]) => group[i] !== group[j])
      const entity = cluster(weights, apart, 5, decided(same, different))
      for (const [i, j] of same) assert.equal(entity[i], entity[j])
      for (const [i, j] of different) assert.notEqual(entity[i], entity[j])
    }),
    { numRuns: 500 },
  )
})

test('beside decisions no entity holds two verified numbers', () => {
  fc.assert(
    fc.property(odds, labels, pairs, (weights, apart, different) => {
      const entity = cluster(weights, apart, 5, decided([], different))
      for (let i = 0; i < N; i++)
        for (let j = 0; j < N; j++)
          if (entity[i] === entity[j] && apart[i] && apart[j]) assert.equal(apart[i], apart[j])
    }),
  )
})

test('components without a decision stay as they were', () => {
  fc.assert(
    fc.property(odds, labels, pairs, pairs, (weights, apart, same, kept) => {
      const group = groupsOf(same)
      const different = kept.filter(([i, j]) => group[i] !== group[j])
      const before = cluster(weights, apart, 3)
      const after = cluster(weights, apart, 3, decided(same, different))
      const component = reach(weights, 3, [...same])
      const touched = new Set([...same, ...different].flat().map(record => component[record]))
      for (let i = 0; i < N; i++) {
        if (touched.has(component[i])) continue
        for (let j = 0; j < N; j++) assert.equal(after[i] === after[j], before[i] === before[j])
      }
    }),
  )
})

test('a decision that says the same as the evidence changes nothing', () => {
  fc.assert(
    fc.property(odds, labels, fc.nat(N - 1), fc.nat(N - 1), (weights, apart, i, j) => {
      fc.pre(i !== j)
      const before = cluster(weights, apart, 3)
      fc.pre(before[i] !== before[j])
      assert.deepEqual(cluster(weights, apart, 3, decided([], [[i, j]])), before)
    }),
  )
})

/** Component of each record: what the threshold and the must-links join. */
function reach(weights: number[], near: number, same: [number, number][]): number[] {
  const joined = [...same]
  for (let i = 0; i < N; i++)
    for (let j = i + 1; j < Math.min(N, i + near); j++) if (weights[i * N + j]! >= 6) joined.push([i, j])
  return groupsOf(joined)
}
