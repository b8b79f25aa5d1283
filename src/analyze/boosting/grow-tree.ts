import type { ColumnBins } from './bins.ts'
import type { Crew } from './crew.ts'
import { bestSplit } from './find-split.ts'
import { leafValue, type NodeSums, type Split } from './gain.ts'
import { CHUNK, chunksOf, type MemoryPlan, RECORD_WORDS, TASK_WORDS, type Views, WALK_WORDS } from './memory-plan.ts'
import type { ForestOptions } from './options.ts'
import { hash, ROW_TRAIN, rowSampler } from './row-sample.ts'
import { histogramSums, PHASE } from './tasks.ts'
import { emptyTree, type Tree } from './tree.ts'

/** A node while its tree grows: a stretch of the list of rows, and its histogram as long as it may be split. */
interface Node extends NodeSums {
  place: number
  from: number
  count: number
  depth: number
  /** Address of its histogram, −1 for none. */
  histogram: number
  split: Split | undefined
}

export interface Ground {
  views: Views
  plan: MemoryPlan
  cuts: readonly ColumnBins[]
  crew: Crew
  options: ForestOptions
}

/** Grows one tree on the gradients in memory and adds its values to the margins of every row in use. */
export function growTree(ground: Ground, round: number): Tree {
  const { views, plan, options } = ground
  const tree = emptyTree()
  const grown: Node[] = []
  const freeHistograms = Array.from(
    { length: plan.shape.maxLeaves },
    (_, k) => plan.histograms + plan.histogramBytes * (plan.shape.maxLeaves - 1 - k),
  )
  chooseColumns(ground, round)
  const root: Node = {
    ...{
      place: 0,
      from: 0,
      count: sampleRows(ground, round),
      depth: 0,
      histogram: freeHistograms.pop()!,
      split: undefined,
    },
    ...{ gradient: 0, curvature: 0, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY },
  }
  addNode(tree, grown, root)
  findSplits(ground, [[root, undefined]], round)
  Object.assign(root, histogramSums(views, root.histogram + plan.columnOffset[0]!, plan.shape.bins[0]!))
  setLeaf(tree, root, options)

  let open = [root]
  let splits = 0
  while (splits + 1 < options.maxLeaves) {
    const ready = open.filter(node => node.split).sort((a, b) => b.split!.gain - a.split!.gain || a.place - b.place)
    const chosen = ready.slice(0, options.growth === 'leaf' ? 1 : options.maxLeaves - splits - 1)
    if (chosen.length === 0) break
    const counts = partition(ground, chosen, splits, round)
    const pairs: [Node, Node][] = []
    const children: Node[] = []
    for (const [k, node] of chosen.entries()) {
      const [left, right] = part(ground, tree, node, counts[k]!, splits++)
      addNode(tree, grown, left)
      addNode(tree, grown, right)
      for (const child of [left, right]) setLeaf(tree, child, options)
      children.push(left, right)
      const [small, large] = left.count <= right.count ? [left, right] : [right, left]
      if (maySplit(left, options) || maySplit(right, options)) {
        large.histogram = node.histogram
        small.histogram = freeHistograms.pop()!
        pairs.push([small, large])
      } else freeHistograms.push(node.histogram)
      node.histogram = -1
    }
    // The last leaves need no histograms.
    if (splits + 1 < options.maxLeaves) findSplits(ground, pairs, round)
    for (const node of children)
      if (!node.split && node.histogram >= 0) {
        freeHistograms.push(node.histogram)
        node.histogram = -1
      }
    open = [...open.filter(node => !chosen.includes(node)), ...children].filter(node => node.split)
  }
  addToMargins(ground, tree, grown, round)
  return tree
}

const maySplit = (node: Node, { maxDepth, minChildWeight }: ForestOptions): boolean =>
  node.depth < maxDepth && node.curvature >= 2 * minChildWeight && node.count > 1

