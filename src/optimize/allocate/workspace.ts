import { f32, f64, i32, type Problem, u8 } from './problem.ts'

/**
 * Everything the threads share while one problem is solved. Customers are cut into blocks whose number depends on the
 * problem alone; each block's sums go to its own place and are added in block order, so the answer is the same bit for
 * bit for any number of threads.
 */
export interface Workspace {
  problem: Problem
  blocks: number
  /** Doubles one block writes: value, usage per resource, curvature (resources²). */
  stride: number
  out: Float64Array
  /** Shadow price per resource (signed: negative where a minimum binds) and per code. */
  price: Float64Array
  codePrice: Float64Array
  /** What the threads are told: see `ARG`. */
  args: Float64Array
  /** Regret per customer, then chosen flag per option. */
  regret: Float32Array
  chosen: Uint8Array
  control: Int32Array
}

export const ARG = { temperature: 0, stride: 1, curvatureEvery: 2 } as const
/** Places in `control`: number of the current task (threads wait on it), its kind, next block to claim, blocks done. */
export const CONTROL = { epoch: 0, kind: 1, next: 2, done: 3, stop: 4 } as const
export const KIND = { smooth: 1, exact: 2, regret: 3, price: 4 } as const
export type Kind = (typeof KIND)[keyof typeof KIND]

/** 64 blocks balance two or sixty-four threads; fewer when the curvature blocks would take more than 256 MB. */
function blocksFor(p: Problem): number {
  const perBlock = 8 * (1 + p.resources + p.resources * p.resources)
  return Math.max(1, Math.min(64, Math.floor(2 ** 28 / perBlock), Math.ceil(p.customers / 64)))
}

export function makeWorkspace(problem: Problem): Workspace {
  const blocks = blocksFor(problem)
  const m = problem.resources
  const stride = 1 + m + m * m
  return {
    problem,
    blocks,
    stride,
    out: f64(blocks * stride),
    price: f64(m),
    codePrice: f64(problem.codes),
    args: f64(8),
    regret: f32(problem.customers),
    chosen: u8(problem.options),
    control: i32(8),
  }
}

export const blockStart = (w: Workspace, block: number): number => Math.floor((w.problem.customers * block) / w.blocks)
