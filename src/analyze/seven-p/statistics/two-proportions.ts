/**
 * Two-sided test that two shares are one (pooled z, normal approximation). NaN when there is nothing to compare: an empty side, or a share
 * of 0 or 1 on both.
 */
export function twoProportions(a: number, ofA: number, b: number, ofB: number): { z: number; p: number } {
  const pooled = (a + b) / (ofA + ofB)
  const deviation = Math.sqrt(pooled * (1 - pooled) * (1 / ofA + 1 / ofB))
  const z = deviation > 0 ? (a / ofA - b / ofB) / deviation : Number.NaN
  return { z, p: Number.isNaN(z) ? Number.NaN : 2 * upperTail(Math.abs(z)) }
}

/** P(Z > z): Abramowitz and Stegun 7.1.26 on erfc would lose small tails; W. J. Cody's continued fraction beyond 3 keeps them. */
export function upperTail(z: number): number {
  if (z < 0) return 1 - upperTail(-z)
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)
  if (z > 3) {
    let fraction = z
    for (let k = 40; k >= 1; k--) fraction = z + k / fraction
    return density / fraction
  }
  // The series of the distribution function about nought: Φ(z) = 1/2 + φ(z)(z + z³/3 + z⁵/15 + …).
  let term = z
  let sum = z
  for (let k = 1; k < 60; k++) {
    term *= (z * z) / (2 * k + 1)
    sum += term
  }
  return 0.5 - density * sum
}

/**
 * Benjamini and Hochberg (1995): the smallest false-discovery rate at which each would be called different. NaN stays NaN and is no test.
 */
export function falseDiscovery(p: readonly number[]): number[] {
  const tests = p.map((value, index) => ({ value, index })).filter(test => !Number.isNaN(test.value))
  tests.sort((a, b) => a.value - b.value)
  const q = p.map(() => Number.NaN)
  let least = 1
  for (let rank = tests.length; rank >= 1; rank--) {
    const { value, index } = tests[rank - 1]!
    least = Math.min(least, (value * tests.length) / rank)
    q[index] = least
  }
  return q
}

/** The 95 % interval of a share (Wilson 1927): never below 0 or above 1, and right for few. */
export function wilson(yes: number, of: number, z = 1.96): { low: number; high: number } | null {
  if (of <= 0) return null
  const share = yes / of
  const middle = (share + (z * z) / (2 * of)) / (1 + (z * z) / of)
  const half = (z / (1 + (z * z) / of)) * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of))
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) }
}
