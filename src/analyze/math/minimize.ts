import { cholesky, invertCholesky, solveCholesky } from './small-matrix.ts'

/** A smooth function of a few variables: returns its value and fills the gradient. */
export type Objective = (at: Float64Array, gradient: Float64Array) => number

export interface Minimum {
  at: Float64Array
  value: number
  /** Largest absolute component of the gradient at the end, relative to 1 + |value|. */
  gradientNorm: number
  /** Inverse Hessian at the minimum; undefined where the Hessian is not positive definite (a flat or open direction). */
  covariance: Float64Array | undefined
  converged: boolean
  evaluations: number
}

export interface MinimizeOptions {
  maxIterations?: number
  /** Stop when the gradient norm (see `Minimum`) is below this. */
  tolerance?: number
  /** No step moves a variable further than this (the variables are logarithms). */
  maxStep?: number
}

/**
 * BFGS with a backtracking line search (Nocedal & Wright 2006, algorithm 6.1), then Newton steps on the Hessian differenced
 * from the analytic gradient: the latter takes the estimate to rounding error and gives the covariance.
 */
export function minimize(f: Objective, start: ArrayLike<number>, options: MinimizeOptions = {}): Minimum {
  const { maxIterations = 200, tolerance = 1e-9, maxStep = 2 } = options
  const n = start.length
  const state = { evaluations: 0 }
  const counted: Objective = (at, gradient) => {
    state.evaluations++
    return f(at, gradient)
  }
  let at = Float64Array.from(start)
  let gradient = new Float64Array(n)
  let value = counted(at, gradient)
  let inverse = identity(n)
  const norm = () => largest(gradient) / (1 + Math.abs(value))

  for (let iteration = 0; iteration < maxIterations && norm() > Math.max(tolerance, 1e-7); iteration++) {
    let direction = multiply(inverse, gradient, -1)
    if (dot(direction, gradient) >= 0) {
      inverse = identity(n)
      direction = gradient.map(g => -g)
    }
    const next = lineSearch(counted, at, value, gradient, direction, maxStep)
    if (!next) break
    const s = next.at.map((v, i) => v - at[i]!)
    const y = next.gradient.map((v, i) => v - gradient[i]!)
    const previous = value
    at = next.at
    gradient = next.gradient
    value = next.value
    if (iteration === 0 && dot(s, y) > 0) inverse = identity(n, dot(s, y) / dot(y, y))
    updateInverse(inverse, s, y)
    if (Math.abs(previous - value) <= 1e-15 * (1 + Math.abs(value)) && norm() < 1e-6) break
  }

  let covariance: Float64Array | undefined
  for (let polish = 0; polish < 8; polish++) {
    const hessian = differenceHessian(counted, at)
    const factor = cholesky(hessian, n)
    covariance = factor && invertCholesky(factor, n)
    if (!factor || norm() <= tolerance * 1e-2) break
    const step = solveCholesky(factor, n, gradient).map(v => -v)
    const next = lineSearch(counted, at, value, gradient, step, maxStep)
    if (!next || largest(next.gradient) >= largest(gradient)) break
    at = next.at
    gradient = next.gradient
    value = next.value
  }
  const gradientNorm = norm()
  return { at, value, gradientNorm, covariance, converged: gradientNorm <= 1e-6, evaluations: state.evaluations }
}

function lineSearch(
  f: Objective,
  at: Float64Array,
  value: number,
  gradient: Float64Array,
  direction: Float64Array,
  maxStep: number,
) {
  const longest = largest(direction)
  const slope = dot(direction, gradient)
  if (!(slope < 0) || !Number.isFinite(longest)) return undefined
  let step = Math.min(1, maxStep / longest)
  for (let halving = 0; halving < 40; halving++) {
    const tried = at.map((v, i) => v + step * direction[i]!)
    const triedGradient = new Float64Array(at.length)
    const triedValue = f(tried, triedGradient)
    // The rounding error of the value itself must not stop a Newton step that is right in the gradient.
    const slack = 1e-13 * Math.abs(value)
    if (Number.isFinite(triedValue) && triedValue <= value + 1e-4 * step * slope + slack)
      return { at: tried, value: triedValue, gradient: triedGradient }
    step *= 0.5
  }
  return undefined
}

function differenceHessian(f: Objective, at: Float64Array): Float64Array {
  const n = at.length
  const hessian = new Float64Array(n * n)
  const plus = new Float64Array(n)
  const minus = new Float64Array(n)
  const h = 1e-4
  for (let i = 0; i < n; i++) {
    const moved = Float64Array.from(at)
    moved[i] = at[i]! + h
    f(moved, plus)
    moved[i] = at[i]! - h
    f(moved, minus)
    for (let j = 0; j < n; j++) hessian[i * n + j] = (plus[j]! - minus[j]!) / (2 * h)
  }
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) {
      const mean = (hessian[i * n + j]! + hessian[j * n + i]!) / 2
      hessian[i * n + j] = mean
      hessian[j * n + i] = mean
    }
  return hessian
}

/** H ← (I − s yᵀ/yᵀs) H (I − y sᵀ/yᵀs) + s sᵀ/yᵀs, left out when the curvature condition fails. */
function updateInverse(inverse: Float64Array, s: Float64Array, y: Float64Array): void {
  const n = s.length
  const sy = dot(s, y)
  if (sy <= 1e-12 * Math.sqrt(dot(s, s) * dot(y, y))) return
  const hy = multiply(inverse, y, 1)
  const yhy = dot(y, hy)
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      inverse[i * n + j] =
        inverse[i * n + j]! - (hy[i]! * s[j]! + s[i]! * hy[j]!) / sy + ((1 + yhy / sy) * s[i]! * s[j]!) / sy
}

const identity = (n: number, scale = 1): Float64Array =>
  Float64Array.from({ length: n * n }, (_, k) => (k % (n + 1) === 0 ? scale : 0))

const multiply = (m: Float64Array, v: Float64Array, sign: number): Float64Array =>
  v.map((_, i) => {
    let sum = 0
    for (let j = 0; j < v.length; j++) sum += m[i * v.length + j]! * v[j]!
    return sign * sum
  })

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

const largest = (v: Float64Array): number => v.reduce((m, x) => Math.max(m, Math.abs(x)), 0)
