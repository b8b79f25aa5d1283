import type { Problem } from '../allocate/problem.ts'
import type { SolveTask, Tally } from './solve-task.ts'

/** Counts what was chosen by segment and code, and who got something else than in the base plan: one pass over the options. */
export function tally(
  { problem, acceptance, cost, parts, segment, segments, base }: Omit<SolveTask, 'options'>,
  chosen: Uint8Array,
): Tally {
  const { codes, start, code, value }: Problem = problem
  const sums: Tally = {
    customers: new Uint32Array(segments * codes),
    value: new Float64Array(segments * codes),
    acceptance: new Float64Array(segments * codes),
    changed: { gained: 0, lost: 0, moved: 0, same: 0 },
    contacts: 0,
    cost: 0,
  }
  for (let c = 0; c < problem.customers; c++) {
    let now = 0
    let before = 0
    let different = false
    const row = segment[c]! * codes
    for (let j = start[c]!; j < start[c + 1]!; j++) {
      const had = base[j]!
      const has = chosen[j]!
      before += had
      if (had !== has) different = true
      if (has === 0) continue
      for (const k of parts.get(code[j]!) ?? [code[j]!]) {
        let own = j
        if (k !== code[j]) for (own = start[c]!; code[own] !== k; ) own++
        now++
        const at = row + k
        sums.customers[at] = sums.customers[at]! + 1
        sums.value[at] = sums.value[at]! + value[own]!
        sums.acceptance[at] = sums.acceptance[at]! + acceptance[own]!
        sums.cost += cost[k]!
      }
    }
    sums.contacts += now
    if (!different) {
      if (now > 0) sums.changed.same++
    } else if (before === 0) sums.changed.gained++
    else if (now === 0) sums.changed.lost++
    else sums.changed.moved++
  }
  return sums
}
