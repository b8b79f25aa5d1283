import type { RepeatModel } from '../value/repeat-model.ts'
import type { Known } from './known-at.ts'

/** What a model fitted at the beginning of a stretch expected of it, beside what came. */
export interface Tried {
  known: Known
  parameters: Float64Array
  /** Of the stretch, in the model's clock. */
  length: number
}

/** A level further off than this is another company, not a calibration. */
const [LOWEST, HIGHEST] = [0.5, 1.5]

/**
 * By how much the time to come must be stretched or cut for the model to have expected what came in the stretches tried (calibration in the
 * large, Tashman 2000 on rolling origins): customers first seen when the data begin are older than they look, and a year shows few of
 * those who leave. 1 where the difference lies within two standard errors of the total.
 *
 * It is time that is scaled, so that counts, chances of none and intervals stay those of one model.
 */
export function calibratedLength(model: RepeatModel, tries: readonly Tried[]): number {
  const came = tries.reduce((s, { known }) => s + sum(known.later), 0)
  const at = (level: number) => tries.reduce((s, one) => s + expectedTotal(model, one, level), 0)
  const said = at(1)
  if (!(said > 0) || came === 0) return 1
  const noise = tries.reduce((s, one) => s + squaredErrors(model, one), 0)
  if (Math.abs(came - said) <= 2 * Math.sqrt(noise)) return 1
  // Nearly a straight line through nought, bent by those who leave: the secant's third step is right to a thousandth.
  let [low, lowSaid, level] = [0, 0, came / said]
  for (let step = 0; step < 4; step++) {
    const now = at(level)
    const slope = (now - lowSaid) / (level - low)
    ;[low, lowSaid] = [level, now]
    if (Math.abs(came - now) < 1e-4 * came || !(slope > 0)) break
    level += (came - now) / slope
  }
  return Math.min(HIGHEST, Math.max(LOWEST, level))
}

/** Expected purchases of everybody; the future of the living once per distinct (x, T). */
export function expectedTotal(model: RepeatModel, { known, parameters, length }: Tried, level: number): number {
  let total = 0
  eachExpected(model, known, parameters, length * level, expected => {
    total += expected
  })
  return total
}

function squaredErrors(model: RepeatModel, { known, parameters, length }: Tried): number {
  let total = 0
  eachExpected(model, known, parameters, length, (expected, i) => {
    total += (known.later[i]! - expected) ** 2
  })
  return total
}

function eachExpected(
  model: RepeatModel,
  { x, tx, T }: Known,
  parameters: Float64Array,
  length: number,
  each: (expected: number, i: number) => void,
): void {
  const futures = new Map<number, Map<number, number>>()
  for (let i = 0; i < x.length; i++) {
    let byX = futures.get(T[i]!)
    if (!byX) {
      byX = new Map()
      futures.set(T[i]!, byX)
    }
    let future = byX.get(x[i]!)
    if (future === undefined) {
      future = model.expectedIfAlive(parameters, x[i]!, T[i]!, length)
      byX.set(x[i]!, future)
    }
    each(model.alive(parameters, x[i]!, tx[i]!, T[i]!) * future, i)
  }
}

const sum = (column: Float64Array): number => column.reduce((s, v) => s + v, 0)
