import { type CompiledForest, childOf } from './compile-forest.ts'

/**
 * Exact Shapley values of a row's log-odds (TreeSHAP, path-dependent: Lundberg, Erion & Lee 2018, algorithm 2): what each
 * column moves it by against the average customer trained on. They add up: Σ parts + expected = log-odds.
 */
export interface Explainer {
  /** Mean log-odds over the customers trained on. */
  expected: number
  /** Adds the parts of one encoded row (starting at `at` in `bins`) to `parts`. */
  explain(bins: Uint16Array, at: number, parts: Float64Array): void
}

export function explainForest(forest: CompiledForest): Explainer {
  const { column, value, cover, left, right } = forest
  // A path of d splits has d + 1 elements, and every depth of the walk keeps its own copy.
  const longest = forest.depth + 2
  const size = (longest * (longest + 1)) / 2 + longest
  const feature = new Int32Array(size)
  const zero = new Float64Array(size)
  const one = new Float64Array(size)
  const weight = new Float64Array(size)

  /** Puts a split on the path that begins at `start` and has `depth` elements. */
  function extend(start: number, depth: number, zeroPart: number, onePart: number, asked: number): void {
    const end = start + depth
    feature[end] = asked
    zero[end] = zeroPart
    one[end] = onePart
    weight[end] = depth === 0 ? 1 : 0
    for (let i = depth - 1; i >= 0; i--) {
      const k = start + i
      weight[k + 1] = weight[k + 1]! + (onePart * weight[k]! * (i + 1)) / (depth + 1)
      weight[k] = (zeroPart * weight[k]! * (depth - i)) / (depth + 1)
    }
  }

  /** Takes element `index` off a path whose last element is `depth`. */
  function unwind(start: number, depth: number, index: number): void {
    const onePart = one[start + index]!
    const zeroPart = zero[start + index]!
    let next = weight[start + depth]!
    for (let i = depth - 1; i >= 0; i--) {
      const k = start + i
      if (onePart !== 0) {
        const before = weight[k]!
        weight[k] = (next * (depth + 1)) / ((i + 1) * onePart)
        next = before - (weight[k]! * zeroPart * (depth - i)) / (depth + 1)
      } else weight[k] = (weight[k]! * (depth + 1)) / (zeroPart * (depth - i))
    }
    for (let k = start + index; k < start + depth; k++) {
      feature[k] = feature[k + 1]!
      zero[k] = zero[k + 1]!
      one[k] = one[k + 1]!
    }
  }

  /** What the weights would sum to with element `index` taken off. */
  function unwoundSum(start: number, depth: number, index: number): number {
    const onePart = one[start + index]!
    const zeroPart = zero[start + index]!
    let next = weight[start + depth]!
    let total = 0
    for (let i = depth - 1; i >= 0; i--) {
      const k = start + i
      if (onePart !== 0) {
        const part = (next * (depth + 1)) / ((i + 1) * onePart)
        total += part
        next = weight[k]! - part * zeroPart * ((depth - i) / (depth + 1))
      } else if (zeroPart !== 0) total += weight[k]! / zeroPart / ((depth - i) / (depth + 1))
    }
    return total
  }

  function walk(
    node: number,
    bins: Uint16Array,
    at: number,
    parts: Float64Array,
    depth: number,
    parent: number,
    zeroPart: number,
    onePart: number,
    asked: number,
  ): void {
    const start = parent + depth
    for (let i = 0; i < depth; i++) {
      feature[start + i] = feature[parent + i]!
      zero[start + i] = zero[parent + i]!
      one[start + i] = one[parent + i]!
      weight[start + i] = weight[parent + i]!
    }
    extend(start, depth, zeroPart, onePart, asked)
    const c = column[node]!
    if (c < 0) {
      for (let i = 1; i <= depth; i++) {
        const k = start + i
        parts[feature[k]!] = parts[feature[k]!]! + unwoundSum(start, depth, i) * (one[k]! - zero[k]!) * value[node]!
      }
      return
    }
    const hot = childOf(forest, node, bins[at + c]!)
    const cold = hot === left[node] ? right[node]! : left[node]!
    let last = depth
    let zeroBefore = 1
    let oneBefore = 1
    // A column asked a second time on one path counts once: its first element is taken off again.
    let found = 0
    for (let i = 1; i <= depth && found === 0; i++) if (feature[start + i] === c) found = i
    if (found > 0) {
      zeroBefore = zero[start + found]!
      oneBefore = one[start + found]!
      unwind(start, depth, found)
      last--
    }
    const total = cover[node]!
    walk(hot, bins, at, parts, last + 1, start, (zeroBefore * cover[hot]!) / total, oneBefore, c)
    walk(cold, bins, at, parts, last + 1, start, (zeroBefore * cover[cold]!) / total, 0, c)
  }

  return {
    expected: expectedMargin(forest),
    explain(bins, at, parts) {
      for (const root of forest.roots) if (column[root]! >= 0) walk(root, bins, at, parts, 0, 0, 1, 1, -1)
    },
  }
}

function expectedMargin({ base, roots, column, cover, value, left, right }: CompiledForest): number {
  const mean = (node: number): number =>
    column[node]! < 0
      ? value[node]!
      : (cover[left[node]!]! * mean(left[node]!) + cover[right[node]!]! * mean(right[node]!)) / cover[node]!
  let expected = base
  for (const root of roots) expected += mean(root)
  return expected
}
