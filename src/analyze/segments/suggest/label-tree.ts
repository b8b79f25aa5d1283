/** A small classification tree that says in thresholds which group a customer is of. */
export interface Split {
  column: number
  /** Left: below it. What is not known goes to the right. */
  below: number
  left: LabelNode
  right: LabelNode
}
export type LabelNode = Split | { label: number; rows: number; right: number }

export const isSplit = (node: LabelNode): node is Split => 'below' in node

interface Limits {
  depth: number
  /** Of a leaf. */
  fewest: number
  groups: number
}

const BINS = 48

/**
 * Greedy by Gini impurity (Breiman et al. 1984) over thresholds that people can read: quantiles of the column, rounded to two
 * digits. Depth 3 makes rules of three conditions at most.
 */
export function fitLabelTree(columns: readonly Float64Array[], label: Uint16Array, limits: Limits): LabelNode {
  const thresholds = columns.map(readable)
  const grow = (rows: Uint32Array, depth: number): LabelNode => {
    const counts = new Float64Array(limits.groups)
    for (const row of rows) counts[label[row]!]! += 1
    const most = counts.indexOf(Math.max(...counts))
    const leaf: LabelNode = { label: most, rows: rows.length, right: counts[most]! }
    if (depth === 0 || counts[most] === rows.length) return leaf
    const best = bestSplit(columns, thresholds, label, rows, counts, limits)
    if (!best) return leaf
    const column = columns[best.column]!
    const [left, right] = [
      rows.filter(row => column[row]! < best.below),
      rows.filter(row => !(column[row]! < best.below)),
    ]
    const parts = { left: grow(left, depth - 1), right: grow(right, depth - 1) }
    // A question whose answers come to the same is not asked.
    const same = !isSplit(parts.left) && !isSplit(parts.right) && parts.left.label === parts.right.label
    return same ? leaf : { ...best, ...parts }
  }
  return grow(Uint32Array.from(label.keys()), limits.depth)
}

/** Quantiles to two digits. */
function readable(column: Float64Array): number[] {
  const known = column.filter(Number.isFinite).sort()
  const found = new Set<number>()
  for (let b = 1; b < BINS; b++) {
    const value = known[Math.floor((b / BINS) * known.length)]
    if (value !== undefined) found.add(Number(value.toPrecision(2)))
  }
  return [...found].sort((a, b) => a - b)
}

function bestSplit(
  columns: readonly Float64Array[],
  thresholds: readonly number[][],
  label: Uint16Array,
  rows: Uint32Array,
  counts: Float64Array,
  { fewest, groups }: Limits,
): { column: number; below: number } | undefined {
  const pure = (of: Float64Array, total: number) => of.reduce((sum, n) => sum + n * n, 0) / total
  const now = pure(counts, rows.length)
  let best: { column: number; below: number; gain: number } | undefined
  for (const [k, column] of columns.entries()) {
    const cuts = thresholds[k]!
    // Customers per bin and group: the sides of every threshold are running sums over bins.
    const bins = new Float64Array((cuts.length + 1) * groups)
    for (const row of rows) bins[binOf(cuts, column[row]!) * groups + label[row]!]! += 1
    const left = new Float64Array(groups)
    let inLeft = 0
    for (const [b, below] of cuts.entries()) {
      for (let g = 0; g < groups; g++) {
        left[g]! += bins[b * groups + g]!
        inLeft += bins[b * groups + g]!
      }
      const inRight = rows.length - inLeft
      if (inLeft < fewest || inRight < fewest) continue
      const gain =
        pure(left, inLeft) +
        pure(
          counts.map((n, g) => n - left[g]!),
          inRight,
        ) -
        now
      if (gain > 1e-9 && (!best || gain > best.gain)) best = { column: k, below, gain }
    }
  }
  return best && { column: best.column, below: best.below }
}

/** How many thresholds the value reaches; what is not known stands above all. */
function binOf(cuts: readonly number[], value: number): number {
  if (!Number.isFinite(value)) return cuts.length
  let low = 0
  let high = cuts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (value < cuts[middle]!) high = middle
    else low = middle + 1
  }
  return low
}
