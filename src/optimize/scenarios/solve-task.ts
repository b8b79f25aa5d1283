import type { Problem } from '../allocate/problem.ts'
import type { SolveOptions, Violation } from '../allocate/solve.ts'

/** Handed to the thread that solves a scenario; columns are shared, not copied. */
export interface SolveTask {
  problem: Problem
  options: SolveOptions
  acceptance: Float32Array
  cost: Float64Array
  /** Codes that are several options at once: the codes of these; each is among the customer's options by itself too. */
  parts: ReadonlyMap<number, readonly number[]>
  /** Place of each customer's segment. */
  segment: Uint16Array
  segments: number
  /** What the base plan chose. */
  base: Uint8Array
}

/** Sums of what was chosen, by segment and code: entry segment × codes + code. */
export interface Tally {
  customers: Uint32Array
  value: Float64Array
  acceptance: Float64Array
  changed: { gained: number; lost: number; moved: number; same: number }
  contacts: number
  cost: number
}

export interface SolveAnswer {
  feasible: boolean
  violations: Violation[]
  value: number
  bound: number
  gap: number
  prices: Float64Array
  used: Float64Array
  chosen: Uint8Array
  stopped: boolean
  seconds: number
  breaches: number
  tally: Tally
}
