import type { Box } from './cells.ts'

/** The part two boxes share, or undefined. */
export function intersection(a: Box, b: Box): Box | undefined {
  const out: bigint[] = []
  for (let k = 0; k < a.length; k++) {
    const both = a[k]! & b[k]!
    if (both === 0n) return undefined
    out.push(both)
  }
  return out
}

export type Coverage = { covered: true } | { covered: false; gap: Box } | { covered: 'undecided' }

/** What a proof may still cost, in comparisons of two boxes. */
export interface Budget {
  comparisons: number
}

/** Some 0.6 s. Coverage is co-NP-complete; 500 rules that people write over 30 attributes need 20 to 100 thousand. */
const MOST_COMPARISONS = 1_000_000

/** `share` of what a whole proof may cost. */
export const budgetOf = (share = 1): Budget => ({ comparisons: MOST_COMPARISONS * share })

/**
 * Whether the boxes together cover a region. Recursive subtraction: a region that one box contains is covered, one that no box
 * touches is a gap; any other is split along a face of a box. What is answered is proven; when the work outgrows
 * the budget, the answer is "undecided".
 */
export function coverage(region: Box, boxes: readonly Box[], budget: Budget = budgetOf()): Coverage {
  const gap = findGap(region, boxes, budget)
  if (gap === 'undecided') return { covered: 'undecided' }
  return gap ? { covered: false, gap } : { covered: true }
}

function findGap(start: Box, boxes: readonly Box[], left: Budget): Box | undefined | 'undecided' {
  const region = [...start]
  let touching: readonly Box[] = boxes
  const faces = new Uint32Array(region.length)
  // A box that ends in one dimension only leaves one side to look at: what it takes goes at once, without a split, as a unit
  // clause does in the procedure of Davis, Putnam, Logemann and Loveland.
  for (let shrunk = true; shrunk; ) {
    shrunk = false
    left.comparisons -= touching.length + 1
    if (left.comparisons <= 0) return 'undecided'
    faces.fill(0)
    const met: Box[] = []
    for (const box of touching) {
      if (!meets(region, box)) continue
      let ends = 0
      let at = -1
      for (let k = 0; k < region.length; k++)
        if ((region[k]! & ~box[k]!) !== 0n) {
          ends++
          at = k
          faces[k] = faces[k]! + 1
        }
      if (ends === 0) return undefined
      if (ends === 1) {
        region[at] = region[at]! & ~box[at]!
        shrunk = true
      } else met.push(box)
    }
    touching = met
  }
  if (touching.length === 0) return region
  // The dimension on which most boxes end: where all do, as at the root of a decision tree, no box lands on both sides.
  const k = faces.indexOf(Math.max(...faces))
  const cutter = touching.find(box => (region[k]! & ~box[k]!) !== 0n)!
  const outside = region.with(k, region[k]! & ~cutter[k]!)
  const inside = region.with(k, region[k]! & cutter[k]!)
  return findGap(outside, touching, left) ?? findGap(inside, touching, left)
}

const meets = (a: Box, b: Box): boolean => {
  for (let k = 0; k < a.length; k++) if ((a[k]! & b[k]!) === 0n) return false
  return true
}
