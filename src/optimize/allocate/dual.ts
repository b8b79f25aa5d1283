import type { Crew } from './crew.ts'
import { ARG, KIND, type Workspace } from './workspace.ts'

/** The smoothed dual at some prices: value, usage expected per resource, curvature (resources²). */
export interface DualPoint {
  value: number
  usage: Float64Array
  curvature: Float64Array
}

/**
 * What the limits are worth at signed prices: max·price above zero, min·price below. Where a resource has no upper (lower)
 * limit its price may not be positive (negative).
 */
export function worthOfLimits(w: Workspace, price: Float64Array, share = 1): number {
  const { max, min } = w.problem
  let worth = 0
  for (let r = 0; r < price.length; r++) {
    if (price[r]! > 0) worth += price[r]! * max[r]! * share
    else if (price[r]! < 0) worth += price[r]! * min[r]! * share
  }
  return worth
}

export function setPrices(w: Workspace, crew: Crew, price: Float64Array): void {
  w.price.set(price)
  crew.run(KIND.price)
}

/** Smoothed dual over every `stride`-th customer, against limits scaled to that sample. */
export function smoothedAt(
  w: Workspace,
  crew: Crew,
  price: Float64Array,
  temperature: number,
  stride: number,
  into: DualPoint,
): DualPoint {
  setPrices(w, crew, price)
  const sampled = Math.ceil(w.problem.customers / stride)
  w.args[ARG.temperature] = temperature
  w.args[ARG.stride] = stride
  w.args[ARG.curvatureEvery] = Math.max(1, Math.floor(sampled / CURVATURE_SAMPLE))
  crew.run(KIND.smooth)
  const m = w.problem.resources
  into.usage.fill(0)
  into.curvature.fill(0)
  into.value = worthOfLimits(w, price, sampled / w.problem.customers)
  for (let block = 0; block < w.blocks; block++) {
    const at = block * w.stride
    into.value += w.out[at]!
    for (let r = 0; r < m; r++) into.usage[r] = into.usage[r]! + w.out[at + 1 + r]!
    for (let c = 0; c < m * m; c++) into.curvature[c] = into.curvature[c]! + w.out[at + 1 + m + c]!
  }
  for (let c = 0; c < m * m; c++) into.curvature[c] = into.curvature[c]! / temperature
  return into
}

/** Customers whose choices make the curvature: enough for a good Newton step, however many customers there are. */
const CURVATURE_SAMPLE = 50_000

/**
 * The certified upper bound at some prices. Summing n terms is off by at most n rounding errors of their size; the bound is
 * raised by that much, so that arithmetic can never place it under a true optimum (4e-11 of itself at 10 M customers).
 */
export function exactBound(w: Workspace, crew: Crew, price: Float64Array): number {
  setPrices(w, crew, price)
  crew.run(KIND.exact)
  const worth = worthOfLimits(w, price)
  let sum = 0
  let size = Math.abs(worth)
  for (let block = 0; block < w.blocks; block++) {
    sum += w.out[block * w.stride]!
    size += Math.abs(w.out[block * w.stride]!)
  }
  const terms = w.problem.customers / w.blocks + w.blocks + 4 * w.problem.resources + 8
  return worth + sum + size * terms * Number.EPSILON
}
