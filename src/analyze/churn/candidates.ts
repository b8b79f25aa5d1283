import { aucError } from '../judge/statistics.ts'
import type { FeatureMatrix } from './feature-matrix.ts'
import { findLeaks, type Leak } from './find-leaks.ts'
import { auc, byScore, type CalibrationBin, calibrationError, topDecileLift } from './metrics.ts'
import type { YesNoScores } from './reasons.ts'
import { scoreYesNo } from './score.ts'
import { type TrainProblem, trainYesNo, type YesNoModel } from './train.ts'
import { scoreTrees, type TreesModel, trainTrees } from './trees.ts'

export type ChurnModel = YesNoModel | TreesModel
export type LearnerId = ChurnModel['kind']
export const learnerIds = ['logistic', 'trees'] as const

/** How a model did on rows it was not trained on. */
export interface UnseenMetrics {
  auc: number
  aucError: number
  logLoss: number
  calibrationError: number
  topDecileLift: number
  rows: number
  rate: number
}

export interface Candidate {
  learner: LearnerId
  model: ChurnModel
  metrics: UnseenMetrics
  /** Tenths of the unseen rows, the most likely first. */
  deciles: CalibrationBin[]
  /** Of each unseen row (those of all candidates are the same): what was said. */
  probability: Float64Array
}

export interface Candidates {
  trainedOn: number
  labels: Uint8Array
  leaks: Leak[]
  constant: string[]
  candidates: Candidate[]
  /** Mean log-loss of the regression less that of the trees, row by row, and its standard error. */
  difference: { mean: number; error: number } | null
}

const lossOf = (p: number, label: number): number => -Math.log(Math.min(1, Math.max(1e-12, label ? p : 1 - p)))

export function unseenMetrics(probability: ArrayLike<number>, labels: Uint8Array): UnseenMetrics {
  const n = labels.length
  const yes = labels.reduce((sum, v) => sum + v, 0)
  let loss = 0
  for (let i = 0; i < n; i++) loss += lossOf(probability[i]!, labels[i]!)
  const area = auc(probability, labels)
  return {
    auc: area,
    aucError: aucError(area, yes, n - yes),
    logLoss: loss / n,
    calibrationError: calibrationError(probability, labels),
    topDecileLift: topDecileLift(probability, labels),
    rows: n,
    rate: yes / n,
  }
}

/** Trains the learners wanted on the same rows and judges each on the same folds, which it had not seen. */
export async function trainCandidates(
  matrix: FeatureMatrix,
  labels: Uint8Array,
  wanted: readonly LearnerId[] = learnerIds,
): Promise<Candidates | { problem: TrainProblem }> {
  const logistic = trainYesNo(matrix, labels)
  if ('problem' in logistic && logistic.problem !== 'no-optimum') return { problem: logistic.problem }
  const trees = wanted.includes('trees') ? await trainTrees(matrix, labels) : undefined
  const rows = trees?.rows ?? Uint32Array.from(labels.keys())
  const own = Uint8Array.from(rows, row => labels[row]!)
  const candidates: Candidate[] = []
  const add = (learner: LearnerId, model: ChurnModel, probability: Float64Array) =>
    candidates.push({
      ...{ learner, model, probability, metrics: unseenMetrics(probability, own) },
      deciles: byScore(probability, own),
    })
  if ('model' in logistic && (wanted.includes('logistic') || !trees))
    add(
      'logistic',
      logistic.model,
      Float64Array.from(rows, row => logistic.probability[row]!),
    )
  if (trees) add('trees', trees.model, trees.probability)
  if (candidates.length === 0) return { problem: 'no-optimum' }
  return {
    ...{ trainedOn: labels.length, labels: own, candidates, difference: differenceOf(candidates, own) },
    leaks: 'model' in logistic ? logistic.model.leaks : findLeaks(matrix, labels),
    constant: 'model' in logistic ? logistic.model.constant : [],
  }
}

function differenceOf(candidates: readonly Candidate[], labels: Uint8Array): Candidates['difference'] {
  const [a, b] = ['logistic', 'trees'].map(learner => candidates.find(one => one.learner === learner))
  if (!a || !b) return null
  const n = labels.length
  let [sum, square] = [0, 0]
  for (let i = 0; i < n; i++) {
    const d = lossOf(a.probability[i]!, labels[i]!) - lossOf(b.probability[i]!, labels[i]!)
    sum += d
    square += d * d
  }
  const mean = sum / n
  return { mean, error: Math.sqrt(Math.max(0, square / n - mean * mean) / n) }
}

/**
 * The one to be used: the trees only where their log-loss on unseen rows is lower by `errors` standard errors of the difference; else
 * the regression, which people can read and which bends less to chance.
 */
export function better({ candidates, difference }: Candidates, errors: number): Candidate {
  const regression = candidates.find(one => one.learner === 'logistic')
  const trees = candidates.find(one => one.learner === 'trees')
  if (!regression) return trees!
  if (!trees || !difference) return regression
  return difference.mean > errors * difference.error ? trees : regression
}

export const scoreChurn = (model: ChurnModel, matrix: FeatureMatrix): YesNoScores =>
  model.kind === 'trees' ? scoreTrees(model, matrix) : scoreYesNo(model, matrix)
