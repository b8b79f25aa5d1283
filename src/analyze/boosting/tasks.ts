import type { Work } from './crew.ts'
import { findSplit } from './find-split.ts'
import { type AddRows, type GatherRows, gatherKernel, histogramKernel } from './histogram-kernel.ts'
import {
  CHUNK,
  GATHER_BYTES,
  GATHERED,
  type MemoryPlan,
  RECORD_WORDS,
  TASK_WORDS,
  type Views,
  WALK_WORDS,
} from './memory-plan.ts'
import type { ForestOptions } from './options.ts'
import { ROW_HELD, ROW_TRAIN, ROW_UNUSED, rowSampler } from './row-sample.ts'

/** The lists of tasks one round of boosting is made of. */
export const PHASE = { gradients: 0, histograms: 1, partition: 2, collect: 3, leaves: 4, others: 5 } as const

/** A node with less than this part of the rows has hardly two of them in a cache line. */
const SPARSE = 4

/** What each thread does for each kind of task. The words of a task are filled by the leader (grow-tree.ts). */
export function workOn(
  memory: WebAssembly.Memory,
  views: Views,
  plan: MemoryPlan,
  options: ForestOptions,
  thread: number,
): Work {
  const kernels: AddRows[] = []
  const gathers: GatherRows[] = []
  const kernelOf = (width: number) => (kernels[width] ??= histogramKernel(memory, width))
  const gatherOf = (width: number) => (gathers[width] ??= gatherKernel(memory, width))
  const gatheredBins = plan.gathered + thread * GATHER_BYTES
  const gatheredGradients = gatheredBins + 8 * GATHERED + 8
  const { u8, u32, f32, f64 } = views
  const rowsAt = plan.rows / 4
  const spareAt = plan.spare / 4
  const marginsAt = plan.margins / 8
  const gradientsAt = plan.gradients / 4
  const words = (task: number) => plan.tasks / 8 + task * TASK_WORDS

  /** Gradient p − y and curvature p(1 − p) of the rows of a chunk, and the log-loss of its held-out ones. */
  function gradients(chunk: number): void {
    const to = Math.min(plan.shape.rows, (chunk + 1) * CHUNK)
    let loss = 0
    for (let row = chunk * CHUNK; row < to; row++) {
      const state = u8[plan.states + row]!
      if (state === ROW_UNUSED) continue
      const margin = f64[marginsAt + row]!
      const label = u8[plan.labels + row]!
      if (state === ROW_HELD) {
        const right = label ? margin : -margin
        loss += right > 0 ? Math.log1p(Math.exp(-right)) : Math.log1p(Math.exp(right)) - right
        continue
      }
      const p = 1 / (1 + Math.exp(-margin))
      f32[gradientsAt + 2 * row] = p - label
      f32[gradientsAt + 2 * row + 1] = p * (1 - p)
    }
    f64[plan.partials / 8 + chunk] = loss
  }

  function addRows(rows: number, count: number, width: number, bins: number, columns: number[]): void {
    const add = kernelOf(width)
    if (count * SPARSE > plan.shape.rows) {
      add(rows, count, bins, plan.gradients, columns)
      return
    }
    const gather = gatherOf(width)
    for (let done = 0; done < count; done += GATHERED) {
      const some = Math.min(GATHERED, count - done)
      gather(rows + 4 * done, some, bins, plan.gradients, gatheredBins, gatheredGradients)
      add(plan.counting, some, gatheredBins, gatheredGradients, columns)
    }
  }

  /** One group of columns of two sisters: the smaller is counted, the larger is what is left of their parent. */
  function histograms(task: number): void {
    const group = task % plan.groups.length
    const pair = Math.floor(task / plan.groups.length)
    const { first, width, address } = plan.groups[group]!
    const at = words(pair)
    const [from, count, small, large, search] = [f64[at]!, f64[at + 1]!, f64[at + 2]!, f64[at + 3]!, f64[at + 12]!]
    const start = plan.columnOffset[first]!
    const next = first + width
    const end = plan.columnOffset[next] ?? plan.histogramBytes
    f64.fill(0, (small + start) / 8, (small + end) / 8)
    const columns = plan.columnOffset.slice(first, next).map(offset => small + offset)
    addRows(plan.rows + 4 * from, count, width, address, columns)
    const record = plan.records + 8 * RECORD_WORDS * (2 * pair * plan.groups.length + group)
    const sums = { gradient: f64[at + 4]!, curvature: f64[at + 5]!, low: f64[at + 6]!, high: f64[at + 7]! }
    if (large < 0) Object.assign(sums, histogramSums(views, small + start, plan.shape.bins[first]!))
    else
      for (let k = (small + start) / 8, l = (large + start) / 8; k < (small + end) / 8; k++, l++)
        f64[l] = f64[l]! - f64[k]!
    if (search & 1) findSplit(views, plan, options, small, group, sums, record)
    if (search & 2) {
      const other = { gradient: f64[at + 8]!, curvature: f64[at + 9]!, low: f64[at + 10]!, high: f64[at + 11]! }
      findSplit(views, plan, options, large, group, other, record + 8 * RECORD_WORDS * plan.groups.length)
    }
  }

  /** Rows of one chunk of a node parted into left and right, both still in rising order. */
  function partition(task: number): void {
    const at = words(task)
    const from = f64[at]!
    const count = f64[at + 1]!
    const bins = f64[at + 2]!
    const stride = f64[at + 3]!
    const directions = f64[at + 4]!
    const whole = f64[at + 5]! === 1
    const source = rowsAt + from
    // A node that is one chunk is parted in place; else both sides wait in the spare list until all counts are known.
    const target = whole ? source : spareAt + from
    let left = target
    let right = spareAt + from + count
    // Written to both sides, kept on one: a branch here would be guessed wrong every other time (5 ns a row against 2).
    // In place nothing unread is overwritten, since `left` never passes `k`; in the spare list the two ends meet on the last row.
    for (let k = source; k < source + count; k++) {
      const row = u32[k]!
      const goesLeft = u8[directions + u8[bins + row * stride]!]!
      u32[right - 1] = row
      right -= 1 - goesLeft
      u32[left] = row
      left += goesLeft
    }
    f64[at + 6] = left - target
    if (whole) for (let k = left, s = spareAt + from + count - 1; s >= right; ) u32[k++] = u32[s--]!
  }

  /** Brings a parted chunk from the spare list to its places. */
  function collect(task: number): void {
    const at = words(task)
    const from = spareAt + f64[at]!
    const end = from + f64[at + 1]!
    const left = f64[at + 6]!
    u32.copyWithin(rowsAt + f64[at + 7]!, from, from + left)
    for (let k = rowsAt + f64[at + 8]!, s = end - 1; s >= from + left; ) u32[k++] = u32[s--]!
  }

  function leaves(task: number): void {
    const at = words(task)
    const start = rowsAt + f64[at]!
    const end = start + f64[at + 1]!
    const value = f64[at + 2]!
    for (let k = start; k < end; k++) {
      const m = marginsAt + u32[k]!
      f64[m] = f64[m]! + value
    }
  }

  /** Rows the tree was not grown on walk down it. Words of a node: children, then its bins, their stride, its directions. */
  function others(chunk: number, round: number): void {
    const to = Math.min(plan.shape.rows, (chunk + 1) * CHUNK)
    const sampled = rowSampler(options, round)
    const all = options.rowShare >= 1
    const root = plan.walk / 4
    for (let row = chunk * CHUNK; row < to; row++) {
      const state = u8[plan.states + row]!
      if (state === ROW_UNUSED || (state === ROW_TRAIN && (all || sampled(row)))) continue
      let at = root
      while (u32[at]! > 0) {
        const bin = u8[u32[at + 2]! + row * u32[at + 3]!]!
        at = root + WALK_WORDS * u32[at + 1 - u8[u32[at + 4]! + bin]!]!
      }
      const m = marginsAt + row
      f64[m] = f64[m]! + f64[(at + 6) / 2]!
    }
  }

  return (phase, task, round) => {
    if (phase === PHASE.histograms) histograms(task)
    else if (phase === PHASE.partition) partition(task)
    else if (phase === PHASE.collect) collect(task)
    else if (phase === PHASE.gradients) gradients(task)
    else if (phase === PHASE.leaves) leaves(task)
    else others(task, round)
  }
}

/** Gradient and curvature of a node: the sums of any of its columns. */
export function histogramSums({ f64 }: Views, address: number, bins: number): { gradient: number; curvature: number } {
  let gradient = 0
  let curvature = 0
  for (let k = address / 8; k < address / 8 + 2 * bins; k += 2) {
    gradient += f64[k]!
    curvature += f64[k + 1]!
  }
  return { gradient, curvature }
}
