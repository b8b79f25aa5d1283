import { makeCrew } from './crew.ts'
import { exactBound } from './dual.ts'
import { amountScale, emptyPoint, type NewtonState, newton } from './newton.ts'
import { f32, type Problem } from './problem.ts'
import { makeWorkspace } from './workspace.ts'

/**
 * Proof that no plan keeps all limits, not even with parts of customers: prices at which a plan worth nothing anywhere
 * would have to be worth less than nothing (Farkas). Answers the limits it rests on, made irreducible by leaving out one
 * after the other, or null when the limits do not contradict each other.
 */
export function conflictingLimits(problem: Problem, threads: number): number[] | null {
  const worthless: Problem = {
    ...problem,
    value: f32(problem.options),
    max: problem.max.slice(),
    min: problem.min.slice(),
  }
  let conflict = farkas(worthless, threads)
  if (!conflict) return null
  if (conflict.length <= MOST_FILTERED)
    for (const r of [...conflict]) {
      if (conflict.length === 1) break
      const { max, min } = worthless
      const keep = new Set(conflict.filter(other => other !== r))
      const relaxed: Problem = {
        ...worthless,
        max: max.map((v, i) => (keep.has(i) ? v : Number.POSITIVE_INFINITY)),
        min: min.map((v, i) => (keep.has(i) ? v : 0)),
      }
      const still = farkas(relaxed, threads)
      if (still) conflict = still
    }
  return conflict.sort((a, b) => a - b)
}

/** With more limits than this in the proof they are all named: leaving each out in turn would take too long. */
const MOST_FILTERED = 24

function farkas(problem: Problem, threads: number): number[] | null {
  const m = problem.resources
  const w = makeWorkspace(problem)
  const crew = makeCrew(w, problem.options > 200_000 ? threads : 1)
  const price = new Float64Array(m)
  // Prices are bounded so that an option's use costs about one: any certificate can be scaled to that.
  const box = Float64Array.from({ length: m }, (_, r) => 1 / amountScale(w, r))
  const state: NewtonState = { price, point: emptyPoint(m), trial: emptyPoint(m), damping: 1e-3, passes: 0, box }
  try {
    for (let t = 0.3; t > 1e-5; t *= 0.3) {
      newton(w, crew, state, t, 1, 1e-9, () => false)
      const rounded = price.map((p, r) => (Math.abs(p) < 1e-6 * box[r]! ? 0 : p))
      if (exactBound(w, crew, rounded) < 0) return [...rounded.keys()].filter(r => rounded[r] !== 0)
    }
    return null
  } finally {
    crew.close()
  }
}
