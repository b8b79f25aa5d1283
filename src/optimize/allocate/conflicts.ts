import type { OptionRows } from './columns.ts'

/** Pairs of option kinds that one customer may not have together, by the number of the option kind. */
export type Conflicts = readonly (readonly [number, number])[]

/**
 * Conflicts as groups ("at most one of these"), when every connected part of the conflict graph is complete: the usual case
 * (one offer by several channels, "A or B"), and free of cost. Null when it is not: then bundles are needed.
 */
export function asGroups(kinds: number, conflicts: Conflicts): Uint32Array | null {
  const near = neighbours(kinds, conflicts)
  const group = new Uint32Array(kinds)
  const done = new Uint8Array(kinds)
  for (let kind = 0; kind < kinds; kind++) {
    if (done[kind] === 1) continue
    const part = [kind, ...near[kind]!]
    for (const member of part) {
      if (near[member]!.size !== part.length - 1) return null
      if (part.some(other => other !== member && !near[member]!.has(other))) return null
      group[member] = kind
      done[member] = 1
    }
  }
  return group
}

export function neighbours(kinds: number, conflicts: Conflicts): Set<number>[] {
  const near = Array.from({ length: kinds }, () => new Set<number>())
  for (const [a, b] of conflicts) {
    if (a === b) continue
    near[a]!.add(b)
    near[b]!.add(a)
  }
  return near
}

/** Options as bundles: each row is a set of rows of the original that a customer may have together. */
export interface Bundled {
  rows: OptionRows
  /** Original rows of each bundle. */
  parts: number[][]
  /** The customer whose combinations are too many, if one is: the caller says so. */
  tooMany?: number
}

/**
 * Every set of at most `most` options of a customer without a conflict, as one option of which a customer gets at most one:
 * the same dual, with more columns. Usages of equal bundles share a code.
 */
export function asBundles(rows: OptionRows, kindOf: Uint32Array, kinds: number, conflicts: Conflicts): Bundled {
  const near = neighbours(kinds, conflicts)
  const own: number[][] = Array.from({ length: rows.customers }, () => [])
  for (let j = 0; j < rows.customer.length; j++) own[rows.customer[j]!]!.push(j)
  const customer: number[] = []
  const value: number[] = []
  const code: number[] = []
  const parts: number[][] = []
  const codes = new Map<string, number>()
  const uses: OptionRows['uses'] = []
  const take = (c: number, set: number[]) => {
    const key = set
      .map(j => rows.code[j]!)
      .sort((a, b) => a - b)
      .join()
    let k = codes.get(key)
    if (k === undefined) {
      k = uses.length
      codes.set(key, k)
      uses.push(addUses(set.map(j => rows.uses[rows.code[j]!]!)))
    }
    customer.push(c)
    value.push(set.reduce((sum, j) => sum + rows.value[j]!, 0))
    code.push(k)
    parts.push([...set])
  }
  for (let c = 0; c < rows.customers; c++) {
    const before = parts.length
    const extend = (from: number, set: number[]): void => {
      for (let a = from; a < own[c]!.length && parts.length - before <= MOST_BUNDLES; a++) {
        const j = own[c]![a]!
        if (set.some(other => near[kindOf[other]!]!.has(kindOf[j]!))) continue
        set.push(j)
        take(c, set)
        if (set.length < rows.most) extend(a + 1, set)
        set.pop()
      }
    }
    extend(0, [])
    if (parts.length - before > MOST_BUNDLES) return { rows, parts: [], tooMany: c }
  }
  return {
    rows: {
      customers: rows.customers,
      customer: Uint32Array.from(customer),
      value: Float64Array.from(value),
      code: Uint32Array.from(code),
      uses,
      max: rows.max,
      min: rows.min,
      exactly: false,
      most: 1,
    },
    parts,
  }
}

/** Combinations of one customer: 20 options, up to 3 of them, are 1,350. */
const MOST_BUNDLES = 5000

function addUses(lists: OptionRows['uses']): OptionRows['uses'][number] {
  const sum = new Map<number, number>()
  for (const { resource, amount } of lists.flat()) sum.set(resource, (sum.get(resource) ?? 0) + amount)
  return [...sum].map(([resource, amount]) => ({ resource, amount }))
}
