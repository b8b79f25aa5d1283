import type { Crew } from './crew.ts'
import { exactBound } from './dual.ts'
import { emptyPoint, type NewtonState, newton } from './newton.ts'
import type { Workspace } from './workspace.ts'

export interface Priced {
  price: Float64Array
  bound: number
  passes: number
}

/**
 * Prices by temperature continuation: from the mean size of a value down to a small share of it, first on a sample of the
 * customers, then on larger ones and at last on all, where the prices are already good and a few passes are enough.
 */
export function findPrices(
  w: Workspace,
  crew: Crew,
  warm: Float64Array | undefined,
  outOfTime: () => boolean,
  log?: (line: string) => void,
): Priced {
  const m = w.problem.resources
  const price = new Float64Array(m)
  const { max, min } = w.problem
  if (warm)
    for (let r = 0; r < m; r++)
      price[r] = warm[r]! > 0 && max[r] === Number.POSITIVE_INFINITY ? 0 : warm[r]! < 0 && min[r] === 0 ? 0 : warm[r]!
  const state: NewtonState = { price, point: emptyPoint(m), trial: emptyPoint(m), damping: 1e-3, passes: 0 }
  const typical = meanSize(w)
  const small = w.problem.options <= SMALL
  const last = typical * (small ? 1e-5 : 2e-3)
  const strides = [256, 16, 1].filter(s => s === 1 || w.problem.customers / s >= 4000)
  let best = Number.POSITIVE_INFINITY
  const bestPrice = new Float64Array(m)
  const certify = () => {
    const bound = exactBound(w, crew, state.price)
    state.passes++
    if (bound < best) {
      best = bound
      bestPrice.set(state.price)
    }
  }
  if (typical > 0)
    for (const [level, stride] of strides.entries()) {
      // The sample fixes the coarse prices; each finer level starts near the end of the last.
      // Prices of an earlier solution are close already: the sample moves them, all customers settle them.
      let temperature = warm && stride === 1 ? last : level === 0 && !warm ? typical : last * 4
      for (;;) {
        const final = temperature <= last * 1.0001
        newton(w, crew, state, temperature, stride, final && stride === 1 ? (small ? 1e-8 : SETTLED) : 1e-6, outOfTime)
        log?.(
          `stride ${stride} T ${(temperature / typical).toExponential(1)} dual ${state.point.value} passes ${state.passes}`,
        )
        if (stride === 1 && (small || final)) certify()
        if (final || outOfTime()) break
        temperature = Math.max(last, temperature * 0.4)
      }
    }
  if (best === Number.POSITIVE_INFINITY) certify()
  return { price: bestPrice, bound: best, passes: state.passes }
}

/** Passes beyond this gain change the bound in its seventh digit: 2 instead of 9 at 10 M options. */
const SETTLED = 2e-7

/** Below this many options every pass is so cheap that the temperature can go down until the bound is the LP's optimum. */
const SMALL = 100_000

function meanSize(w: Workspace): number {
  const { value } = w.problem
  let sum = 0
  for (let j = 0; j < value.length; j++) sum += Math.abs(value[j]!)
  return value.length === 0 ? 0 : sum / value.length
}
