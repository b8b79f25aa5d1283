import { binnerOf, MISSING_BIN } from './bins.ts'
import type { Column, Table } from './table.ts'
import type { Forest, Tree } from './tree.ts'

/** A column as a model knows it: by name, and for categories those it can tell apart. */
export type ModelColumn =
  | { kind: 'number'; name: string }
  /** Category k is bin k + 1; with `rare`, all others share the bin after the last, else they count as missing. */
  | { kind: 'category'; name: string; categories: string[]; rare: boolean }

/** A forest laid out for scoring: one stretch of typed arrays, thresholds as places among the column's thresholds. */
export interface CompiledForest {
  base: number
  columns: readonly ModelColumn[]
  /** First node of each tree. */
  roots: Int32Array
  column: Int32Array
  /** Number columns: bins up to this go left; −1 marks a question about categories. */
  threshold: Int32Array
  /** Bits of 32 × 8 bins per node with categories, at `set[node] · 32`. */
  sets: Uint8Array
  set: Int32Array
  missingLeft: Uint8Array
  left: Int32Array
  right: Int32Array
  value: Float64Array
  cover: Float64Array
  depth: number
  /** The bin of a number among the thresholds its column is asked about. */
  binOf: readonly ((value: number) => number)[]
}

export function compileForest(forest: Forest, columns: readonly ModelColumn[]): CompiledForest {
  const nodes = forest.trees.reduce((sum, tree) => sum + tree.column.length, 0)
  const binOf = columns.map((_, column) => binnerOf(thresholdsOf(forest.trees, column)))
  const compiled: CompiledForest = {
    ...{ base: forest.base, columns, binOf, depth: Math.max(0, ...forest.trees.map(tree => depthOf(tree))) },
    ...{ roots: new Int32Array(forest.trees.length), column: new Int32Array(nodes), threshold: new Int32Array(nodes) },
    ...{
      left: new Int32Array(nodes),
      right: new Int32Array(nodes),
      missingLeft: new Uint8Array(nodes),
      set: new Int32Array(nodes),
    },
    ...{ value: new Float64Array(nodes), cover: new Float64Array(nodes), sets: new Uint8Array(0) },
  }
  const sets: Uint8Array[] = []
  let at = 0
  for (const [t, tree] of forest.trees.entries()) {
    compiled.roots[t] = at
    for (const [node, column] of tree.column.entries()) {
      const k = at + node
      compiled.column[k] = column
      compiled.left[k] = at + tree.left[node]!
      compiled.right[k] = at + tree.right[node]!
      compiled.missingLeft[k] = tree.missingLeft[node]!
      compiled.value[k] = tree.value[node]!
      compiled.cover[k] = tree.cover[node]!
      if (column < 0) continue
      const categories = tree.categories[node]
      const threshold = tree.threshold[node]
      if (categories) {
        compiled.threshold[k] = -1
        compiled.set[k] = sets.length
        sets.push(bitsOf(categories, tree.missingLeft[node]! === 1))
      } else compiled.threshold[k] = threshold == null ? 65_535 : binOf[column]!(threshold)
    }
    at += tree.column.length
  }
  compiled.sets = Uint8Array.from(sets.flatMap(set => [...set]))
  return compiled
}

function thresholdsOf(trees: readonly Tree[], column: number): Float64Array {
  const found = new Set<number>()
  for (const tree of trees)
    for (const [node, asked] of tree.column.entries()) {
      const threshold = tree.threshold[node]
      if (asked === column && threshold != null && !tree.categories[node]) found.add(threshold)
    }
  return Float64Array.from(found).sort()
}

export function depthOf(tree: Tree, node = 0): number {
  return tree.column[node]! < 0 ? 0 : 1 + Math.max(depthOf(tree, tree.left[node]), depthOf(tree, tree.right[node]))
}

function bitsOf(bins: readonly number[], missing: boolean): Uint8Array {
  const bits = new Uint8Array(32)
  for (const bin of missing ? [0, ...bins] : bins) bits[bin >> 3] = bits[bin >> 3]! | (1 << (bin & 7))
  return bits
}

/** Gives the bins of rows from … to, row by row; the table's columns are the model's, in its order. */
export function rowEncoder(forest: CompiledForest, table: Table): (from: number, to: number) => Uint16Array {
  const width = forest.columns.length
  const words = forest.columns.map((known, c) => {
    const column = table.columns[c]!
    return known.kind === 'category' && column.kind === 'category' ? binsOfCodes(column, known) : undefined
  })
  return (from, to) => {
    const out = new Uint16Array(width * (to - from))
    for (const [c, column] of table.columns.entries()) {
      if (column.kind === 'number') {
        const binOf = forest.binOf[c]!
        for (let row = from, at = c; row < to; row++, at += width) out[at] = binOf(column.values[row]!)
        continue
      }
      const binOf = words[c]!
      for (let row = from, at = c; row < to; row++, at += width) {
        const code = column.codes[row]!
        out[at] = code < 0 ? MISSING_BIN : binOf[code]!
      }
    }
    return out
  }
}

function binsOfCodes(
  column: Extract<Column, { kind: 'category' }>,
  known: Extract<ModelColumn, { kind: 'category' }>,
): Uint16Array {
  const place = new Map(known.categories.map((category, k) => [category, k + 1]))
  const unknown = known.rare ? known.categories.length + 1 : MISSING_BIN
  return Uint16Array.from(column.categories, category => place.get(category) ?? unknown)
}

/** Which child a row goes to. */
export function childOf(forest: CompiledForest, node: number, bin: number): number {
  const threshold = forest.threshold[node]!
  const left =
    threshold < 0
      ? (forest.sets[forest.set[node]! * 32 + (bin >> 3)]! >> (bin & 7)) & 1
      : bin === MISSING_BIN
        ? forest.missingLeft[node]!
        : bin <= threshold
  return left ? forest.left[node]! : forest.right[node]!
}