function addNode(tree: Tree, grown: Node[], node: Node): void {
  node.place = grown.length
  grown.push(node)
  tree.column.push(-1)
  tree.threshold.push(0)
  tree.categories.push(null)
  tree.missingLeft.push(0)
  tree.left.push(-1)
  tree.right.push(-1)
  tree.value.push(0)
  tree.cover.push(node.count)
  tree.gain.push(0)
}

function setLeaf(tree: Tree, node: Node, { l2, learningRate }: ForestOptions): void {
  tree.value[node.place] = learningRate * leafValue(node.gradient, node.curvature, l2, node.low, node.high)
}

/** The rows of this tree, in rising order. */
function sampleRows({ views, plan, options }: Ground, round: number): number {
  let at = plan.rows / 4
  const sampled = rowSampler(options, round)
  const all = options.rowShare >= 1
  for (let row = 0; row < plan.shape.rows; row++)
    if (views.u8[plan.states + row] === ROW_TRAIN && (all || sampled(row))) views.u32[at++] = row
  return at - plan.rows / 4
}

/** The columns of this tree: those with the smallest hashes. */
function chooseColumns({ views, plan, options }: Ground, round: number): void {
  const columns = plan.shape.bins.map((_, column) => column)
  const keep = Math.max(1, Math.round(columns.length * options.columnShare))
  const draw = columns.map(column => hash(options.seed ^ 0x5bd1e995, round, column))
  const chosen = columns.toSorted((a, b) => draw[a]! - draw[b]!).slice(0, keep)
  views.u8.fill(0, plan.activeColumns, plan.activeColumns + columns.length)
  for (const column of chosen) views.u8[plan.activeColumns + column] = 1
}

/** Histograms of the smaller sisters, by subtraction those of the larger, and the best split of each that may be split. */
function findSplits({ views, plan, crew, options }: Ground, pairs: [Node, Node | undefined][], round: number): void {
  for (const [k, [small, large]] of pairs.entries()) {
    const search = (maySplit(small, options) || !large ? 1 : 0) + (large && maySplit(large, options) ? 2 : 0)
    const sums = [small, large ?? small].flatMap(node => [node.gradient, node.curvature, node.low, node.high])
    const words = [small.from, small.count, small.histogram, large?.histogram ?? -1, ...sums, search]
    views.f64.set(words, plan.tasks / 8 + k * TASK_WORDS)
  }
  const groups = plan.groups.length
  crew.run(PHASE.histograms, pairs.length * groups, round)
  for (const [k, pair] of pairs.entries())
    for (const [side, node] of pair.entries())
      if (node && (maySplit(node, options) || pair[1] === undefined))
        node.split = bestSplit(views, plan.records + 8 * RECORD_WORDS * groups * (2 * k + side), groups)
}

/** Parts the rows of the nodes; returns how many went left in each. */
function partition({ views, plan, crew }: Ground, nodes: readonly Node[], firstSplit: number, round: number): number[] {
  const { f64 } = views
  const words = (task: number) => plan.tasks / 8 + task * TASK_WORDS
  const owner: Node[] = []
  for (const [k, node] of nodes.entries()) {
    const split = node.split!
    const directions = plan.directions + 256 * (firstSplit + k)
    writeDirections(views.u8, directions, split)
    const group = plan.groups[plan.groupOf[split.column]!]!
    const bins = group.address + split.column - group.first
    const whole = node.count <= CHUNK ? 1 : 0
    for (let from = 0; from < node.count; from += CHUNK) {
      const count = Math.min(CHUNK, node.count - from)
      f64.set([node.from + from, count, bins, group.width, directions, whole], words(owner.length))
      owner.push(node)
    }
  }
  crew.run(PHASE.partition, owner.length, round)
  const lefts = new Map(nodes.map(node => [node, 0]))
  for (const [task, node] of owner.entries()) lefts.set(node, lefts.get(node)! + f64[words(task) + 6]!)
  if (nodes.some(node => node.count > CHUNK)) {
    const next = new Map(nodes.map(node => [node, [node.from, node.from + lefts.get(node)!] as [number, number]]))
    let several = 0
    for (const [task, node] of owner.entries()) {
      if (node.count <= CHUNK) continue
      const at = words(task)
      const [left, right] = next.get(node)!
      next.set(node, [left + f64[at + 6]!, right + f64[at + 1]! - f64[at + 6]!])
      f64.set([f64[at]!, f64[at + 1]!, 0, 0, 0, 0, f64[at + 6]!, left, right], words(several++))
    }
    crew.run(PHASE.collect, several, round)
  }
  return nodes.map(node => lefts.get(node)!)
}

