/**
 * Customer numbers that stay. New entities are matched to the customers of the previous run by how many records they have in
 * common, most first; what is left gets new numbers. So an unchanged customer keeps its number whatever else is loaded; when two
 * customers become one, the larger part's number stays, and the other is redirected.
 */
export interface StableIds {
  /** Customer number per record. */
  customer: Float64Array
  /** Numbers of the previous run whose records went to another customer. */
  redirects: Map<number, number>
  /** Records whose customer number differs from the previous run's. */
  changed: number
}

/** `entity`: smallest record of each record's entity; `previous`: its customer in the previous run, 0 = it is new. */
export function stableIds(entity: Uint32Array, previous: Float64Array, nextId: number): StableIds {
  const overlaps = new Map<number, Map<number, number>>()
  for (let i = 0; i < entity.length; i++) {
    const old = previous[i]!
    if (old === 0) continue
    const of = overlaps.get(entity[i]!)
    if (of) of.set(old, (of.get(old) ?? 0) + 1)
    else overlaps.set(entity[i]!, new Map([[old, 1]]))
  }
  const claims: [entity: number, old: number, common: number][] = []
  for (const [root, of] of overlaps) for (const [old, common] of of) claims.push([root, old, common])
  claims.sort((a, b) => b[2] - a[2] || a[1] - b[1] || a[0] - b[0])
  const numberOf = new Map<number, number>()
  const taken = new Set<number>()
  for (const [root, old] of claims) {
    if (numberOf.has(root) || taken.has(old)) continue
    numberOf.set(root, old)
    taken.add(old)
  }
  const customer = new Float64Array(entity.length)
  let changed = 0
  for (let i = 0; i < entity.length; i++) {
    let number = numberOf.get(entity[i]!)
    if (number === undefined) {
      number = nextId++
      numberOf.set(entity[i]!, number)
    }
    customer[i] = number
    if (previous[i] !== 0 && previous[i] !== number) changed++
  }
  const redirects = new Map<number, number>()
  for (const [root, old] of claims) if (!taken.has(old) && !redirects.has(old)) redirects.set(old, numberOf.get(root)!)
  return { customer, redirects, changed }
}
