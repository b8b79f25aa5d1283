/** One tree as plain arrays, node 0 the root: what a model file holds. */
export interface Tree {
  /** Column a node asks about, −1 for a leaf. */
  column: number[]
  /** Numbers up to this go left; null: every known number does. Columns of categories: 0. */
  threshold: (number | null)[]
  /** Bins of the column's categories that go left (bin 1 is `kept[0]`); null for numbers. */
  categories: (number[] | null)[]
  /** 1 where a missing value goes left. */
  missingLeft: number[]
  left: number[]
  right: number[]
  /** Log-odds a leaf adds, learning rate included; 0 for inner nodes. */
  value: number[]
  /** Rows of the training sample that came here. */
  cover: number[]
  /** Loss the split took away, 0 for leaves. */
  gain: number[]
}

export interface Forest {
  /** Log-odds before any tree. */
  base: number
  trees: Tree[]
}

export const emptyTree = (): Tree => ({
  column: [],
  threshold: [],
  categories: [],
  missingLeft: [],
  left: [],
  right: [],
  value: [],
  cover: [],
  gain: [],
})

/** Sum of the gains of each column's splits, as parts of 1. */
export function gainImportance(forest: Forest, columns: number): Float64Array {
  const gain = new Float64Array(columns)
  let total = 0
  for (const tree of forest.trees)
    for (const [node, column] of tree.column.entries()) {
      if (column < 0) continue
      gain[column] = gain[column]! + tree.gain[node]!
      total += tree.gain[node]!
    }
  return total > 0 ? gain.map(g => g / total) : gain
}
