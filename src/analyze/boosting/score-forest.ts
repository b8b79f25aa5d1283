import { type CompiledForest, rowEncoder } from './compile-forest.ts'
import type { Table } from './table.ts'

/** Rows scored together: their bins stay in the first-level cache while one tree after the other looks at them. */
const BLOCK = 512

/** A bin no column has: missing values become it where they go right. */
const ABOVE_ALL = 0xffff

/** Log-odds of every row. Every row takes as many steps as the tree is deep, so the processor guesses no branch wrong. */
export function forestMargins(forest: CompiledForest, table: Table): Float64Array {
  const margins = new Float64Array(table.rows).fill(forest.base)
  const width = forest.columns.length
  const { value, sets, roots } = forest
  const { nodes, depths } = packNodes(forest)
  const encode = rowEncoder(forest, table)
  for (let from = 0; from < table.rows; from += BLOCK) {
    const to = Math.min(table.rows, from + BLOCK)
    const bins = encode(from, to)
    for (let t = 0; t < roots.length; t++) {
      const depth = depths[t]!
      for (let row = from, at = 0; row < to; row++, at += width) {
        let node = roots[t]! * 4
        for (let step = 0; step < depth; step++) {
          const asked = nodes[node]!
          let right: number
          if (asked >= 0) right = ((bins[at + (asked >> 1)]! - (asked & 1)) & ABOVE_ALL) > nodes[node + 1]! ? 1 : 0
          else {
            const bin = bins[at + ~asked]!
            right = 1 - ((sets[nodes[node + 1]! + (bin >> 3)]! >> (bin & 7)) & 1)
          }
          node = nodes[node + 2 + right]!
        }
        margins[row] = margins[row]! + value[node >> 2]!
      }
    }
  }
  return margins
}

/**
 * Four words a node: what it asks, by which it decides, and where its children's words are; a leaf is its own child. Numbers: column
 * · 2, and 1 more where missing values go right: bins are then lowered by one, which makes the missing one the highest.
 * Categories: ~column and the place of the set.
 */
function packNodes({ column, threshold, missingLeft, set, left, right, roots }: CompiledForest) {
  const nodes = new Int32Array(4 * column.length)
  for (const [node, asked] of column.entries()) {
    if (asked < 0) nodes.set([0, 0, 4 * node, 4 * node], 4 * node)
    else {
      const shift = 1 - missingLeft[node]!
      const question = threshold[node]! < 0 ? [~asked, 32 * set[node]!] : [2 * asked + shift, threshold[node]! - shift]
      nodes.set([...question, 4 * left[node]!, 4 * right[node]!], 4 * node)
    }
  }
  const depthOf = (node: number): number =>
    column[node]! < 0 ? 0 : 1 + Math.max(depthOf(left[node]!), depthOf(right[node]!))
  return { nodes, depths: Int32Array.from(roots, root => depthOf(root)) }
}
