import type { Text } from '../../platform/text.ts'
import { boostingErrors } from '../boosting/errors.ts'
import { upliftErrors } from './errors.ts'
import { type Experiment, rowsWhere, takeExperiment } from './experiment.ts'
import { type LearnOptions, learnAll, only } from './learn.ts'
import { predictUplift, type UpliftLearner, type UpliftModel, upliftLearners } from './model.ts'
import { upliftNotes } from './notes.ts'
import { type Arms, armsOf, orderBy, type QiniCurve, qiniCurve, type UpliftDecile, upliftByDecile } from './qini.ts'
import { stratifiedParts } from './split.ts'

export interface JudgedUplift {
  model: UpliftModel
  learner: UpliftLearner
  /** 1 for the rows it is judged on. */
  heldOut: Uint8Array
  scores: Float64Array
  average: Arms
  top10: Arms
  deciles: UpliftDecile[]
  curve: QiniCurve
  /** What each estimate reaches on the same rows. */
  tried: { learner: UpliftLearner; top10: number; top10Error: number; qini: number; auuc: number }[]
  warnings: Text[]
}

/** Per arm, for both halves together. */
export const FEWEST_OF_AN_ANSWER = 100

export function checkSize({ treated, outcome }: Experiment, names: { treated: string; control: string }): void {
  for (const arm of [1, 0]) {
    const rows = rowsWhere(treated.length, row => treated[row] === arm)
    const yes = rows.reduce((sum, row) => sum + outcome[row]!, 0)
    const fewer = Math.min(yes, rows.length - yes)
    if (fewer < FEWEST_OF_AN_ANSWER)
      throw upliftErrors['analyze.uplift-too-few']({
        arm: arm ? names.treated : names.control,
        rows: rows.length,
        fewer,
        least: FEWEST_OF_AN_ANSWER,
      })
  }
}

/**
 * Learns on one half and judges on the other, which no choice has seen. The average of four estimates is the default: on Hillstrom's
 * mails it stood first or second for both arms (mean Qini .0051 against .0044 to .0049 of the single ones), and a choice by
 * cross-validation would be one by chance, so small are the differences.
 */
export async function judgeUplift(
  experiment: Experiment,
  options: LearnOptions & { learner: 'auto' | UpliftLearner; heldOutShare: number },
): Promise<JudgedUplift> {
  const parts = Math.max(2, Math.round(1 / Math.min(options.heldOutShare, 1 - options.heldOutShare)))
  const part = stratifiedParts(experiment, parts, options.seed)
  const few = options.heldOutShare <= 0.5
  const heldOut = part.map(p => ((p === 0) === few ? 1 : 0))
  const rows = (held: 0 | 1) => rowsWhere(heldOut.length, row => heldOut[row] === held)
  const judged = takeExperiment(experiment, rows(1))
  const all = await learnAll(takeExperiment(experiment, rows(0)), options)
  if (!all.ridge && options.learner === 'doubly-robust') throw boostingErrors['analyze.train-no-optimum']()
  const learner = options.learner === 'auto' ? 'average' : options.learner
  const model = only(all, learner)
  const scores = predictUplift(model, experiment.table)
  const own = Float64Array.from(rows(1), row => scores[row]!)
  const curve = qiniCurve(judged, own, options.seed)
  const tried = upliftLearners
    .filter(name => name !== 'doubly-robust' || all.ridge)
    .map(name => {
      const said = name === learner ? own : predictUplift(only(all, name), judged.table)
      const top = topShare(judged, said, 0.1)
      const { qini, auuc } = name === learner ? curve : qiniCurve(judged, said, options.seed)
      return { learner: name, top10: top.uplift, top10Error: top.error, qini: qini.value, auuc: auuc.value }
    })
  const harmed = scores.reduce((sum, v) => sum + (v < 0 ? 1 : 0), 0) / scores.length
  return {
    model,
    learner,
    heldOut,
    scores,
    average: armsOf(judged, judged.treated.keys()),
    top10: topShare(judged, own, 0.1),
    deciles: upliftByDecile(judged, own),
    curve,
    tried,
    warnings: [
      ...(curve.qini.low <= 0 ? [upliftNotes.nothingFound(curve.qini.low, curve.qini.high)] : []),
      ...(harmed >= 0.005 ? [upliftNotes.harmed(harmed)] : []),
    ],
  }
}

const topShare = (experiment: Experiment, scores: Float64Array, share: number): Arms =>
  armsOf(experiment, orderBy(scores).subarray(0, Math.round(share * scores.length)))
