import { HuiyinError } from '../../platform/errors.ts'
import { cutColumns } from '../boosting/bins.ts'
import { modelColumns } from '../boosting/model-columns.ts'
import type { ForestOptions } from '../boosting/options.ts'
import { hash } from '../boosting/row-sample.ts'
import { binsFor } from '../boosting/shapes.ts'
import type { Table } from '../boosting/table.ts'
import { trainModel } from '../boosting/train-model.ts'
import { type Experiment, rowsWhere, takeExperiment } from './experiment.ts'
import { predictArms, type UpliftLearner, type UpliftModel, withArm, type YesNoParts } from './model.ts'
import { fitRidge, predictRidge, type Ridge } from './ridge.ts'
import { stratifiedParts } from './split.ts'

export interface LearnOptions {
  seed: number
  threads: number
}

/** Effects are a few points where probabilities are tens: small trees, few leaves, slow learning. */
const SHAPES: Partial<ForestOptions>[] = [2, 3].map(maxDepth => ({
  growth: 'depth',
  maxDepth,
  maxLeaves: 2 ** maxDepth,
  rounds: 400,
  learningRate: 0.07,
  patience: 25,
  rowShare: 0.7,
  columnShare: 0.7,
  minChildWeight: 5,
  l2: 5,
}))

const findsNothing = new Set(['analyze.train-nothing-found', 'analyze.train-no-optimum'])

async function yesNo(table: Table, labels: Uint8Array, { seed, threads }: LearnOptions): Promise<YesNoParts> {
  try {
    const { columns, trees, linear, combination, isotonic, learner } = await trainModel(table, labels, {
      learner: 'auto',
      seed,
      threads,
      monotone: table.columns.map(() => 0),
      shapes: SHAPES,
      progress: () => undefined,
    })
    return { columns, trees, linear, combination, isotonic, learner }
  } catch (error) {
    // Nothing tells those who answer from those who do not: then everybody has the same chance.
    if (error instanceof HuiyinError && findsNothing.has(error.code)) return rateOnly(table, labels)
    throw error
  }
}

function rateOnly(table: Table, labels: Uint8Array): YesNoParts {
  const rate = labels.reduce((sum, v) => sum + v, 0) / labels.length
  return {
    columns: modelColumns(table, cutColumns(table, binsFor(table.rows))),
    trees: null,
    linear: { features: [], terms: [], intercept: Math.log(rate / (1 - rate)), weights: [], lambda: 1 },
    combination: { trees: 0, linear: 1, shift: 0 },
    isotonic: null,
    learner: 'logistic',
  }
}

async function twoModels(experiment: Experiment, options: LearnOptions): Promise<[YesNoParts, YesNoParts]> {
  const arm = (value: 0 | 1) =>
    takeExperiment(
      experiment,
      rowsWhere(experiment.table.rows, row => experiment.treated[row] === value),
    )
  const [with_, without] = [arm(1), arm(0)]
  return [await yesNo(with_.table, with_.outcome, options), await yesNo(without.table, without.outcome, options)]
}

async function transformed(experiment: Experiment, options: LearnOptions): Promise<YesNoParts> {
  const { table, treated } = experiment
  const share = treated.reduce((sum, v) => sum + v, 0) / table.rows
  // The larger arm is thinned to the size of the smaller: the formula stands on even odds of being treated.
  const keep = [Math.min(1, share / (1 - share)), Math.min(1, (1 - share) / share)]
  const even = takeExperiment(
    experiment,
    rowsWhere(table.rows, row => hash(options.seed, 72, row) < keep[treated[row]!]!),
  )
  const labels = even.treated.map((w, i) => (w === even.outcome[i] ? 1 : 0))
  return yesNo(even.table, labels, options)
}

/**
 * Each row's own estimate of its effect, unbiased if either the share treated or the two models are right (Robins & Rotnitzky 1995):
 * ψ = μ₁ − μ₀ + (w − e)/(e(1 − e)) · (y − μ_w). In a trial e is known: the share treated.
 */
