import { f64, type Problem, u32 } from '../../src/optimize/allocate/problem.ts'
import { solve } from '../../src/optimize/allocate/solve.ts'

/**
 * What the commercial optimisers document: the customers in chunks, each solved by itself with its even share of every limit
 * (whole units, the remainders going to the first chunks). Minimums are left out, since no share of them need be reachable.
 */
export function valueInChunks(p: Problem, customersPerChunk: number): number {
  const chunks = Math.ceil(p.customers / customersPerChunk)
  let value = 0
  for (let k = 0; k < chunks; k++) {
    const from = k * customersPerChunk
    const to = Math.min(p.customers, from + customersPerChunk)
    const first = p.start[from]!
    const start = u32(to - from + 1)
    for (let c = from; c <= to; c++) start[c - from] = p.start[c]! - first
    const max = f64(p.resources)
    for (let r = 0; r < p.resources; r++) max[r] = shareOf(p.max[r]!, k, chunks)
    const solution = solve({
      ...p,
      customers: to - from,
      options: start[to - from]!,
      start,
      value: p.value.slice(first, p.start[to]!),
      code: p.code.slice(first, p.start[to]!),
      max,
      min: f64(p.resources),
    })
    value += solution.value
  }
  return value
}

function shareOf(limit: number, chunk: number, chunks: number): number {
  if (!Number.isFinite(limit)) return limit
  const even = Math.floor(limit / chunks)
  return even + (chunk < limit - even * chunks ? 1 : 0)
}
