import { coverage, intersection } from './boxes.ts'
import { type Box, type Cells, cut } from './cells.ts'
import { checkRule } from './check-rule.ts'
import type { Domains, FeatureValue } from './domain.ts'
import type { Rule } from './rule.ts'

export interface SegmentRule {
  code: string
  rule: Rule
}

/** A customer that the features allow, by the features that matter. */
export type Witness = Record<string, FeatureValue>

export type Verdict = 'proven' | 'refuted' | 'not-proven'

export interface Proof {
  /** No customer can be in two segments. */
  exclusive: Verdict
  /** No customer can be in none. */
  complete: Verdict
  /** `ordered`: rules are tried in order and the first that holds takes the customer, so that two can never take one. */
  by: 'order' | 'boxes'
  /** Pairs that can both hold, each with a customer in both (at most 20). */
  overlaps: { a: string; b: string; witness: Witness }[]
  /** A customer in no segment. */
  gap: Witness | null
  /** Segments nobody can ever be in: their rule contradicts itself, or earlier rules take everybody it could. */
  empty: string[]
}

const MOST_OVERLAPS = 20

/**
 * Proves from the rules alone that every customer who can exist is in exactly one segment, or shows one who is not. Everything
 * is decided on the finite grid of cells that the rules' own thresholds cut (see cells.ts), so the answer is about all
 * customers; "not-proven" is said when a question outgrows its budget, never "proven".
 */
export function proveSegments(segments: readonly SegmentRule[], domains: Domains, ordered: boolean): Proof {
  for (const { code, rule } of segments) checkRule(code, rule, domains)
  const cells = cut(
    segments.map(s => s.rule),
    domains,
  )
  const boxes = segments.map(s => cells.boxesOf(s.rule))
  const whole = coverage(cells.everything, boxes.flat())
  const overlaps = ordered ? [] : findOverlaps(segments, boxes, cells)
  return {
    exclusive: overlaps.length > 0 ? 'refuted' : 'proven',
    complete: whole.covered === true ? 'proven' : whole.covered === false ? 'refuted' : 'not-proven',
    by: ordered ? 'order' : 'boxes',
    overlaps,
    gap: whole.covered === false ? witnessOf(whole.gap, cells) : null,
    empty: segments.filter((_, i) => isEmpty(boxes, i, ordered)).map(s => s.code),
  }
}

function findOverlaps(segments: readonly SegmentRule[], boxes: readonly Box[][], cells: Cells): Proof['overlaps'] {
  const found: Proof['overlaps'] = []
  for (let i = 0; i < segments.length; i++)
    for (let j = i + 1; j < segments.length && found.length < MOST_OVERLAPS; j++) {
      const shared = firstShared(boxes[i]!, boxes[j]!)
      if (shared) found.push({ a: segments[i]!.code, b: segments[j]!.code, witness: witnessOf(shared, cells) })
    }
  return found
}

function firstShared(left: readonly Box[], right: readonly Box[]): Box | undefined {
  for (const a of left)
    for (const b of right) {
      const shared = intersection(a, b)
      if (shared) return shared
    }
  return undefined
}

/** The budget of one question about one rule: a warning is not worth more. */
const REGIONS_PER_RULE = 5_000

function isEmpty(boxes: readonly Box[][], i: number, ordered: boolean): boolean {
  const own = boxes[i]!
  if (own.length === 0) return true
  if (!ordered) return false
  const earlier = boxes.slice(0, i).flat()
  return own.every(box => coverage(box, earlier, REGIONS_PER_RULE).covered === true)
}

/** One customer of a region: the first cell's example in every dimension. */
function witnessOf(region: Box, cells: Cells): Witness {
  const witness: Record<string, FeatureValue> = {}
  for (const [k, d] of cells.dimensions.entries()) {
    const cell = d.examples.findIndex((_, c) => (region[k]! >> BigInt(c)) & 1n)
    const example = d.examples[cell]!
    if (d.item === undefined) witness[d.feature] = example
    else witness[d.feature] = [...((witness[d.feature] as string[] | undefined) ?? []), ...(example as string[])]
  }
  return witness
}
