/** Customers of one segment as columns: what was said, what came, and what a rule may ask. */
export interface Misfit {
  expected: Float64Array
  came: Float64Array
  /** Binary answers have the variance p(1 − p); amounts that which was seen. */
  binary: boolean
  features: { id: string; values: Float64Array }[]
}

/** Keeping those on one side of a value of one feature leaves a segment of which what was said holds. */
export interface Split {
  feature: string
  op: '<=' | '>'
  value: number
  customers: number
  kept: number
  /** Observed over expected: before, of those kept, of those who leave the segment. */
  before: number
  after: number
  left: number
  gain: number
}

const CUTS = 19
const LEAST_SHARE = 0.1

interface Sums {
  n: number
  expected: number
  came: number
  residual: number
  variance: number
}

const empty = (): Sums => ({ n: 0, expected: 0, came: 0, residual: 0, variance: 0 })
const minus = (a: Sums, b: Sums): Sums => ({
  n: a.n - b.n,
  expected: a.expected - b.expected,
  came: a.came - b.came,
  residual: a.residual - b.residual,
  variance: a.variance - b.variance,
})
const score = ({ residual, variance }: Sums): number => (variance > 0 ? residual ** 2 / variance : 0)
const ratioOf = ({ came, expected }: Sums): number => (expected > 0 ? came / expected : Number.NaN)
const off = (ratio: number): number => (ratio > 0 ? Math.abs(Math.log(ratio)) : Number.POSITIVE_INFINITY)

/**
 * The cut that divides those of whom what was said holds from those of whom it does not: a score test of two levels of misfit against
 * one (χ² with one degree of freedom at each cut), paid for by the number of cuts tried. Null where no cut tells them apart: then it
 * is the whole segment of which the prediction is off.
 */
export function explainMisfit(misfit: Misfit): Split | null {
  const rows = misfit.expected.length
  const all = empty()
  for (let i = 0; i < rows; i++) add(all, misfit, i)
  const needed = 10 + 2 * Math.log(Math.max(1, misfit.features.length * CUTS))
  let best: Split | null = null
  for (const { id, values } of misfit.features) {
    // Someone of whom it is not known would leave the segment with any condition on it.
    if (values.some(Number.isNaN)) continue
    const order = Uint32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!)
    const below = empty()
    let next = 1
    for (let k = 0; k < rows - 1; k++) {
      add(below, misfit, order[k]!)
      const [value, following] = [values[order[k]!]!, values[order[k + 1]!]!]
      if (value === following || k + 1 < (rows * next) / (CUTS + 1)) continue
      while (k + 1 >= (rows * next) / (CUTS + 1)) next++
      const above = minus(all, below)
      const gain = score(below) + score(above) - score(all)
      if (gain < needed || (best && gain <= best.gain)) continue
      const found = sidesOf(id, cutBetween(value, following), all, below, above, gain)
      if (found) best = found
    }
  }
  return best
}

function sidesOf(feature: string, value: number, all: Sums, below: Sums, above: Sums, gain: number): Split | null {
  const [kept, gone, op] =
    off(ratioOf(below)) <= off(ratioOf(above)) ? ([below, above, '<='] as const) : ([above, below, '>'] as const)
  const before = ratioOf(all)
  const after = ratioOf(kept)
  if (kept.n < LEAST_SHARE * all.n || gone.n < LEAST_SHARE * all.n || off(after) > 0.5 * off(before)) return null
  return { feature, op, value, customers: all.n, kept: kept.n, before, after, left: ratioOf(gone), gain }
}

function add(sums: Sums, { expected, came, binary }: Misfit, i: number): void {
  const [said, came_] = [expected[i]!, came[i]!]
  sums.n++
  sums.expected += said
  sums.came += came_
  sums.residual += came_ - said
  sums.variance += binary ? said * (1 - said) : (came_ - said) ** 2
}

/** A number that people would write, with those at or below the one value on one side and the next on the other. */
function cutBetween(value: number, following: number): number {
  for (let digits = 1; digits <= 12; digits++)
    for (const at of [(value + following) / 2, value]) {
      const written = Number(at.toPrecision(digits))
      if (written >= value && written < following) return written
    }
  return value
}
