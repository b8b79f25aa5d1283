import { auc, calibrationError, topDecileLift } from '../churn/metrics.ts'
import {
  type Combination,
  chooseIsotonic,
  combined,
  fitCombination,
  type Learner,
  logLossOf,
  probabilityOf,
} from './combine.ts'
import { type LinearTried, makeFolds, type TreesTried, tryLinear, tryTrees } from './cross-validate.ts'
import { boostingErrors } from './errors.ts'
import { openForestTrainer } from './forest-trainer.ts'
import { fitLinear } from './linear-learner.ts'
import type { Model } from './model.ts'
import { modelColumns } from './model-columns.ts'
import type { ForestOptions } from './options.ts'
import { predictorOf } from './predict.ts'
import { hash } from './row-sample.ts'
import { binsFor, MOST_LEAVES, shapesFor } from './shapes.ts'
import { type Table, takeTableRows } from './table.ts'
import { gainImportance } from './tree.ts'

export interface TrainOptions {
  learner: 'auto' | Learner
  seed: number
  threads: number
  /** Per column: 1 rising, −1 falling, 0 free. A regression cannot promise it, so such a model is of trees alone. */
  monotone: readonly number[]
  /** Forests to try instead of those of shapes.ts: fewer where many models are trained for one answer. */
  shapes?: readonly Partial<ForestOptions>[]
  progress(done: number, total: number, note?: string): void
}

/** What training finds; the file's names and warnings are added by whoever read it. */
export type Trained = Pick<
  Model,
  'columns' | 'learner' | 'trees' | 'linear' | 'combination' | 'isotonic' | 'metrics' | 'importance'
>

/** Fewer of the rarer answer cannot be parted into folds that say anything. */
export const FEWEST_OF_A_CLASS = 20

/**
 * Trains a model for a yes/no label: forests of a few shapes and regressions of a few penalties are scored on folds they were not
 * trained on; the trees, the regression or both together are taken by the log-loss there, with the calibration fitted on it;
 * then the chosen ones are trained on all rows.
 */
export async function trainModel(table: Table, labels: Uint8Array, options: TrainOptions): Promise<Trained> {
  const yes = labels.reduce((sum, label) => sum + label, 0)
  const fewer = Math.min(yes, labels.length - yes)
  if (fewer < FEWEST_OF_A_CLASS)
    throw boostingErrors['analyze.train-too-few']({ fewer, rows: labels.length, least: FEWEST_OF_A_CLASS })
  const bound = options.monotone.some(direction => direction !== 0)
  const wanted = options.learner === 'auto' && bound ? 'trees' : options.learner
  // Below some ten thousand cells threads wait for each other longer than they work.
  const threads = table.rows * table.columns.length < 2_000_000 ? 1 : options.threads
  const trainer = openForestTrainer(table, labels, { threads, maxLeaves: MOST_LEAVES, mostBins: binsFor(table.rows) })
  try {
    const columns = modelColumns(table, trainer.cuts)
    const folds = makeFolds(labels)
    const own = Uint8Array.from(folds.rows, row => labels[row]!)
    const shapes =
      wanted === 'logistic'
        ? []
        : (options.shapes ?? shapesFor(table.rows, yes / table.rows)).map(shape => ({
            ...shape,
            seed: options.seed,
            monotone: options.monotone,
          }))
    const trees =
      shapes.length > 0
        ? await tryTrees(trainer, table, columns, folds, shapes, part => options.progress(part * 0.9, 1))
        : undefined
    const linear = wanted === 'trees' ? undefined : tryLinear(table, labels, columns, folds)
    const choice = choose(wanted, trees, linear, own)
    // Fitted, and on unseen rows worse than no model at all.
    if (!choice) throw boostingErrors[trees || linear ? 'analyze.train-nothing-found' : 'analyze.train-no-optimum']()

    const { learner, combination, margins } = choice
    const isotonic = chooseIsotonic(margins, own, folds.fold) ?? null
    const probabilities = margins.map(margin => probabilityOf(isotonic, margin))
    const grown = combination.trees > 0 ? await trainer.fit({ ...trees!.options, rounds: trees!.rounds }) : null
    const all = Uint32Array.from(labels.keys())
    const straight = combination.linear > 0 ? fitLinear(table, labels, columns, all, linear!.lambda) : null
    if (straight === undefined) throw boostingErrors['analyze.train-no-optimum']()
    const forest = grown && {
      base: grown.base,
      trees: grown.trees,
      options: { ...trees!.options, rounds: trees!.rounds },
    }
    options.progress(1, 1)
    const parts = { columns, trees: forest, linear: straight, combination, isotonic }
    return {
      ...parts,
      learner,
      metrics: {
        auc: auc(probabilities, own),
        logLoss:
          -own.reduce((sum, label, i) => sum + Math.log(label ? probabilities[i]! : 1 - probabilities[i]!), 0) /
          own.length,
        calibrationError: calibrationError(probabilities, own),
        topDecileLift: topDecileLift(probabilities, own),
        unseenRows: own.length,
        tried: choice.losses,
      },
      importance: importanceOf(parts, table),
    }
  } finally {
    await trainer.close()
  }
}

interface Choice {
  learner: Learner
  combination: Combination
  margins: Float64Array
  losses: Record<string, number>
}

/** The learner of the least log-loss; both together only where they gain more than their second weight gains by chance (AIC). */
function choose(
  wanted: TrainOptions['learner'],
  trees: TreesTried | undefined,
  linear: LinearTried | undefined,
  labels: Uint8Array,
): Choice | undefined {
  const nothing = new Float64Array(labels.length)
  const [z, y] = [trees?.margins ?? nothing, linear?.margins ?? nothing]
  const losses: Record<string, number> = {}
  let best: (Choice & { price: number }) | undefined
  for (const learner of ['trees', 'logistic', 'blend'] as const) {
    if (wanted !== 'auto' && wanted !== learner) continue
    if ((learner !== 'logistic' && !trees) || (learner !== 'trees' && !linear)) continue
    const combination = fitCombination(learner, z, y, labels)
    if (!combination) continue
    const margins = z.map((tree, i) => combined(combination, tree, y[i]!))
    const loss = logLossOf(margins, labels)
    losses[learner] = loss
    const price = loss + (learner === 'blend' ? 1 / labels.length : 0)
    if (!best || price < best.price) best = { learner, combination, margins, losses, price }
  }
  return best
}

/** Rows whose parts are averaged: the standard error of a mean is then three per cent of the spread. */
const EXPLAINED = 1000

function importanceOf(parts: Parameters<typeof predictorOf>[0], table: Table): Model['importance'] {
  const some = Uint32Array.from(
    Array(table.rows)
      .keys()
      .filter(row => hash(5, 0, row) * table.rows < EXPLAINED),
  )
  const effects = predictorOf(parts).explain(takeTableRows(table, some), 0, some.length)
  const width = parts.columns.length
  const gain = parts.trees ? gainImportance(parts.trees, width) : new Float64Array(width)
  const effect = new Float64Array(width)
  for (const [k, part] of effects.entries()) effect[k % width] = effect[k % width]! + Math.abs(part) / some.length
  return parts.columns
    .map((column, c) => ({ column: column.name, gain: gain[c]!, effect: effect[c]! }))
    .sort((a, b) => b.effect - a.effect || b.gain - a.gain)
}
