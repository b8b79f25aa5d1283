import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bridgesOf } from './bridges.ts'
import { driftBetween } from './drift.ts'
import { runFigures } from './figures.ts'
import { informativePairs } from './informative-pairs.ts'
import type { RunFigures } from './migrations.ts'
import { precisionRecall } from './precision-recall.ts'
import { binOf, edgeOf, probabilityOf, weightBins } from './weight-bins.ts'

/** Numbers that look like chance and are the same each time. */
function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/** Pairs whose model is wrong by two bits everywhere, and the truth of each. */
function crookedPairs() {
  const next = dice(7)
  const logOdds = new Float32Array(20_000)
  const match: boolean[] = []
  for (let p = 0; p < logOdds.length; p++) {
    logOdds[p] = (next() - 0.5) * 20
    match.push(next() < probabilityOf(logOdds[p]! - 2 * Math.LN2))
  }
  return { logOdds, match }
}

test('answers asked near the threshold first still give the true curve, where the model alone is wrong', () => {
  const { logOdds, match } = crookedPairs()
  const numbers = Uint32Array.from(logOdds, (_, p) => p)
  const bins = weightBins(logOdds.length, numbers, numbers, logOdds)
  const byNearness = [...logOdds.keys()].sort((a, b) => Math.abs(logOdds[a]!) - Math.abs(logOdds[b]!))
  const asked = [...byNearness.slice(0, 1500), ...byNearness.filter((_, at) => at % 20 === 0)]
  const labels = asked.map(p => ({ bin: binOf(logOdds[p]!), same: match[p]! }))
  const at = <T extends { bin: number }>(points: T[]) => points.find(({ bin }) => bin === 0)!
  const above = [...logOdds.keys()].filter(p => logOdds[p]! >= 0)
  const right = above.filter(p => match[p]).length
  const precision = right / above.length
  const recall = right / match.filter(Boolean).length
  const model = at(precisionRecall(bins, [], 0))
  const judged = at(precisionRecall(bins, labels, 0))
  assert.ok(Math.abs(model.precision - precision) > 0.03)
  assert.ok(Math.abs(judged.precision - precision) < Math.max(0.015, judged.precisionError), String(judged.precision))
  assert.ok(Math.abs(judged.recall - recall) < Math.max(0.015, judged.recallError), String(judged.recall))
})

test('bins hold every pair once, and say how many customers a threshold leaves', () => {
  const bins = weightBins(4, Uint32Array.of(0, 1, 2), Uint32Array.of(1, 2, 3), Float32Array.of(5, 1, -20))
  assert.equal(
    bins.reduce((sum, { pairs }) => sum + pairs, 0),
    3,
  )
  assert.equal(bins.find(({ bin }) => edgeOf(bin) <= 5 && edgeOf(bin + 1) > 5)?.customers, 3)
  assert.equal(bins.find(({ bin }) => edgeOf(bin) <= 1 && edgeOf(bin + 1) > 1)?.customers, 2)
})

test('a bridge is a link whose loss leaves two pairs at least', () => {
  // Two triangles joined by one link, and a tail of one record.
  const left = Uint32Array.of(0, 0, 1, 3, 3, 4, 2, 5)
  const right = Uint32Array.of(1, 2, 2, 4, 5, 5, 3, 6)
  assert.deepEqual(bridgesOf([0, 1, 2, 3, 4, 5, 6, 7], left, right), [6])
})

test('the queue begins with what is least certain, skips what is decided, and names bridges', () => {
  const left = Uint32Array.of(0, 0, 1, 3, 3, 4, 2, 6)
  const right = Uint32Array.of(1, 2, 2, 4, 5, 5, 3, 7)
  const logOdds = Float32Array.of(9, 9, 9, 9, 9, 9, 0.5, 0.4)
  const input = {
    left,
    right,
    logOdds,
    threshold: 0,
    entity: Uint32Array.of(0, 0, 0, 0, 0, 0, 6, 6),
    flagged: [],
    decided: (i: number) => i === 6,
  }
  const queue = informativePairs(input)
  assert.deepEqual([queue[0]?.left, queue[0]?.right, queue[0]?.reason], [2, 3, 'bridge'])
  assert.ok(queue.every(pair => pair.left !== 6))
  assert.equal(new Set(queue.map(pair => `${pair.left} ${pair.right}`)).size, queue.length)
})

const run = (sizes: Record<string, number>, more: Partial<RunFigures> = {}): RunFigures => ({
  records: 0,
  customers: Object.values(sizes).reduce((sum, count) => sum + count, 0),
  sizes,
  largest: Math.max(...Object.keys(sizes).map(Number)),
  merged: 0,
  split: 0,
  appeared: 0,
  threshold: 0.5,
  automatic: true,
  expectedF1: 1,
  missedPairs: 0,
  previousRun: 1,
  ...more,
})

test('chance is no drift; a placeholder that welds people together is', () => {
  const before = run({ 1: 6000, 2: 3000, 3: 800, 4: 150, 5: 50 })
  assert.deepEqual(driftBetween(before, run({ 1: 6050, 2: 2985, 3: 810, 4: 148, 5: 52 })), [])
  const welded = driftBetween(before, run({ 1: 5400, 2: 2900, 3: 800, 4: 150, 5: 300, 60: 2 }, { merged: 700 }))
  assert.deepEqual(welded.map(({ what, size }) => what + size).sort(), ['changed', 'largest', 'mean', 'share5+'])
})

test('figures of a run: one merged, one split, one new', () => {
  const figures = runFigures({
    matched: { threshold: 0.5, expectedF1: 1, missedPairs: 0 },
    customer: Float64Array.of(1, 1, 1, 3, 4, 5),
    previous: Float64Array.of(1, 1, 2, 3, 3, 0),
    automatic: true,
    previousRun: 1,
  })
  assert.deepEqual(
    [figures.merged, figures.split, figures.appeared, figures.customers, figures.largest],
    [1, 1, 1, 4, 3],
  )
  assert.deepEqual(figures.sizes, { 1: 3, 3: 1 })
})
