import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../math/random.ts'
import { type CompiledForest, childOf, compileForest, rowEncoder } from './compile-forest.ts'
import { openForestTrainer } from './forest-trainer.ts'
import { modelColumns } from './model-columns.ts'
import { sampleWorld } from './sample-worlds.ts'
import { forestMargins } from './score-forest.ts'
import type { Column } from './table.ts'
import { explainForest } from './tree-shap.ts'

async function forestOf(depth: number, rounds: number) {
  const { table, labels } = sampleWorld(3_000, 11)
  const trainer = openForestTrainer(table, labels, { threads: 1, maxLeaves: 64 })
  const forest = await trainer.fit({ rounds, maxDepth: depth, learningRate: 0.3 })
  return { table, compiled: compileForest(forest, modelColumns(table, trainer.cuts)) }
}

/** The definition: a column's mean effect over all orders, a column not yet told averaged over both children by cover. */
function shapley(forest: CompiledForest, bins: Uint16Array): Float64Array {
  const m = forest.columns.length
  const value = (known: number): number => {
    const down = (node: number): number => {
      const column = forest.column[node]!
      if (column < 0) return forest.value[node]!
      if ((known >> column) & 1) return down(childOf(forest, node, bins[column]!))
      const [l, r] = [forest.left[node]!, forest.right[node]!]
      return (forest.cover[l]! * down(l) + forest.cover[r]! * down(r)) / forest.cover[node]!
    }
    return forest.roots.reduce((sum, root) => sum + down(root), 0)
  }
  const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1))
  const parts = new Float64Array(m)
  for (let known = 0; known < 1 << m; known++) {
    let size = 0
    for (let c = 0; c < m; c++) size += (known >> c) & 1
    const before = value(known)
    for (let c = 0; c < m; c++) {
      if ((known >> c) & 1) continue
      const weight = (factorial(size) * factorial(m - size - 1)) / factorial(m)
      parts[c] = parts[c]! + weight * (value(known | (1 << c)) - before)
    }
  }
  return parts
}

test('equals the definition, summed over all orders of the columns', async () => {
  const { table, compiled } = await forestOf(5, 6)
  const explainer = explainForest(compiled)
  const bins = rowEncoder(compiled, table)(0, 60)
  for (let row = 0; row < 60; row++) {
    const parts = new Float64Array(5)
    explainer.explain(bins, row * 5, parts)
    const truth = shapley(compiled, bins.slice(row * 5, row * 5 + 5))
    for (let c = 0; c < 5; c++)
      assert.ok(Math.abs(parts[c]! - truth[c]!) < 1e-9, `row ${row} column ${c}: ${parts[c]} ${truth[c]}`)
  }
})

test('the parts of every row and the mean add up to its log-odds', async () => {
  const { table, compiled } = await forestOf(6, 50)
  const explainer = explainForest(compiled)
  const margins = forestMargins(compiled, table)
  const bins = rowEncoder(compiled, table)(0, table.rows)
  for (let row = 0; row < 1_000; row++) {
    const parts = new Float64Array(5)
    explainer.explain(bins, row * 5, parts)
    const sum = parts.reduce((s, part) => s + part, explainer.expected)
    assert.ok(Math.abs(sum - margins[row]!) < 1e-9)
  }
})

test('adds up on paths too long to keep all their cases', async () => {
  const random = seededRandom(4)
  const columns = Array.from(
    { length: 14 },
    (_, k): Column => ({
      kind: 'number',
      name: `x${k}`,
      values: Float64Array.from({ length: 3_000 }, () => random.normal()),
    }),
  )
  const labels = Uint8Array.from({ length: 3_000 }, () => (random.uniform() < 0.5 ? 1 : 0))
  const table = { rows: 3_000, columns }
  const trainer = openForestTrainer(table, labels, { threads: 1, maxLeaves: 64 })
  const forest = await trainer.fit({ rounds: 8, growth: 'leaf', maxDepth: 20, columnShare: 0.9, minChildWeight: 0.5 })
  const compiled = compileForest(forest, modelColumns(table, trainer.cuts))
  assert.ok(compiled.depth > 12, `depth ${compiled.depth}`)
  const explainer = explainForest(compiled)
  const margins = forestMargins(compiled, table)
  const bins = rowEncoder(compiled, table)(0, 500)
  for (let row = 0; row < 500; row++) {
    const parts = new Float64Array(14)
    explainer.explain(bins, row * 14, parts)
    assert.ok(Math.abs(parts.reduce((s, part) => s + part, explainer.expected) - margins[row]!) < 1e-9)
  }
})
