import type { Objective } from '../math/minimize.ts'
import type { Summaries } from './summaries.ts'

/**
 * A model of repeat purchases while alive: one file each, listed in `repeat-models.ts`. Parameters are positive; fits run on
 * their logarithms. Times are in the unit of the summaries.
 */
export interface RepeatModel<Name extends string = string> {
  id: string
  /** Where it was published. */
  source: string
  parameters: readonly Name[]
  /** The parameters that are rates of the time unit: multiply by the new unit's length when the unit changes. */
  timeParameters: readonly Name[]
  /** Times are whole numbers of opportunities, never scaled. */
  discrete?: boolean
  /** Minus the log-likelihood over the log parameters, with its gradient. */
  negativeLogLikelihood(data: Summaries): Objective
  /** Starting points for times scaled so that the mean T is 1; more than one, since a likelihood can have a flat shoulder. */
  starts: readonly (readonly number[])[]
  /** P(alive at T | x, tx, T). */
  alive(p: Float64Array, x: number, tx: number, T: number): number
  /** Expected purchases in (T, T + t] of a customer known to be alive at T. */
  expectedIfAlive(p: Float64Array, x: number, T: number, t: number): number
  /** Expected purchases a unit of time for as long as a customer known to be alive at T stays. */
  rateIfAlive(p: Float64Array, x: number, T: number): number
  /** P(alive at T + t | alive at T). */
  staysIfAlive(p: Float64Array, x: number, T: number, t: number): number
  /** Expected repeat purchases in (0, t] of a new customer. */
  expectedFromStart(p: Float64Array, t: number): number
  /** P(y purchases in (T, T + t] | alive at T), y = 0, 1, …, until all but `tail` of the mass is covered. */
  countsIfAlive(p: Float64Array, x: number, T: number, t: number, tail: number): Float64Array
}
