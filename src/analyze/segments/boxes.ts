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

export const contains = (outer: Box, inner: Box): boolean => inner.every((bits, k) => (bits & ~outer[k]!) === 0n)

export type Coverage = { covered: true } | { covered: false; gap: Box } | { covered: 'undecided' }

/** Regions looked at before giving up: half a second. Coverage is co-NP-complete; rules people write need a few thousand. */
const MOST_REGIONS = 400_000

/**
 * Whether the boxes together cover a region. Recursive subtraction: a region that one box contains is covered, one that no box
 * touches is a gap; any other is split along a face of a box. What is answered is proven; when the work
 * grows beyond `budget`, the answer is "undecided".
 */
export function coverage(region: Box, boxes: readonly Box[], budget = MOST_REGIONS): Coverage {
  const left = { regions: budget }
  const gap = findGap(region, boxes, left)
  if (gap === 'undecided') return { covered: 'undecided' }
  return gap ? { covered: false, gap } : { covered: true }
}

function findGap(region: Box, boxes: readonly Box[], left: { regions: number }): Box | undefined | 'undecided' {
  if (left.regions-- <= 0) return 'undecided'
  const touching: Box[] = []
  const faces = new Uint32Array(region.length)
  for (const box of boxes) {
    const shared = intersection(region, box)
    if (!shared) continue
    if (contains(shared, region)) return undefined
    touching.push(box)
    for (let k = 0; k < region.length; k++) if (shared[k] !== region[k]) faces[k] = faces[k]! + 1
  }
  if (touching.length === 0) return region
  // The dimension on which most boxes end: where all do, as at the root of a decision tree, no box lands on both sides.
  const k = faces.indexOf(Math.max(...faces))
  const cutter = touching.find(box => (region[k]! & ~box[k]!) !== 0n)!
  const outside = region.with(k, region[k]! & ~cutter[k]!)
  const inside = region.with(k, region[k]! & cutter[k]!)
  return findGap(outside, touching, left) ?? findGap(inside, touching, left)
}
