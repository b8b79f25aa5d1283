import type { Text } from '../../../platform/text.ts'
import type { SegmentSet } from '../segment-set.ts'

export interface SuggestInput {
  /** Numeric features to group customers by. */
  features: string[]
  /** Groups to try; the best by the criterion is taken. */
  from: number
  to: number
  seed: number
}

/** Groups found in the customers who bought, and rules that say who is in which. */
export interface Suggestion {
  /** How many were looked at, of how many who bought. */
  looked: number
  buyers: number
  k: number
  /** Mean simplified silhouette of each number of groups tried: −1 … 1, the highest is taken. */
  tried: { k: number; silhouette: number }[]
  /** Adjusted Rand index between groupings of two halves of the customers: 1 the same, 0 chance. */
  stability: number
  /** Share of customers whom the rules put where the grouping does: the rest is the price of being readable. */
  accuracy: number
  groups: SuggestedGroup[]
  set: SegmentSet
}

export interface SuggestedGroup {
  code: string
  name: Text
  rule: Text
  customers: number
  /** Share of those the rule takes who are of the group, and share of the group that the rule takes. */
  purity: number
  coverage: number
  /** Means of the group and of all who bought, in the feature's own unit. */
  profile: { feature: string; name: Text; mean: Text; all: Text; z: number }[]
}
