/**
 * Two people may share name, birthday and telephone (father and son, twins, a clerk who copied a row); an identity number of fifteen or
 * eighteen digits they never share. So two such numbers that differ by more than slips of the hand keep records apart, verified or not;
 * shorter numbers are mistyped too often in lists to decide alone and are left to the evidence.
 */
import type { Comparison } from './comparison.ts'
import { editDistance } from './similarity.ts'
import type { CodedColumn } from './text-pool.ts'

const LONG = 15
const MOST_SLIPS = 2

/** Whether two records name two people by their numbers; null when the table has no such numbers. */
export function twoNumbers(
  comparisons: readonly Comparison[],
  columns: readonly CodedColumn[],
): ((i: number, j: number) => boolean) | null {
  const numbers = comparisons.find(comparison => comparison.id === 'id number')?.columns.map(c => columns[c]!)
  if (!numbers) return null
  return (i, j) => {
    let differ = false
    for (const { codes, units, offsets } of numbers) {
      const a = codes[i]!
      const b = codes[j]!
      if (a === 0 || b === 0) continue
      if (a === b) return false
      const from = offsets[a]!
      const other = offsets[b]!
      const to = offsets[a + 1]!
      const otherTo = offsets[b + 1]!
      if (to - from < LONG || otherTo - other < LONG) continue
      if (editDistance(units, from, to, units, other, otherTo, MOST_SLIPS) > MOST_SLIPS) differ = true
    }
    return differ
  }
}
