import type { ItemsetTree } from './frequent-itemsets.ts'

/** Who has all of `lhs` has `rhs` too, with this confidence; items by number. */
export interface Rule {
  lhs: number[]
  rhs: number
  /** Baskets with all items, and their share. */
  count: number
  support: number
  confidence: number
  /** Confidence over the share of baskets with `rhs`. */
  lift: number
}

export interface RuleOptions {
  minConfidence: number
  /** Items of both sides together; from 1, where the left side may be empty, as in Borgelt's apriori and R's arules. */
  minLength: number
  /** Gives up, returning undefined, when there are more rules than this. */
  mostRules: number
}

/**
 * Rules with one item on the right (Agrawal & Srikant 1994) of every frequent set, by falling lift, then count. The count of a left
 * side is looked up in the tree: each step of the path by halving.
 */
export function associationRules(tree: ItemsetTree, options: RuleOptions): Rule[] | undefined {
  const { minConfidence, minLength, mostRules } = options
  const { baskets, items, rank, count, childFrom, childTo } = tree
  const rules: Rule[] = []
  const path: number[] = []

  const child = (node: number, wanted: number): number => {
    let [low, high] = [childFrom[node]!, childTo[node]!]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (rank[middle]! < wanted) low = middle + 1
      else high = middle
    }
    return low
  }
  const countWithout = (left: number): number => {
    let node = 0
    for (const [k, step] of path.entries()) if (k !== left) node = child(node, step)
    return count[node]!
  }

  const walk = (node: number): boolean => {
    if (path.length >= minLength && path.length > 0) {
      const both = count[node]!
      for (let k = 0; k < path.length; k++) {
        const confidence = both / countWithout(k)
        // .8 asked for is 4 of 5 found, whatever the rounding.
        if (confidence < minConfidence - 1e-12) continue
        const single = count[child(0, path[k]!)]!
        rules.push({
          lhs: path.filter((_, j) => j !== k).map(step => items[step]!),
          rhs: items[path[k]!]!,
          count: both,
          support: both / baskets,
          confidence,
          lift: (confidence * baskets) / single,
        })
      }
      if (rules.length > mostRules) return false
    }
    for (let next = childFrom[node]!; next < childTo[node]!; next++) {
      path.push(rank[next]!)
      if (!walk(next)) return false
      path.pop()
    }
    return true
  }
  if (!walk(0)) return undefined
  return rules.sort((a, b) => b.lift - a.lift || b.count - a.count || a.lhs.length - b.lhs.length)
}
