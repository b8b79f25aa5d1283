/**
 * Thresholds learned from the past: the same scores, computed as of earlier dates, are what this date's are compared with. Where the
 * customers behave as they did then, the share of those with p ≤ α is α, whatever the distribution of the scores (conformal prediction:
 * Vovk, Gammerman and Shafer 2005; by strata, their Mondrian variant). Real changes of the past count as false there, so α is an upper
 * bound: a real company's rate is lower.
 */
export interface Reference {
  /** Scores of the past in ascending order, by stratum. */
  byStratum: ReadonlyMap<number, Float64Array>
  size: number
}

/** A stratum that could not tell a rate of α (it takes 1/α windows to see one) is put together with the next smaller one. */
export function learnReference(score: Float64Array, stratum: Uint8Array, alpha: number): Reference {
  const strata = [...new Set(stratum)].sort((a, b) => a - b)
  const scores = new Map(strata.map(s => [s, score.filter((_, i) => stratum[i] === s)]))
  const enough = Math.ceil(5 / alpha)
  const byStratum = new Map<number, Float64Array>()
  let open: number[] = []
  let pool: Float64Array[] = []
  const close = () => {
    const sorted = Float64Array.from(pool.flatMap(part => [...part])).sort()
    for (const s of open) byStratum.set(s, sorted)
    ;[open, pool] = [[], []]
  }
  for (const s of strata) {
    open.push(s)
    pool.push(scores.get(s)!)
    if (pool.reduce((n, part) => n + part.length, 0) >= enough) close()
  }
  if (open.length > 0) {
    // The largest customers are few: they are judged with those next to them.
    const before = [...byStratum.entries()].at(-1)
    if (before) pool.push(before[1])
    const joined = before ? [...byStratum].filter(([, part]) => part === before[1]).map(([s]) => s) : []
    open.push(...joined)
    close()
  }
  return { byStratum, size: score.length }
}

/** (1 + past scores at least as high) / (1 + past scores): never 0, and never below what so many can tell. */
export function conformalP({ byStratum }: Reference, score: number, stratum: number): number {
  const known = byStratum.get(stratum) ?? nearest(byStratum, stratum)
  if (!known) return 1
  return (1 + known.length - firstAtLeast(known, score)) / (1 + known.length)
}

/** The score from which on p is at most alpha; Infinity where the past is too short to tell. */
export function thresholdAt({ byStratum }: Reference, stratum: number, alpha: number): number {
  const known = byStratum.get(stratum) ?? nearest(byStratum, stratum)
  if (!known) return Number.POSITIVE_INFINITY
  const allowed = Math.floor(alpha * (1 + known.length)) - 1
  if (allowed < 0) return Number.POSITIVE_INFINITY
  return known[known.length - 1 - allowed]!
}

function nearest(byStratum: ReadonlyMap<number, Float64Array>, stratum: number): Float64Array | undefined {
  const [closest] = [...byStratum.keys()].sort((a, b) => Math.abs(a - stratum) - Math.abs(b - stratum))
  return closest === undefined ? undefined : byStratum.get(closest)
}

/** Place of the first value that is at least so high. */
export function firstAtLeast(sorted: Float64Array, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}
