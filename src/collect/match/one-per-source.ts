/**
 * Linking files to each other: a source that lists everybody once gives at most one record to an entity, so of two records
 * that both look like their counterpart only the better one is taken. Whether it does list everybody once is judged from the
 * evidence: records of it that share a counterpart are compared with each other.
 */
interface Links {
  sources: Uint32Array
  left: Uint32Array
  right: Uint32Array
  logOdds: Float32Array
  threshold: number
  weigh(i: number, j: number): number
}

/** A list with fewer double entries than this, of those that were linked, is taken to have none: they are chance look-alikes. */
const MOST_DOUBLE = 0.01

/** Of a record with more counterparts (a hub of shared values) this many are looked at. */
const MOST_PARTNERS = 30

/** Pairs of records from two different sources (all pairs where there are no sources). */
export function possiblePairs(records: number, sources?: Uint32Array): number {
  let pairs = (records * (records - 1)) / 2
  if (sources) {
    const sizes = new Map<number, number>()
    for (const source of sources) sizes.set(source, (sizes.get(source) ?? 0) + 1)
    for (const size of sizes.values()) pairs -= (size * (size - 1)) / 2
  }
  return Math.max(1, pairs)
}

/** For each source that lists everybody once, a label column in which all its records differ. */
export function duplicateFreeSources({ sources, left, right, logOdds, threshold, weigh }: Links): Uint32Array[] {
  /** Counterparts by record, best first is not needed. */
  const partners = new Map<number, number[]>()
  const linked = new Map<number, Set<number>>()
  const note = (record: number, partner: number): void => {
    const list = partners.get(record)
    if (list) list.push(partner)
    else partners.set(record, [partner])
    const of = sources[partner]!
    const records = linked.get(of)
    if (records) records.add(partner)
    else linked.set(of, new Set([partner]))
  }
  for (let p = 0; p < logOdds.length; p++) {
    if (logOdds[p]! < threshold) continue
    note(left[p]!, right[p]!)
    note(right[p]!, left[p]!)
  }
  const double = new Map<number, Set<number>>()
  for (const all of partners.values()) {
    const list = all.slice(0, MOST_PARTNERS)
    for (let x = 1; x < list.length; x++) {
      for (let y = 0; y < x; y++) {
        const i = Math.min(list[x]!, list[y]!)
        const j = Math.max(list[x]!, list[y]!)
        if (sources[i] !== sources[j] || weigh(i, j) < threshold) continue
        const of = double.get(sources[i]!) ?? new Set<number>()
        double.set(sources[i]!, of.add(j))
      }
    }
  }
  const out: Uint32Array[] = []
  for (const [source, records] of linked) {
    if ((double.get(source)?.size ?? 0) > MOST_DOUBLE * records.size) continue
    out.push(sources.map((of, i) => (of === source ? i + 1 : 0)))
  }
  return out
}