export function pseudoEffects(
  { treated, outcome }: Experiment,
  arms: { treated: Float64Array; control: Float64Array },
): Float64Array {
  const e = treated.reduce((sum, v) => sum + v, 0) / treated.length
  return arms.treated.map((mu1, i) => {
    const mu0 = arms.control[i]!
    const w = treated[i]!
    return mu1 - mu0 + ((w - e) / (e * (1 - e))) * (outcome[i]! - (w ? mu1 : mu0))
  })
}

/** Halves the rows, so that no row's estimate rests on a model that has seen its own answer. */
async function crossFitted(experiment: Experiment, options: LearnOptions) {
  const half = stratifiedParts(experiment, 2, options.seed + 1)
  const treated = new Float64Array(half.length)
  const control = new Float64Array(half.length)
  for (const part of [0, 1]) {
    const inside = rowsWhere(half.length, row => half[row] !== part)
    const outside = rowsWhere(half.length, row => half[row] === part)
    const [with_, without] = await twoModels(takeExperiment(experiment, inside), options)
    const model = { ...nothing(experiment.table), treated: with_, control: without }
    const arms = predictArms(model, takeExperiment(experiment, outside).table)!
    for (const [k, row] of outside.entries()) {
      treated[row] = arms.treated[k]!
      control[row] = arms.control[k]!
    }
  }
  return { treated, control }
}

const PENALTIES = [0.01, 0.1, 0.5, 2]

/** The penalty, as a part of the rows, that serves the other half best; half the variance of ψ is chance, so it is strong. */
function doublyRobust(experiment: Experiment, psi: Float64Array, seed: number): Ridge | undefined {
  const { table } = experiment
  const columns = modelColumns(table, cutColumns(table, binsFor(table.rows)))
  const part = stratifiedParts(experiment, 4, seed + 2)
  let best: { loss: number; penalty: number } | undefined
  for (const penalty of PENALTIES) {
    let loss = 0
    for (let k = 0; k < 4; k++) {
      const inside = rowsWhere(table.rows, row => part[row] !== k)
      const outside = rowsWhere(table.rows, row => part[row] === k)
      const known = takeExperiment(experiment, inside).table
      const target = Float64Array.from(inside, row => psi[row]!)
      const ridge = fitRidge(known, target, columns, penalty * inside.length)
      if (!ridge) return undefined
      const said = predictRidge(ridge, takeExperiment(experiment, outside).table)
      for (const [j, row] of outside.entries()) loss += (psi[row]! - said[j]!) ** 2
    }
    if (!best || loss < best.loss) best = { loss, penalty }
  }
  return fitRidge(table, psi, columns, best!.penalty * table.rows)
}

const nothing = (table: Table): UpliftModel => ({
  kind: 'uplift',
  learner: 'two-model',
  columns: modelColumns(table, cutColumns(table, binsFor(table.rows))),
  treated: null,
  control: null,
  single: null,
  transformed: null,
  ridge: null,
})

/** All estimates on the same rows; `only` keeps the one that is wanted. */
export async function learnAll(experiment: Experiment, options: LearnOptions): Promise<UpliftModel> {
  const { table, treated, outcome } = experiment
  const [with_, without] = await twoModels(experiment, options)
  const psi = pseudoEffects(experiment, await crossFitted(experiment, options))
  return {
    ...nothing(table),
    learner: 'average',
    treated: with_,
    control: without,
    single: await yesNo(withArm(table, treated), outcome, options),
    transformed: await transformed(experiment, options),
    ridge: doublyRobust(experiment, psi, options.seed) ?? null,
  }
}

export const only = (all: UpliftModel, learner: UpliftLearner): UpliftModel =>
  learner === 'average'
    ? { ...all, learner }
    : {
        ...all,
        learner,
        treated: learner === 'two-model' ? all.treated : null,
        control: learner === 'two-model' ? all.control : null,
        single: learner === 'single-model' ? all.single : null,
        transformed: learner === 'class-transformation' ? all.transformed : null,
        ridge: learner === 'doubly-robust' ? all.ridge : null,
      }
