import { WIDEST } from './histogram-kernel.ts'

/** What must be known to lay out the memory all threads share. */
export interface Shape {
  rows: number
  /** Bins per column, the missing one included. */
  bins: readonly number[]
  categorical: readonly boolean[]
  maxLeaves: number
  threads: number
}

export interface Group {
  first: number
  width: number
  /** Address of its bins: `width` bytes a row. */
  address: number
}

/** Addresses in bytes from the start of the shared memory. */
export interface MemoryPlan {
  shape: Shape
  groups: readonly Group[]
  groupOf: readonly number[]
  /** Offset of each column's bins within a histogram; 16 bytes a bin (gradient, curvature). */
  columnOffset: readonly number[]
  histogramBytes: number
  control: number
  tasks: number
  records: number
  partials: number
  /** The finished tree, for rows it was not grown on. */
  walk: number
  /** 256 bytes a split: 1 where that bin goes left. */
  directions: number
  activeColumns: number
  /** Per thread: room for the bins and gradients of `GATHERED` rows. */
  gathered: number
  /** 0, 1, 2 … */
  counting: number
  labels: number
  states: number
  gradients: number
  margins: number
  rows: number
  spare: number
  histograms: number
  bytes: number
}

/** Rows one task covers: some 100 µs of work, so that threads finish together and waking them costs little. */
export const CHUNK = 65_536
/** Rows gathered at a time: 8 KiB, which stay in the first-level cache beside the histogram of a group. */
export const GATHERED = 512
export const GATHER_BYTES = 16 * GATHERED + 64
/** 64-bit numbers that describe one task, and one split found. */
export const TASK_WORDS = 16
export const RECORD_WORDS = 16
/** 32-bit words of a node for rows that walk down the tree; the last two are one 64-bit value. */
export const WALK_WORDS = 8

export const chunksOf = (rows: number): number => Math.ceil(rows / CHUNK)

export function planMemory(shape: Shape): MemoryPlan {
  const columns = shape.bins.length
  // At least two groups a thread where there are columns for it: the first histogram of a tree is shared out by groups.
  // A column's sums do not depend on its group, so the number of threads changes no result.
  const count = Math.min(columns, Math.max(Math.ceil(columns / WIDEST), shape.threads > 1 ? 2 * shape.threads : 1))
  let end = 0
  const take = (bytes: number): number => {
    const address = end
    end = Math.ceil((end + bytes) / 64) * 64
    return address
  }
  const control = take(256)
  const mostTasks = chunksOf(shape.rows) + 2 * shape.maxLeaves + 8
  const groups = Array.from({ length: count }, (_, g) => {
    const first = Math.floor((g * columns) / count)
    return { first, width: Math.floor(((g + 1) * columns) / count) - first, address: 0 }
  })
  const groupOf = groups.flatMap((group, g) => Array.from({ length: group.width }, () => g))
  const tasks = take(8 * TASK_WORDS * mostTasks)
  const records = take(8 * RECORD_WORDS * 2 * shape.maxLeaves * Math.max(1, count))
  const partials = take(8 * chunksOf(shape.rows))
  const walk = take(8 * WALK_WORDS * shape.maxLeaves)
  const directions = take(256 * shape.maxLeaves)
  const activeColumns = take(columns)
  const gathered = take(shape.threads * GATHER_BYTES)
  const counting = take(4 * GATHERED)
  const labels = take(shape.rows)
  const states = take(shape.rows)
  const gradients = take(8 * shape.rows)
  const margins = take(8 * shape.rows)
  const rows = take(4 * shape.rows)
  const spare = take(4 * shape.rows)
  // Eight bytes more: the kernel loads eight bytes a row whatever the group's width.
  for (const group of groups) group.address = take(group.width * shape.rows + 8)
  const columnOffset: number[] = []
  let histogramBytes = 0
  for (const bins of shape.bins) {
    columnOffset.push(histogramBytes)
    histogramBytes += 16 * bins
  }
  histogramBytes = Math.ceil(histogramBytes / 64) * 64
  const histograms = take(histogramBytes * shape.maxLeaves)
  const addresses = {
    control,
    tasks,
    records,
    partials,
    walk,
    directions,
    activeColumns,
    gathered,
    counting,
    labels,
    states,
  }
  const large = { gradients, margins, rows, spare, histograms, bytes: end }
  return { shape, groups, groupOf, columnOffset, histogramBytes, ...addresses, ...large }
}

/** The shared memory seen as every type that lies in it. */
export interface Views {
  u8: Uint8Array
  i32: Int32Array
  u32: Uint32Array
  f32: Float32Array
  f64: Float64Array
}

export const viewsOf = ({ buffer }: WebAssembly.Memory): Views => ({
  u8: new Uint8Array(buffer),
  i32: new Int32Array(buffer),
  u32: new Uint32Array(buffer),
  f32: new Float32Array(buffer),
  f64: new Float64Array(buffer),
})
