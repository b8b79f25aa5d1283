const Z = 1.959963984540054

export interface Interval {
  low: number
  high: number
}

/** A share with its 95 % interval of Wilson (1927): right also where nobody, or hardly anybody, answered. */
export function wilson(yes: number, of: number): Interval {
  if (of <= 0) return { low: 0, high: 1 }
  const share = yes / of
  const denominator = 1 + (Z * Z) / of
  const middle = (share + (Z * Z) / (2 * of)) / denominator
  const reach = (Z / denominator) * Math.sqrt((share * (1 - share)) / of + (Z * Z) / (4 * of * of))
  return { low: Math.max(0, middle - reach), high: Math.min(1, middle + reach) }
}

export interface ShareDifference extends Interval {
  difference: number
}

/** Difference of two shares with its 95 % interval: Newcombe's hybrid score (1998, method 10). Null where one group is empty. */
export function shareDifference(
  a: { yes: number; of: number },
  b: { yes: number; of: number },
): ShareDifference | null {
  if (a.of <= 0 || b.of <= 0) return null
  const [pa, pb] = [a.yes / a.of, b.yes / b.of]
  const [ia, ib] = [wilson(a.yes, a.of), wilson(b.yes, b.of)]
  const difference = pa - pb
  return {
    difference,
    low: difference - Math.hypot(pa - ia.low, ib.high - pb),
    high: difference + Math.hypot(ia.high - pa, pb - ib.low),
  }
}
