import type { Problem } from '../../src/optimize/allocate/problem.ts'

/** What most campaign tools do: options by falling value, each taken when it still fits. Minimums are not looked at. */
export function greedyValue(p: Problem): number {
  const order = Uint32Array.from({ length: p.options }, (_, j) => j).sort((a, b) => p.value[b]! - p.value[a]!)
  const customerOf = new Uint32Array(p.options)
  for (let c = 0; c < p.customers; c++) customerOf.fill(c, p.start[c], p.start[c + 1])
  const left = Float64Array.from(p.max)
  const count = new Uint8Array(p.customers)
  let value = 0
  for (const j of order) {
    if (p.value[j]! <= 0) break
    if (count[customerOf[j]!]! >= p.most) continue
    const code = p.code[j]!
    let fits = true
    for (let e = p.useStart[code]!; e < p.useStart[code + 1]! && fits; e++)
      fits = left[p.useResource[e]!]! >= p.useAmount[e]!
    if (!fits) continue
    for (let e = p.useStart[code]!; e < p.useStart[code + 1]!; e++)
      left[p.useResource[e]!] = left[p.useResource[e]!]! - p.useAmount[e]!
    count[customerOf[j]!] = count[customerOf[j]!]! + 1
    value += p.value[j]!
  }
  return value
}
