import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { sigmoid } from '../churn/logistic.ts'
import { auc } from '../churn/metrics.ts'
import { compileForest } from './compile-forest.ts'
import { openForestTrainer } from './forest-trainer.ts'
import { modelColumns } from './model-columns.ts'
import type { ForestOptions } from './options.ts'
import { ROW_HELD, ROW_TRAIN } from './row-sample.ts'
import { sampleWorld } from './sample-worlds.ts'
import { forestMargins } from './score-forest.ts'
import { type Table, takeTableRows } from './table.ts'

async function grow(
  table: Table,
  labels: Uint8Array,
  options: Partial<ForestOptions> = {},
  states?: Uint8Array,
  threads = 1,
) {
  const trainer = openForestTrainer(table, labels, { threads, maxLeaves: options.maxLeaves ?? 64 })
  try {
    const forest = await trainer.fit(options, states)
    return { forest, compiled: compileForest(forest, modelColumns(table, trainer.cuts)) }
  } finally {
    await trainer.close()
  }
}

const logLoss = (margins: Float64Array, labels: Uint8Array): number =>
  margins.reduce((sum, z, i) => sum - Math.log(labels[i] ? sigmoid(z) : sigmoid(-z)), 0) / labels.length

test('finds what a world was made of: steps, a value in the middle, gaps that speak, forty towns', async () => {
  const { table, labels } = sampleWorld(20_000, 1)
  const { compiled } = await grow(table, labels, { rounds: 60, maxDepth: 4, learningRate: 0.2 })
  const fresh = sampleWorld(20_000, 1)
  const unseen = sampleWorld(40_000, 1)
  const later = takeTableRows(
    unseen.table,
    Uint32Array.from({ length: 20_000 }, (_, i) => 20_000 + i),
  )
  const margins = forestMargins(compiled, later)
  const [got, best] = [
    auc(margins, unseen.labels.subarray(20_000)),
    auc(unseen.margins.subarray(20_000), unseen.labels.subarray(20_000)),
  ]
  assert.ok(best - got < 0.008, `AUC ${got}, at best ${best}`)
  assert.ok(auc(forestMargins(compiled, fresh.table), labels) > got)
})

test('the trees are the same for any number of threads', async () => {
  const { table, labels } = sampleWorld(150_000, 2)
  const options = { rounds: 4, rowShare: 0.8, columnShare: 0.8, seed: 7 }
  const one = await grow(table, labels, options)
  for (const threads of [2, 3]) {
    const more = await grow(table, labels, options, undefined, threads)
    assert.deepEqual(more.forest, one.forest)
  }
})

test('what the trainer holds of held-out rows is what the scorer says of them, and it stops when they gain no more', async () => {
  const { table, labels } = sampleWorld(6_000, 3)
  const states = Uint8Array.from({ length: 6_000 }, (_, i) => (i % 3 === 0 ? ROW_HELD : ROW_TRAIN))
  const held = Uint32Array.from({ length: 2_000 }, (_, i) => 3 * i)
  const { forest, compiled } = await grow(
    table,
    labels,
    { rounds: 400, learningRate: 0.3, patience: 20, rowShare: 0.7 },
    states,
  )
  const heldLabels = Uint8Array.from(held, i => labels[i]!)
  const best = forest.curve.indexOf(Math.min(...forest.curve))
  assert.equal(forest.trees.length, best)
  assert.equal(forest.curve.length, best + 21)
  for (const trees of [0, 1, best]) {
    const loss = logLoss(
      forestMargins(
        compileForest({ ...forest, trees: forest.trees.slice(0, trees) }, compiled.columns),
        takeTableRows(table, held),
      ),
      heldLabels,
    )
    assert.ok(Math.abs(loss - forest.curve[trees]!) < 1e-9, `${loss} and ${forest.curve[trees]} after ${trees}`)
  }
})

test('depth and leaves keep their limits, in both ways of growing', async () => {
  const { table, labels } = sampleWorld(4_000, 4)
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('depth' as const, 'leaf' as const),
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 2, max: 40 }),
      async (growth, maxDepth, maxLeaves) => {
        const { forest, compiled } = await grow(table, labels, { rounds: 3, growth, maxDepth, maxLeaves })
        assert.ok(compiled.depth <= maxDepth)
        for (const tree of forest.trees) {
          const leaves = tree.column.filter(column => column < 0).length
          assert.ok(leaves <= maxLeaves && leaves === (tree.column.length + 1) / 2)
          // Nothing is lost on the way down.
          for (const [node, column] of tree.column.entries())
            if (column >= 0)
              assert.equal(tree.cover[node], tree.cover[tree.left[node]!]! + tree.cover[tree.right[node]!]!)
        }
      },
    ),
    { numRuns: 25 },
  )
})

test('a monotone column never turns the answer the other way, whatever the other columns say', async () => {
  const { table, labels } = sampleWorld(5_000, 5)
  // In truth the answer rises with a, falls with c and has a hump over b.
  const { compiled } = await grow(table, labels, { rounds: 60, learningRate: 0.3, monotone: [1, 1, -1, 0, 0] })
  const free = await grow(table, labels, { rounds: 60, learningRate: 0.3 })
  const values = Float64Array.from({ length: 61 }, (_, k) => -3 + k / 10)
  let broken = 0
  for (let row = 0; row < 200; row++)
    for (const [c, direction] of [1, 1, -1].entries()) {
      const rows = takeTableRows(table, new Uint32Array(61).fill(row))
      const line: Table = {
        rows: 61,
        columns: rows.columns.map((col, k) => (k === c && col.kind === 'number' ? { ...col, values } : col)),
      }
      const margins = forestMargins(compiled, line)
      const bare = forestMargins(free.compiled, line)
      for (let k = 1; k < 61; k++) {
        assert.ok(direction * (margins[k]! - margins[k - 1]!) >= -1e-12, `row ${row}, column ${c}, at ${values[k]}`)
        if (direction * (bare[k]! - bare[k - 1]!) < -1e-12) broken++
      }
    }
  assert.ok(broken > 0, 'the same world breaks a forest without constraints')
})

test('one column that says nothing: no split, the plain rate', async () => {
  const table: Table = { rows: 100, columns: [{ kind: 'number', name: 'same', values: new Float64Array(100).fill(3) }] }
  const labels = Uint8Array.from({ length: 100 }, (_, i) => (i < 20 ? 1 : 0))
  const { compiled } = await grow(table, labels, { rounds: 5 })
  assert.ok(Math.abs(sigmoid(forestMargins(compiled, table)[0]!) - 0.2) < 1e-6)
})

test('numbers cut nowhere: only whether they are known speaks', async () => {
  const values = Float64Array.from({ length: 400 }, (_, i) => (i % 2 ? 7 : Number.NaN))
  const table: Table = { rows: 400, columns: [{ kind: 'number', name: 'known', values }] }
  const labels = Uint8Array.from(values, (v, i) => ((Number.isNaN(v) ? i % 10 < 8 : i % 10 < 2) ? 1 : 0))
  const { forest, compiled } = await grow(table, labels, { rounds: 30, learningRate: 0.5 })
  assert.equal(forest.trees[0]!.threshold[0], null)
  const margins = forestMargins(compiled, table)
  assert.ok(margins[0]! > 1 && margins[1]! < -1)
})
