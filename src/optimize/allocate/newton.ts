import { solvePositive } from './cholesky.ts'
import type { Crew } from './crew.ts'
import { type DualPoint, smoothedAt } from './dual.ts'
import type { Workspace } from './workspace.ts'

export interface NewtonState {
  price: Float64Array
  point: DualPoint
  trial: DualPoint
  /** Levenberg damping, carried from one temperature to the next. */
  damping: number
  passes: number
  /** Largest size a price may have; none: no such limit. */
  box?: Float64Array
}

export const emptyPoint = (m: number): DualPoint => ({
  value: 0,
  usage: new Float64Array(m),
  curvature: new Float64Array(m * m),
})

/**
 * Projected Newton with Levenberg damping on the smoothed dual at one temperature. A price is signed and has a kink at 0
 * where the worth of its limit turns from max to min: there it moves only if a one-sided slope says so, and a step stops
 * at 0. `tolerance` is the predicted gain relative to the dual value at which the temperature counts as solved.
 */
export function newton(
  w: Workspace,
  crew: Crew,
  s: NewtonState,
  temperature: number,
  stride: number,
  tolerance: number,
  outOfTime: () => boolean,
): void {
  const m = w.problem.resources
  const share = Math.ceil(w.problem.customers / stride) / w.problem.customers
  const { max, min } = w.problem
  const slope = new Float64Array(m)
  const free = new Int32Array(m)
  const next = new Float64Array(m)
  const matrix = new Float64Array(m * m)
  const step = new Float64Array(m)
  smoothedAt(w, crew, s.price, temperature, stride, s.point)
  s.passes++
  for (let round = 0; round < 60; round++) {
    let n = 0
    for (let r = 0; r < m; r++) {
      const up = max[r]! * share - s.point.usage[r]!
      const down = min[r]! * share - s.point.usage[r]!
      const p = s.price[r]!
      if (p > 0) slope[r] = up
      else if (p < 0) slope[r] = down
      else slope[r] = up < 0 ? up : Math.max(down, 0)
      const walled = s.box !== undefined && Math.abs(p) >= s.box[r]! && slope[r]! * p < 0
      if ((p !== 0 || slope[r] !== 0) && !walled) free[n++] = r
    }
    if (n === 0) return
    let accepted = false
    for (let attempt = 0; attempt < 12 && !accepted; attempt++) {
      if (outOfTime()) return
      fillSystem(w, s, slope, free, n, temperature, matrix, step)
      if (!solvePositive(matrix, step, n)) {
        s.damping = Math.max(s.damping * 8, 1e-6)
        continue
      }
      next.set(s.price)
      let predicted = 0
      for (let a = 0; a < n; a++) {
        const r = free[a]!
        const p = s.price[r]!
        let to = p + step[a]!
        // At min = max there is no kink and the price may pass through 0.
        if (max[r]! !== min[r]! && ((p > 0 && to < 0) || (p < 0 && to > 0))) to = 0
        if (p === 0 && max[r]! !== min[r]!) to = slope[r]! < 0 ? Math.max(0, to) : Math.min(0, to)
        if (s.box) to = Math.max(-s.box[r]!, Math.min(s.box[r]!, to))
        next[r] = to
        predicted -= slope[r]! * (to - p)
      }
      const scale = Math.abs(s.point.value) + Number.MIN_VALUE
      if (!(predicted > tolerance * scale)) return
      smoothedAt(w, crew, next, temperature, stride, s.trial)
      s.passes++
      const gained = s.point.value - s.trial.value
      // The model predicts about half of slope·step at a full Newton step.
      const ratio = gained / predicted
      if (gained > 1e-4 * predicted) {
        s.price.set(next)
        const swap = s.point
        s.point = s.trial
        s.trial = swap
        s.damping = ratio > 0.4 ? s.damping / 5 : ratio < 0.15 ? s.damping * 4 : s.damping
        s.damping = Math.min(1e6, Math.max(s.damping, 1e-9))
        accepted = true
      } else {
        s.damping = Math.min(1e9, Math.max(s.damping, 1e-4) * 8)
      }
    }
    if (!accepted) return
  }
}

/**
 * (H + damping)·step = −slope over the free prices. Besides the usual share of the diagonal, a price whose customers are
 * all decided (no curvature) may move by some temperatures at most: the model knows nothing further away.
 */
function fillSystem(
  w: Workspace,
  s: NewtonState,
  slope: Float64Array,
  free: Int32Array,
  n: number,
  temperature: number,
  matrix: Float64Array,
  step: Float64Array,
): void {
  const m = w.problem.resources
  for (let a = 0; a < n; a++) {
    const r = free[a]!
    for (let b = 0; b < a; b++) matrix[a * n + b] = s.point.curvature[r * m + free[b]!]!
    const own = s.point.curvature[r * m + r]!
    const reach = (STEP_IN_TEMPERATURES * temperature) / amountScale(w, r)
    matrix[a * n + a] = own * (1 + s.damping) + Math.abs(slope[r]!) / reach + Number.MIN_VALUE * 1e20
    step[a] = -slope[r]!
  }
}

const STEP_IN_TEMPERATURES = 30

const scales = new WeakMap<Workspace, Float64Array>()

/** Typical (mean) amount one option uses of a resource: turns a price into value. */
export function amountScale(w: Workspace, resource: number): number {
  let known = scales.get(w)
  if (!known) {
    known = new Float64Array(w.problem.resources)
    const count = new Float64Array(w.problem.resources)
    const { useResource, useAmount } = w.problem
    for (let e = 0; e < useResource.length; e++) {
      known[useResource[e]!] = known[useResource[e]!]! + useAmount[e]!
      count[useResource[e]!] = count[useResource[e]!]! + 1
    }
    for (let r = 0; r < known.length; r++) known[r] = count[r]! > 0 ? known[r]! / count[r]! : 1
    scales.set(w, known)
  }
  return known[resource]!
}
