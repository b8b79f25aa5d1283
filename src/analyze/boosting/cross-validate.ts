import { stratifiedFolds } from '../churn/train.ts'
import { logLossOf } from './combine.ts'
import type { ModelColumn } from './compile-forest.ts'
import { compileForest } from './compile-forest.ts'
import type { ForestTrainer } from './forest-trainer.ts'
import type { GrownForest } from './grow-forest.ts'
import { fitLinear, linearMargins } from './linear-learner.ts'
import type { ForestOptions } from './options.ts'
import { hash, ROW_HELD, ROW_TRAIN, ROW_UNUSED } from './row-sample.ts'
import { forestMargins } from './score-forest.ts'
import { type Table, takeTableRows } from './table.ts'

/** Log-odds of rows by models that were not trained on them. */
export interface Unseen {
  /** Rows that were held out once: all of them, or a fifth of a large table. */
  rows: Uint32Array
  /** Fold of each of them. */
  fold: Uint8Array
}

/** Five folds; of large tables one fifth, which says as much as all rows of a small one. */
const FOLDS = 5
const ONE_FOLD_FROM = 150_000

export interface Folds extends Unseen {
  /** Fold of every row. */
  of: Uint8Array
  used: number
}

export function makeFolds(labels: Uint8Array): Folds {
  const of = stratifiedFolds(labels, FOLDS)
  const used = labels.length >= ONE_FOLD_FROM ? 1 : FOLDS
  const rows = Uint32Array.from(of.keys().filter(i => of[i]! < used))
  // The single fold is halved for judging curves on one half by the other.
  const fold = Uint8Array.from(rows, (i, k) => (used === 1 ? k % 2 : of[i]!))
  return { of, used, rows, fold }
}

export interface TreesTried {
  options: Partial<ForestOptions>
  rounds: number
  /** Mean log-loss of unseen rows after so many rounds. */
  loss: number
  margins: Float64Array
}

/** From so many rows on, shapes are compared on one fold and only the best is grown on the others: it says enough there. */
const RACE_FROM = 10_000
/** Shapes are compared on at most so many rows: more would choose the same. */
const RACE_ROWS = 150_000

/** Forests of each shape, grown without one fold at a time; the best shape, with the number of rounds best for all folds together. */
export async function tryTrees(
  trainer: ForestTrainer,
  table: Table,
  columns: readonly ModelColumn[],
  folds: Folds,
  shapes: readonly Partial<ForestOptions>[],
  progress: (part: number) => void,
): Promise<TreesTried> {
  const first = table.rows < RACE_FROM ? folds.used : 1
  const share = Math.min(1, RACE_ROWS / table.rows)
  const steps = shapes.length * first + folds.used - (share < 1 ? 0 : first)
  let step = 0
  const grow = async (options: Partial<ForestOptions>, fold: number, share = 1): Promise<GrownForest> => {
    const state = (own: number) => (own === fold ? ROW_HELD : ROW_TRAIN)
    const states = folds.of.map((own, row) => (share < 1 && hash(3, 0, row) >= share ? ROW_UNUSED : state(own)))
    const forest = await trainer.fit(options, states, (done, total) => progress((step + done / total) / steps))
    step++
    return forest
  }
  const heats: { options: Partial<ForestOptions>; grown: GrownForest[]; loss: number }[] = []
  for (const options of shapes) {
    const grown: GrownForest[] = []
    for (let fold = 0; fold < first; fold++) grown.push(await grow(options, fold, share))
    heats.push({ options, grown, loss: bestRound(grown).loss })
  }
  const best = heats.reduce((first, heat) => (heat.loss < first.loss ? heat : first))
  const { options } = best
  const grown = share < 1 ? [] : best.grown
  for (let fold = grown.length; fold < folds.used; fold++) grown.push(await grow(options, fold))
  const { rounds, loss } = bestRound(grown)
  return { options, rounds, loss, margins: unseenMargins(grown, rounds, table, columns, folds) }
}

/** The number of rounds with the least loss over all folds. */
function bestRound(grown: readonly GrownForest[]): { rounds: number; loss: number } {
  const shortest = Math.min(...grown.map(forest => forest.curve.length))
  const curve = Array.from(
    { length: shortest },
    (_, k) => grown.reduce((sum, { curve }) => sum + curve[k]!, 0) / grown.length,
  )
  const rounds = curve.reduce((best, loss, k) => (loss < curve[best]! ? k : best), 0)
  return { rounds, loss: curve[rounds]! }
}

function unseenMargins(
  grown: readonly GrownForest[],
  rounds: number,
  table: Table,
  columns: readonly ModelColumn[],
  folds: Folds,
): Float64Array {
  const margins = new Float64Array(table.rows)
  for (const [f, forest] of grown.entries()) {
    const rows = Uint32Array.from(folds.of.keys().filter(i => folds.of[i] === f))
    const trees = forest.trees.slice(0, rounds)
    const scored = forestMargins(compileForest({ ...forest, trees }, columns), takeTableRows(table, rows))
    for (const [k, row] of rows.entries()) margins[row] = scored[k]!
  }
  return Float64Array.from(folds.rows, row => margins[row]!)
}

export interface LinearTried {
  lambda: number
  loss: number
  margins: Float64Array
}

const LAMBDAS = [1, 30, 300]

/** Regressions of several penalties; undefined where none converges. */
export function tryLinear(
  table: Table,
  labels: Uint8Array,
  columns: readonly ModelColumn[],
  folds: Folds,
): LinearTried | undefined {
  let best: LinearTried | undefined
  const own = Uint8Array.from(folds.rows, row => labels[row]!)
  for (const lambda of LAMBDAS) {
    const margins = new Float64Array(table.rows)
    let converged = true
    for (let f = 0; f < folds.used && converged; f++) {
      const inside = Uint32Array.from(folds.of.keys().filter(i => folds.of[i] !== f))
      const outside = Uint32Array.from(folds.of.keys().filter(i => folds.of[i] === f))
      const model = fitLinear(table, labels, columns, inside, lambda)
      converged = model !== undefined
      const scored = model ? linearMargins(model, takeTableRows(table, outside)) : new Float64Array(outside.length)
      for (const [k, row] of outside.entries()) margins[row] = scored[k]!
    }
    const unseen = Float64Array.from(folds.rows, row => margins[row]!)
    const loss = logLossOf(unseen, own)
    if (converged && (!best || loss < best.loss)) best = { lambda, loss, margins: unseen }
  }
  return best
}
