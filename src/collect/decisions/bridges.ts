/**
 * Links of one customer whose loss would leave two parts of two records at least: what a wrong link that joins two people
 * looks like. Tarjan's bridges (1974), without recursion, because a chain may be long.
 */
export function bridgesOf(edges: readonly number[], left: Uint32Array, right: Uint32Array): number[] {
  const near = new Map<number, { to: number; edge: number }[]>()
  const link = (from: number, to: number, edge: number): void => {
    const list = near.get(from)
    if (list) list.push({ to, edge })
    else near.set(from, [{ to, edge }])
  }
  for (const edge of edges) {
    link(left[edge]!, right[edge]!, edge)
    link(right[edge]!, left[edge]!, edge)
  }
  const order = new Map<number, number>()
  const low = new Map<number, number>()
  const below = new Map<number, number>()
  const out: number[] = []
  for (const start of near.keys()) {
    if (order.has(start)) continue
    const reached = order.size
    const candidates: { edge: number; part: number }[] = []
    const stack = [{ at: start, by: -1, next: 0 }]
    order.set(start, order.size)
    low.set(start, order.size - 1)
    while (stack.length > 0) {
      const top = stack.at(-1)!
      const step = near.get(top.at)?.[top.next++]
      if (!step) {
        stack.pop()
        const size = (below.get(top.at) ?? 0) + 1
        const up = stack.at(-1)
        if (!up) continue
        below.set(up.at, (below.get(up.at) ?? 0) + size)
        low.set(up.at, Math.min(low.get(up.at)!, low.get(top.at)!))
        if (low.get(top.at)! > order.get(up.at)!) candidates.push({ edge: top.by, part: size })
      } else if (step.edge !== top.by) {
        const seen = order.get(step.to)
        if (seen === undefined) {
          order.set(step.to, order.size)
          low.set(step.to, order.size - 1)
          stack.push({ at: step.to, by: step.edge, next: 0 })
        } else low.set(top.at, Math.min(low.get(top.at)!, seen))
      }
    }
    const all = order.size - reached
    for (const { edge, part } of candidates) if (part >= 2 && all - part >= 2) out.push(edge)
  }
  return out
}
