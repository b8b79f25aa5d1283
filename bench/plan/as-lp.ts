import type { Problem } from '../../src/optimize/allocate/problem.ts'

/** The problem as an LP file (CPLEX format) for a general solver; only for small ones. */
export function asLp(p: Problem): string {
  const objective: string[] = []
  const perCustomer: string[] = []
  const perResource: string[][] = Array.from({ length: p.resources }, () => [])
  for (let c = 0; c < p.customers; c++) {
    const own: string[] = []
    for (let j = p.start[c]!; j < p.start[c + 1]!; j++) {
      const value = p.value[j]!
      objective.push(`${value < 0 ? '-' : '+'} ${Math.abs(value)} x${j}`)
      own.push(`x${j}`)
      const code = p.code[j]!
      for (let e = p.useStart[code]!; e < p.useStart[code + 1]!; e++)
        perResource[p.useResource[e]!]!.push(`${p.useAmount[e]} x${j}`)
    }
    perCustomer.push(` c${c}: ${own.join(' + ')} <= ${p.most}`)
  }
  const limits = perResource.flatMap((terms, r) => {
    if (terms.length === 0) return []
    const sum = terms.join(' + ')
    return [
      ...(Number.isFinite(p.max[r]) ? [` u${r}: ${sum} <= ${p.max[r]}`] : []),
      ...(p.min[r]! > 0 ? [` l${r}: ${sum} >= ${p.min[r]}`] : []),
    ]
  })
  const bounds = Array.from({ length: p.options }, (_, j) => ` 0 <= x${j} <= 1`)
  return `Maximize\n obj: ${objective.join(' ')}\nSubject To\n${[...perCustomer, ...limits].join('\n')}\nBounds\n${bounds.join('\n')}\nEnd`
}
