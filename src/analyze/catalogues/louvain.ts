/** An undirected graph: each edge once, from a to b, with its weight. */
export interface Graph {
  nodes: number
  a: Uint32Array
  b: Uint32Array
  weight: Float64Array
}

/**
 * Communities by modularity (Louvain: Blondel et al. 2008): nodes move to the neighbouring community that gains most until none gains, then
 * communities become nodes and it begins again. Nodes are visited in their order, so that the same graph gives the same communities.
 * `resolution` above 1 makes smaller ones (Reichardt & Bornholdt 2006). Returns the community of each node, numbered from 0.
 */
export function louvain(graph: Graph, resolution = 1): Uint32Array {
  let current = graph
  let community = Uint32Array.from({ length: graph.nodes }, (_, k) => k)
  for (;;) {
    const moved = moveNodes(current, resolution)
    const { of, count } = renumber(moved)
    community = community.map(c => of[c]!)
    if (count === current.nodes) return community
    current = merged(current, of, count)
  }
}

function moveNodes({ nodes, a, b, weight }: Graph, resolution: number): Uint32Array {
  const start = new Uint32Array(nodes + 1)
  const degree = new Float64Array(nodes)
  let total = 0
  for (let e = 0; e < a.length; e++) {
    const [x, y, w] = [a[e]!, b[e]!, weight[e]!]
    degree[x] = degree[x]! + w
    degree[y] = degree[y]! + w
    total += 2 * w
    if (x === y) continue
    start[x + 1] = start[x + 1]! + 1
    start[y + 1] = start[y + 1]! + 1
  }
  for (let k = 0; k < nodes; k++) start[k + 1] = start[k + 1]! + start[k]!
  const next = start.slice(0, nodes)
  const other = new Uint32Array(start[nodes]!)
  const edge = new Float64Array(other.length)
  for (let e = 0; e < a.length; e++) {
    const [x, y, w] = [a[e]!, b[e]!, weight[e]!]
    if (x === y) continue
    for (const [from, to] of [
      [x, y],
      [y, x],
    ] as const) {
      const at = next[from]!
      other[at] = to
      edge[at] = w
      next[from] = at + 1
    }
  }
  const community = Uint32Array.from({ length: nodes }, (_, k) => k)
  const sum = degree.slice()
  const links = new Float64Array(nodes)
  for (let again = total > 0, round = 0; again && round < 100; round++) {
    again = false
    for (let node = 0; node < nodes; node++) {
      const own = community[node]!
      const touched: number[] = []
      for (let k = start[node]!; k < start[node + 1]!; k++) {
        const c = community[other[k]!]!
        if (links[c] === 0) touched.push(c)
        links[c] = links[c]! + edge[k]!
      }
      sum[own] = sum[own]! - degree[node]!
      const gain = (c: number) => links[c]! - (resolution * degree[node]! * sum[c]!) / total
      let best = own
      for (const c of touched) if (gain(c) > gain(best) + 1e-12) best = c
      sum[best] = sum[best]! + degree[node]!
      if (best !== own) {
        community[node] = best
        again = true
      }
      for (const c of touched) links[c] = 0
    }
  }
  return community
}

function renumber(community: Uint32Array): { of: Uint32Array; count: number } {
  const number = new Map<number, number>()
  const of = community.map(c => {
    if (!number.has(c)) number.set(c, number.size)
    return number.get(c)!
  })
  return { of, count: number.size }
}

function merged({ a, b, weight }: Graph, of: Uint32Array, count: number): Graph {
  const sums = new Map<number, number>()
  for (let e = 0; e < a.length; e++) {
    const [x, y] = [of[a[e]!]!, of[b[e]!]!]
    const key = Math.min(x, y) * count + Math.max(x, y)
    sums.set(key, (sums.get(key) ?? 0) + weight[e]!)
  }
  const keys = [...sums.keys()]
  return {
    nodes: count,
    a: Uint32Array.from(keys, key => Math.floor(key / count)),
    b: Uint32Array.from(keys, key => key % count),
    weight: Float64Array.from(sums.values()),
  }
}
