import { falseDiscovery, poissonAtLeast } from './affinity.ts'
import { associationRules } from './association-rules.ts'
import { type Baskets, basketCount } from './baskets.ts'
import { frequentItemsets } from './frequent-itemsets.ts'

export interface FoundRules {
  /** Least baskets of a rule: as few as keep the number of rules readable. */
  minCount: number
  lhs: Uint32Array[]
  rhs: Uint32Array
  baskets: Uint32Array
  confidence: Float64Array
  lift: Float64Array
  shrunkLift: Float64Array
  qValue: Float64Array
}

/** Rules people can page through; more say nothing more. */
const MOST_RULES = 20_000
const LEAST_CONFIDENCE = 0.1
const LONGEST = 4
const FALSE_DISCOVERY_RATE = 0.01

/**
 * The rules of a turn: at least 0.5 % of the baskets, the bar raised until there are few enough; only those above chance, held to
 * a false-discovery rate over every left side found frequent × every item, their lift drawn towards 1 with the pairs' prior.
 */
export function rulesOfTurn(baskets: Baskets, fewest: number, prior: number): FoundRules {
  const n = basketCount(baskets)
  let minCount = Math.max(fewest, Math.ceil(n * 0.005))
  for (;;) {
    const tree = frequentItemsets(baskets, { minCount, maxLength: LONGEST, mostSets: 20 * MOST_RULES })
    const rules =
      tree && associationRules(tree, { minConfidence: LEAST_CONFIDENCE, minLength: 2, mostRules: MOST_RULES })
    if (!tree || !rules) {
      minCount *= 2
      continue
    }
    const singles = tree.childTo[0]! - tree.childFrom[0]!
    const expected = rules.map(rule => rule.count / rule.lift)
    const above = [...rules.keys()].filter(k => rules[k]!.lift > 1)
    const p = above.map(k => poissonAtLeast(rules[k]!.count, expected[k]!))
    const order = [...above.keys()].sort((a, b) => p[a]! - p[b]!)
    const q = falseDiscovery(
      Float64Array.from(order, k => p[k]!),
      Math.max(order.length, (tree.rank.length - 1) * singles),
    )
    let kept = 0
    while (kept < order.length && q[kept]! <= FALSE_DISCOVERY_RATE) kept++
    const found = order.slice(0, kept).map(k => above[k]!)
    return {
      minCount,
      lhs: found.map(k => Uint32Array.from(rules[k]!.lhs)),
      rhs: Uint32Array.from(found, k => rules[k]!.rhs),
      baskets: Uint32Array.from(found, k => rules[k]!.count),
      confidence: Float64Array.from(found, k => rules[k]!.confidence),
      lift: Float64Array.from(found, k => rules[k]!.lift),
      shrunkLift: Float64Array.from(found, k => (rules[k]!.count + prior) / (expected[k]! + prior)),
      qValue: q.slice(0, kept),
    }
  }
}
