import { countInWholeUnits } from '../allocate/exact-amounts.ts'
import { f64, type Problem, u8 } from '../allocate/problem.ts'
import { type Limit, usesOfCodes } from './limits.ts'
import { limitInputs, type PlanInput } from './plan-input.ts'

type Uses = ReturnType<typeof usesOfCodes>

/** The solver's problem for these limits: one option or bundle at most each, none to the control group. In shared memory. */
export function problemOf(
  input: PlanInput,
  limits: readonly Limit[],
  relaxed: ReadonlySet<string>,
): { problem: Problem; unitsInOne: Float64Array; uses: Uses } {
  const { options } = input
  const uses = usesOfCodes(limitInputs(input), options.bundles)
  const counted = { ...uses, useAmount: f64(uses.useAmount.length) }
  counted.useAmount.set(uses.useAmount)
  const max = f64(limits.length)
  const min = f64(limits.length)
  for (const [r, limit] of limits.entries()) {
    max[r] = limit.max
    min[r] = relaxed.has(limit.id) ? 0 : limit.min
  }
  const unitsInOne = countInWholeUnits(counted.useResource, counted.useAmount, max, min, options.ids.length)
  const cap = u8(options.ids.length)
  for (let c = 0; c < cap.length; c++) cap[c] = options.control[c] === 1 ? 0 : 1
  const problem: Problem = {
    customers: options.ids.length,
    options: options.code.length,
    resources: limits.length,
    codes: input.axes.codes + options.bundles.length,
    start: options.start,
    value: options.value,
    code: options.code,
    ...counted,
    max,
    min,
    exactly: false,
    most: 1,
    cap,
  }
  return { problem, unitsInOne, uses }
}
