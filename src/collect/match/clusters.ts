/**
 * From pairs to entities. Pairs above the threshold join records into components; a component of three or more is then
 * rebuilt from all its pairs (also those no block brought together), joining the two best parts as long as the evidence
 * between them is for it in sum. So a chain a–b–c whose ends contradict each other is cut at its weakest link, and two parts
 * that bear different verified numbers, or are of different kinds, never meet. What people decided stands above all of it:
 * records decided to be one are one, records decided to be two never meet (COP-k-means' must-link and cannot-link,
 * Wagstaff et al. 2001, on agglomeration).
 */
import { type Decided, DecidedGroups } from './decided.ts'
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
  /** Two records that are never one entity whatever else they share; must not depend on the order of the two. */
  conflicts?: ((i: number, j: number) => boolean) | null
  /** What people decided; free of contradictions, or what keeps apart wins. */
  decisions?: Decided | undefined
  weigh(i: number, j: number): number
}

/** A component that does not hang together by itself: what a person should look at. */
export interface FlaggedComponent {
  records: number[]
  reason: 'cut' | 'oversized'
}

export interface Clusters {
  /** For each record the smallest record of its entity. */
  entity: Uint32Array
  /** Components that had to be cut. */
  cut: number
  flagged: FlaggedComponent[]
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
  const flagged: FlaggedComponent[] = []
  let cut = 0
  const sets = new UnionFind(records)
  for (let p = 0; p < input.left.length; p++) {
    if (input.logOdds[p]! >= input.threshold) sets.join(input.left[p]!, input.right[p]!)
  }
  const groups = input.decisions ? new DecidedGroups(input.decisions) : null
  if (groups) for (const [i, j] of groups.bound()) sets.join(i, j)
  for (const component of componentsOf(sets, records)) {
    const nodes = component.map(i => [i])
    const parts = groups?.touches(component)
      ? rebuild({ ...input, groups }, groups.nodesOf(component), input.threshold)
      : rebuild({ ...input, groups: null }, nodes, input.threshold)
    if (parts.length > 1) cut++
    if (component.length > MAX_COMPONENT) flagged.push({ records: component, reason: 'oversized' })
    else if (parts.length > 1) flagged.push({ records: component, reason: 'cut' })
    for (const part of parts) {
      const first = part.reduce((a, b) => Math.min(a, b))
      for (const record of part) entity[record] = first
    }
  }
  return { entity, cut, flagged }
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

type Grouped = ClusterInput & { groups: DecidedGroups | null }

/** `nodes`: records that must stay together, mostly one each. */
function rebuild(input: Grouped, nodes: number[][], threshold: number): number[][] {
  if (nodes.length === 1) return nodes
  if (nodes.length === 2) return conflict(input, nodes[0]!, nodes[1]!) ? nodes : [nodes.flat()]
  if (nodes.length <= MAX_COMPONENT) return agglomerate(input, nodes)
  const sets = new UnionFind(nodes.length)
  for (let x = 0; x < nodes.length; x++) {
    for (let y = x + 1; y < nodes.length; y++) {
      if (weighNodes(input, nodes[x]!, nodes[y]!) >= threshold + 2) sets.join(x, y)
    }
  }
  const parts = [...componentsOf(sets, nodes.length)]
  const inParts = new Set(parts.flat())
  const alone = nodes.filter((_, x) => !inParts.has(x))
  return [
    ...alone,
    ...parts.flatMap(part =>
      rebuild(
        input,
        part.map(x => nodes[x]!),
        threshold + 2,
      ),
    ),
  ]
}

/** Of records decided to be one person the closest speaks: how the others differ from it was overruled with the decision. */
function weighNodes(input: Grouped, a: number[], b: number[]): number {
  let best = Number.NEGATIVE_INFINITY
  for (const i of a) for (const j of b) best = Math.max(best, input.weigh(Math.min(i, j), Math.max(i, j)))
  return best
}

function conflict(input: Grouped, a: number[], b: number[]): boolean {
  if (input.groups?.apart(a, b)) return true
  const { conflicts } = input
  if (conflicts && a.some(i => b.some(j => conflicts(i, j)))) return true
  return input.apart.some(labels => {
    const known = a.some(i => labels[i] !== 0) && b.some(j => labels[j] !== 0)
    return known && !a.some(i => labels[i] !== 0 && b.some(j => labels[j] === labels[i]))
  })
}

function agglomerate(input: Grouped, nodes: number[][]): number[][] {
  const n = nodes.length
  const gain = new Float64Array(n * n)
  for (let x = 0; x < n; x++) {
    for (let y = x + 1; y < n; y++) {
      const value = conflict(input, nodes[x]!, nodes[y]!)
        ? Number.NEGATIVE_INFINITY
        : evidence(weighNodes(input, nodes[x]!, nodes[y]!), input.prior)
      gain[x * n + y] = value
      gain[y * n + x] = value
    }
  }
  const parts: (number[] | null)[] = nodes.map(node => [...node])
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
