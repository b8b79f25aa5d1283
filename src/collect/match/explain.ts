/** Why two records are, or are not, one person: for pages, for answers to other systems, for the clerk who has to decide. */
import { LEVELS } from './comparison.ts'
import type { MatchModel } from './model.ts'
import type { WeightStep } from './weigh.ts'

export interface PairExplanation {
  probability: number
  /** log2 of the odds: the sum of all steps. */
  bits: number
  steps: WeightStep[]
}

export function explanationOf(steps: WeightStep[]): PairExplanation {
  const bits = steps.reduce((sum, step) => sum + step.bits + step.rarityBits, 0)
  return { probability: 1 / (1 + 2 ** -bits), bits, steps }
}

/** What the model learned of an aspect: how often each level occurs among one person's records (m) and among strangers' (u). */
export interface AspectFigures {
  aspect: string
  levels: { level: string; m: number; u: number }[]
}

export const aspectFigures = (model: MatchModel): AspectFigures[] =>
  model.comparisons.map((comparison, k) => ({
    aspect: comparison.id,
    levels: LEVELS[comparison.kind].flatMap((level, l) =>
      l === 0 ? [] : [{ level, m: model.m[k]![l]!, u: model.u[k]![l]! }],
    ),
  }))
