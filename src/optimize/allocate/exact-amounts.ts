/**
 * Amounts as whole numbers. 0.1 + 0.2 > 0.3 in binary fractions, and "every limit met exactly" must not depend on the order
 * of a sum: so each resource is counted in the smallest decimal unit its amounts need (pence, tenths of an hour), in which
 * sums of up to 2⁵³ units are exact. Changes amounts and limits in place and answers how many units make one of what was given.
 */
export function countInWholeUnits(
  resource: Uint16Array,
  amount: Float64Array,
  max: Float64Array,
  min: Float64Array,
  mostChosen: number,
): Float64Array {
  const m = max.length
  const decimals = new Uint8Array(m)
  const largest = new Float64Array(m)
  for (let e = 0; e < amount.length; e++) {
    const r = resource[e]!
    decimals[r] = Math.max(decimals[r]!, decimalsOf(amount[e]!))
    largest[r] = Math.max(largest[r]!, amount[e]!)
  }
  const scale = new Float64Array(m)
  for (let r = 0; r < m; r++) {
    const s = 10 ** decimals[r]!
    const exact = decimals[r]! <= MOST_DECIMALS && largest[r]! * s * mostChosen < Number.MAX_SAFE_INTEGER
    scale[r] = exact ? s : 0
    if (exact) {
      max[r] = nearWhole(max[r]! * s)
      min[r] = nearWhole(min[r]! * s)
    } else if (max[r] !== min[r]) {
      // Too fine to count: keep a hair's breadth from the limits, more than any order of summing can differ by.
      max[r] = max[r]! * (1 - 1e-12)
      min[r] = min[r]! * (1 + 1e-12)
    }
  }
  for (let e = 0; e < amount.length; e++) {
    const s = scale[resource[e]!]!
    if (s > 0) amount[e] = Math.round(amount[e]! * s)
  }
  return scale.map(s => (s > 0 ? s : 1))
}

const MOST_DECIMALS = 9

function decimalsOf(x: number): number {
  for (let d = 0; d <= MOST_DECIMALS; d++) if (Math.round(x * 10 ** d) / 10 ** d === x) return d
  return MOST_DECIMALS + 1
}

/** A limit that is a whole number of units but for the multiplication's rounding is that whole number. */
const nearWhole = (x: number): number =>
  Math.abs(x - Math.round(x)) <= 1e-9 * Math.max(1, Math.abs(x)) ? Math.round(x) : x
