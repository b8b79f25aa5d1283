import { capOf, type Problem } from './problem.ts'

/** What a plan breaks, counted anew from the chosen options alone: nothing the solver believed is trusted here. */
export type Breach =
  | { kind: 'max' | 'min'; resource: number; used: number }
  | { kind: 'customer' | 'group'; customer: number }

export function checkPlan(p: Problem, chosen: Uint8Array): Breach[] {
  const breaches: Breach[] = []
  const used = new Float64Array(p.resources)
  const groups = new Set<number>()
  for (let customer = 0; customer < p.customers; customer++) {
    let count = 0
    groups.clear()
    for (let j = p.start[customer]!; j < p.start[customer + 1]!; j++) {
      if (chosen[j] === 0) continue
      count++
      const c = p.code[j]!
      for (let e = p.useStart[c]!; e < p.useStart[c + 1]!; e++)
        used[p.useResource[e]!] = used[p.useResource[e]!]! + p.useAmount[e]!
      if (!p.group) continue
      if (groups.has(p.group[c]!)) breaches.push({ kind: 'group', customer })
      groups.add(p.group[c]!)
    }
    if (count > capOf(p, customer) || (p.exactly && count !== 1)) breaches.push({ kind: 'customer', customer })
  }
  for (let r = 0; r < p.resources; r++) {
    if (used[r]! > p.max[r]!) breaches.push({ kind: 'max', resource: r, used: used[r]! })
    if (used[r]! < p.min[r]!) breaches.push({ kind: 'min', resource: r, used: used[r]! })
  }
  return breaches
}
