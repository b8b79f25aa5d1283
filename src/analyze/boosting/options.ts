/** What shapes a forest. The defaults are those the field's boosters agree on. */
export interface ForestOptions {
  /** Most trees. */
  rounds: number
  learningRate: number
  /** `depth`: level by level; `leaf`: always the leaf that gains most. */
  growth: 'depth' | 'leaf'
  maxDepth: number
  maxLeaves: number
  /** L2 penalty on leaf values (λ of Chen & Guestrin 2016). */
  l2: number
  /** Least sum of curvature p(1 − p) in a leaf. */
  minChildWeight: number
  /** Least curvature of a category in a node to be put in order with others; those of less stay with the rest. */
  minCategoryWeight: number
  /** Least gain of a split (γ). */
  minGain: number
  /** Part of the rows, and of the columns, each tree sees. */
  rowShare: number
  columnShare: number
  /** Stop after so many rounds without a smaller loss on the held-out rows. */
  patience: number
  seed: number
  /** Per column: 1 the answer may only rise with it, −1 only fall, 0 free. Columns of categories are always free. */
  monotone: readonly number[]
}

export const defaultForest: ForestOptions = {
  rounds: 100,
  learningRate: 0.1,
  growth: 'depth',
  maxDepth: 6,
  maxLeaves: 64,
  l2: 1,
  minChildWeight: 1,
  minCategoryWeight: 10,
  minGain: 0,
  rowShare: 1,
  columnShare: 1,
  patience: 30,
  seed: 1,
  monotone: [],
}

/**
 * Categories are split as LightGBM does (Fisher 1958: in the order of their mean gradient), with limits against chance: with 1
 * instead of 10 as the least weight, 3,000 aircraft cost a model of late flights .04 AUC.
 */
export const categoryLimits = {
  /** Up to so many categories in a node, each is tried alone against the rest. */
  oneByOne: 4,
  /** Added to a category's curvature when it is put in order, so that few customers do not stand at the ends. */
  smoothing: 10,
  /** Most categories on the smaller side. */
  most: 32,
  /** Added to the L2 penalty: choosing among orders fits chance more than choosing among cuts. */
  l2: 10,
}