function writeDirections(u8: Uint8Array, at: number, { left, threshold, missingLeft }: Split): void {
  for (let bin = 0; bin < 256; bin++)
    u8[at + bin] = left
      ? (left[bin >> 3]! >> (bin & 7)) & 1
      : bin === 0
        ? Number(missingLeft)
        : Number(bin <= threshold)
}

/** Turns a node into a question and returns its two children. */
function part({ plan, cuts, options }: Ground, tree: Tree, node: Node, leftCount: number, split: number): [Node, Node] {
  const found = node.split!
  const cut = cuts[found.column]!
  const here = node.place
  tree.column[here] = found.column
  tree.missingLeft[here] = Number(found.missingLeft)
  tree.gain[here] = found.gain
  tree.value[here] = 0
  if (cut.kind === 'number') tree.threshold[here] = cut.bounds[found.threshold - 1] ?? null
  else tree.categories[here] = binsIn(found.left!, plan.shape.bins[found.column]!)
  tree.left[here] = 2 * split + 1
  tree.right[here] = 2 * split + 2

  const left: NodeSums = {
    gradient: found.leftGradient,
    curvature: found.leftCurvature,
    low: node.low,
    high: node.high,
  }
  const right: NodeSums = {
    ...left,
    gradient: node.gradient - left.gradient,
    curvature: node.curvature - left.curvature,
  }
  const direction = cut.kind === 'number' ? (options.monotone[found.column] ?? 0) : 0
  if (direction !== 0) {
    const value = (side: NodeSums) => leafValue(side.gradient, side.curvature, options.l2, node.low, node.high)
    const middle = (value(left) + value(right)) / 2
    const [lower, upper] = direction > 0 ? [left, right] : [right, left]
    lower.high = middle
    upper.low = middle
  }
  const child = { place: -1, depth: node.depth + 1, histogram: -1, split: undefined }
  return [
    { ...child, ...left, from: node.from, count: leftCount },
    { ...child, ...right, from: node.from + leftCount, count: node.count - leftCount },
  ]
}

const binsIn = (set: Uint8Array, bins: number): number[] =>
  Array.from({ length: bins }, (_, bin) => bin).filter(bin => bin > 0 && (set[bin >> 3]! >> (bin & 7)) & 1)

function addToMargins({ views, plan, crew, options }: Ground, tree: Tree, grown: readonly Node[], round: number): void {
  const { f64 } = views
  const words = (task: number) => plan.tasks / 8 + task * TASK_WORDS
  let tasks = 0
  for (const node of grown) {
    if (tree.column[node.place]! >= 0) continue
    for (let from = 0; from < node.count; from += CHUNK)
      f64.set([node.from + from, Math.min(CHUNK, node.count - from), tree.value[node.place]!], words(tasks++))
  }
  crew.run(PHASE.leaves, tasks, round)
  if (options.rowShare >= 1 && grown[0]!.count === plan.shape.rows) return
  for (const node of grown) {
    const column = tree.column[node.place]!
    const at = plan.walk + 4 * WALK_WORDS * node.place
    f64[at / 8 + 3] = tree.value[node.place]!
    const [left, right] = [tree.left[node.place]!, tree.right[node.place]!]
    if (column < 0) {
      views.u32[at / 4] = 0
      continue
    }
    const group = plan.groups[plan.groupOf[column]!]!
    const directions = plan.directions + 256 * ((left - 1) / 2)
    views.u32.set([left, right, group.address + column - group.first, group.width, directions], at / 4)
  }
  crew.run(PHASE.others, chunksOf(plan.shape.rows), round)
}
