/**
 * From pairs to entities. Pairs above the threshold join records into components; a component of three or more is then
 * rebuilt from all its pairs (also those no block brought together), joining the two best parts as long as the evidence
 * between them is for it in sum. So a chain a–b–c whose ends contradict each other is cut at its weakest link, and two parts
 * that bear different verified numbers, or are of different kinds, never meet.
 */
import { UnionFind } from './union-find.ts'

export interface ClusterInput {
  records: number
  left: Uint32Array
  right: Uint32Array
  logOdds: Float32Array
  threshold: number
  /** ln of the odds before looking, negative. */
  prior: number
  /** Columns of labels (0 = none); records of one entity never have two different labels in a column. */
  apart: Uint32Array[]
  weigh(i: number, j: number): number
}

export interface Clusters {
  /** For each record the smallest record of its entity. */
  entity: Uint32Array
  /** Components that had to be cut. */
  cut: number
}

/** Above this size a component is first broken up by a higher threshold. */
const MAX_COMPONENT = 150

/**
 * Evidence of one pair inside a component. What speaks for it counts in full. What merely fails to beat the long odds
 * before looking (two sparse records) counts a quarter, for those odds were already overcome when the component formed;
 * a contradiction counts without them.
 */
export const evidence = (logOdds: number, prior: number): number =>
  logOdds > 0 ? logOdds : logOdds < prior ? logOdds - prior : 0.25 * logOdds

export function clusterPairs(input: ClusterInput): Clusters {
  const { records } = input
  const entity = new Uint32Array(records).map((_, i) => i)
  let cut = 0
  const sets = new UnionFind(records)
  for (let p = 0; p < input.left.length; p++) {
    if (input.logOdds[p]! >= input.threshold) sets.join(input.left[p]!, input.right[p]!)
  }
  for (const component of componentsOf(sets, records)) {
    const parts = rebuild(input, component, input.threshold)
    if (parts.length > 1) cut++
    for (const part of parts) {
      const first = part.reduce((a, b) => Math.min(a, b))
      for (const record of part) entity[record] = first
    }
  }
  return { entity, cut }
}

function* componentsOf(sets: UnionFind, records: number): Generator<number[]> {
  const members = new Map<number, number[]>()
  for (let i = 0; i < records; i++) {
    const root = sets.find(i)
    if (root === i) continue
    const list = members.get(root)
    if (list) list.push(i)
    else members.set(root, [root, i])
  }
  yield* members.values()
}

function rebuild(input: ClusterInput, component: number[], threshold: number): number[][] {
  if (component.length === 2)
    return conflict(input, component[0]!, component[1]!) ? component.map(i => [i]) : [component]
  if (component.length <= MAX_COMPONENT) return agglomerate(input, component)
  const sets = new UnionFind(component.length)
  for (let x = 0; x < component.length; x++) {
    for (let y = x + 1; y < component.length; y++) {
      if (input.weigh(component[x]!, component[y]!) >= threshold + 2) sets.join(x, y)
    }
  }
  const parts = [...componentsOf(sets, component.length)].map(part => part.map(x => component[x]!))
  const inParts = new Set(parts.flat())
  const alone = component.filter(i => !inParts.has(i)).map(i => [i])
  return [...alone, ...parts.flatMap(part => rebuild(input, part, threshold + 2))]
}

function conflict(input: ClusterInput, i: number, j: number): boolean {
  return input.apart.some(labels => labels[i] !== 0 && labels[j] !== 0 && labels[i] !== labels[j])
}

function agglomerate(input: ClusterInput, component: number[]): number[][] {
  const n = component.length
  const gain = new Float64Array(n * n)
  for (let x = 0; x < n; x++) {
    for (let y = x + 1; y < n; y++) {
      const i = component[x]!
      const j = component[y]!
      const value = conflict(input, i, j)
        ? Number.NEGATIVE_INFINITY
        : evidence(input.weigh(Math.min(i, j), Math.max(i, j)), input.prior)
      gain[x * n + y] = value
      gain[y * n + x] = value
    }
  }
  const parts: (number[] | null)[] = component.map(i => [i])
  for (;;) {
    let best = 0
    let a = -1
    let b = -1
    for (let x = 0; x < n; x++) {
      if (!parts[x]) continue
      for (let y = x + 1; y < n; y++) {
        if (parts[y] && gain[x * n + y]! > best) {
          best = gain[x * n + y]!
          a = x
          b = y
        }
      }
    }
    if (a < 0) return parts.filter(part => part !== null)
    parts[a]!.push(...parts[b]!)
    parts[b] = null
    for (let z = 0; z < n; z++) {
      const sum = gain[a * n + z]! + gain[b * n + z]!
      gain[a * n + z] = sum
      gain[z * n + a] = sum
    }
  }
}
