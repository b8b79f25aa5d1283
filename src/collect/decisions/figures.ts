/** What one run made of the records, in numbers that can be set beside the run before. */
import type { MatchResult } from '../match/index.ts'
import type { RunFigures } from './migrations.ts'

interface FiguresInput {
  matched: Pick<MatchResult, 'threshold' | 'expectedF1' | 'missedPairs'>
  customer: Float64Array
  previous: Float64Array
  automatic: boolean
  previousRun: number | null
}

/** Customer numbers are nearly dense, so arrays by number serve: a million sets would take longer than the matching. */
export function runFigures({ matched, customer, previous, automatic, previousRun }: FiguresInput): RunFigures {
  const last = Math.max(largestOf(customer), largestOf(previous))
  const size = new Uint32Array(last + 1)
  const wentTo = new Float64Array(last + 1)
  const known = new Uint8Array(last + 1)
  const further = new Set<string>()
  let before = 0
  let kept = 0
  for (let i = 0; i < customer.length; i++) {
    const to = customer[i]!
    const from = previous[i]!
    size[to]!++
    if (from === 0) continue
    if (known[to] === 0) kept += known[to] = 1
    if (wentTo[from] === 0) {
      wentTo[from] = to
      before++
    } else if (wentTo[from] !== to) further.add(`${from} ${to}`)
  }
  const sizes: Record<string, number> = {}
  let customers = 0
  for (const records of size) {
    if (records === 0) continue
    customers++
    sizes[records] = (sizes[records] ?? 0) + 1
  }
  return {
    records: customer.length,
    customers,
    sizes,
    largest: largestOf(size),
    // Ways from an old customer to a new one: one for each old one, and the further ones of those that were split.
    merged: before + further.size - kept,
    split: further.size,
    appeared: customers - kept,
    threshold: matched.threshold,
    automatic,
    expectedF1: matched.expectedF1,
    missedPairs: matched.missedPairs,
    previousRun,
  }
}

function largestOf(values: ArrayLike<number>): number {
  let largest = 0
  for (let i = 0; i < values.length; i++) if (values[i]! > largest) largest = values[i]!
  return largest
}
