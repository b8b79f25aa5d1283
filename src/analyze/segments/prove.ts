import { budgetOf, coverage, intersection } from './boxes.ts'
import { type Box, type Cells, cut } from './cells.ts'
import { checkRule } from './check-rule.ts'
import type { Domains, FeatureValue } from './domain.ts'
import { meetingBoxes } from './meeting-boxes.ts'
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
    empty: findEmpty(segments, boxes, ordered),
  }
}

/** Rules of which each two can hold for one customer, by the boxes that meet; boxes know whose they are by `owner`. */
function findOverlaps(segments: readonly SegmentRule[], boxes: readonly Box[][], cells: Cells): Proof['overlaps'] {
  const all = boxes.flat()
  const owner = boxes.flatMap((own, i) => own.map(() => i))
  const found = new Map<string, Proof['overlaps'][number]>()
  for (const [a, b] of meetingBoxes(all, cells)) {
    const [i, j] = [owner[a]!, owner[b]!]
    const pair = `${i} ${j}`
    if (i === j || found.has(pair)) continue
    const witness = witnessOf(intersection(all[a]!, all[b]!)!, cells)
    found.set(pair, { a: segments[i]!.code, b: segments[j]!.code, witness })
    if (found.size === MOST_OVERLAPS) break
  }
  return [...found.values()]
}

/** Segments nobody can be in: a warning, not worth what the proof itself may cost. */
function findEmpty(segments: readonly SegmentRule[], boxes: readonly Box[][], ordered: boolean): string[] {
  const budget = budgetOf(0.4)
  const before: Box[] = []
  return segments.flatMap(({ code }, i) => {
    const own = boxes[i]!
    const empty = own.length === 0 || (ordered && own.every(box => coverage(box, before, budget).covered === true))
    before.push(...own)
    return empty ? [code] : []
  })
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
