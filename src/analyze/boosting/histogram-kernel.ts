import { get, I32, I64, i32, i64, loopUntil, moduleOf, op, set, tee, V128 } from './wasm-code.ts'

/**
 * Adds the gradient and the curvature of each listed row to the bins of up to eight columns: the loop that boosting spends
 * most of its time in. A group's bins lie together row by row (one or two cache lines feed eight columns), gradient and curvature are
 * two f32 that become one vector of two f64, so a bin is one load, one add, one store: 0.4–0.5 ns a bin against 1.1–1.6 ns
 * for the same loop in JavaScript (one core, 1 M rows).
 */
export type AddRows = (rows: number, count: number, bins: number, gradients: number, columns: readonly number[]) => void

/** Columns in one group: as many bytes as one 64-bit load brings. */
export const WIDEST = 8

/**
 * Brings the bins and gradients of listed rows together. Where a node has few of the rows, each lies in a cache line of its own; a
 * loop that only copies has dozens of them under way at once, one that also counts has a few.
 */
export type GatherRows = (
  rows: number,
  count: number,
  bins: number,
  gradients: number,
  toBins: number,
  toGradients: number,
) => void

const modules = new Map<string, WebAssembly.Module>()

function instance(memory: WebAssembly.Memory, name: string, assemble: () => Uint8Array<ArrayBuffer>) {
  const module = modules.get(name) ?? new WebAssembly.Module(assemble())
  modules.set(name, module)
  return new WebAssembly.Instance(module, { env: { memory } }).exports['run'] as (...args: number[]) => void
}

/** The kernel for groups of `width` columns: `columns` holds the address of each column's bins in the histogram. */
export function histogramKernel(memory: WebAssembly.Memory, width: number): AddRows {
  const run = instance(memory, `add ${width}`, () => assembleAdd(width))
  return (rows, count, bins, gradients, columns) => run(rows, count, bins, gradients, ...columns)
}

export const gatherKernel = (memory: WebAssembly.Memory, width: number): GatherRows =>
  instance(memory, `gather ${width}`, () => assembleGather(width))

function assembleAdd(width: number): Uint8Array<ArrayBuffer> {
  const [rows, count, bins, gradients, columns] = [0, 1, 2, 3, 4]
  const parameters = 4 + width
  const [end, row, bin, packed, pair] = [0, 1, 2, 3, 4].map(k => parameters + k) as [
    number,
    number,
    number,
    number,
    number,
  ]
  const addTo = (k: number) => [
    ...get(columns + k),
    ...get(packed),
    ...(k === 0 ? [] : [...i64(8 * k), ...op.shiftRight64]),
    ...[...op.low32, ...i32(255), ...op.and, ...i32(4), ...op.shiftLeft, ...op.add, ...tee(bin)],
    ...[...get(bin), ...op.loadVector, ...get(pair), ...op.addVector, ...op.storeVector],
  ]
  const body = [
    ...[...get(rows), ...get(count), ...i32(2), ...op.shiftLeft, ...op.add, ...set(end)],
    ...loopUntil(
      [...get(rows), ...get(end), ...op.atLeast],
      [
        ...[...get(rows), ...op.load32, ...set(row)],
        ...[...get(gradients), ...get(row), ...i32(3), ...op.shiftLeft, ...op.add, ...op.loadPair, ...set(pair)],
        ...[...get(bins), ...get(row), ...i32(width), ...op.multiply, ...op.add, ...op.load64, ...set(packed)],
        ...Array.from({ length: width }, (_, k) => addTo(k)).flat(),
        ...[...get(rows), ...i32(4), ...op.add, ...set(rows)],
      ],
    ),
  ]
  return moduleOf(parameters, [I32, I32, I32, I64, V128], body)
}

function assembleGather(width: number): Uint8Array<ArrayBuffer> {
  const [rows, count, bins, gradients, toBins, toGradients, end, row] = [0, 1, 2, 3, 4, 5, 6, 7]
  const forward = (local: number, bytes: number) => [...get(local), ...i32(bytes), ...op.add, ...set(local)]
  const body = [
    ...[...get(rows), ...get(count), ...i32(2), ...op.shiftLeft, ...op.add, ...set(end)],
    ...loopUntil(
      [...get(rows), ...get(end), ...op.atLeast],
      [
        ...[...get(rows), ...op.load32, ...set(row)],
        // Eight bytes are written though `width` count: the next row's overwrite what is too much.
        ...[
          ...get(toBins),
          ...get(bins),
          ...get(row),
          ...i32(width),
          ...op.multiply,
          ...op.add,
          ...op.load64,
          ...op.store64,
        ],
        ...[
          ...get(toGradients),
          ...get(gradients),
          ...get(row),
          ...i32(3),
          ...op.shiftLeft,
          ...op.add,
          ...op.load64,
          ...op.store64,
        ],
        ...[...forward(rows, 4), ...forward(toBins, width), ...forward(toGradients, 8)],
      ],
    ),
  ]
  return moduleOf(6, [I32, I32], body)
}
