import { logGamma } from './gamma-functions.ts'

/** P(X > x) for chi-square with so many degrees of freedom: the upper incomplete gamma function Q(k/2, x/2), by series or continued fraction. */
export function chiSquareTail(x: number, degrees: number): number {
  if (x <= 0) return 1
  const a = degrees / 2
  const half = x / 2
  const front = Math.exp(a * Math.log(half) - half - logGamma(a))
  if (half < a + 1) {
    let term = 1 / a
    let sum = term
    for (let n = 1; n < 500 && term > 1e-15 * sum; n++) {
      term *= half / (a + n)
      sum += term
    }
    return Math.max(0, 1 - front * sum)
  }
  // Lentz's algorithm (Press et al., Numerical Recipes, 6.2).
  let b = half + 1 - a
  let c = 1e300
  let d = 1 / b
  let h = d
  for (let n = 1; n < 500; n++) {
    const an = -n * (n - a)
    b += 2
    d = 1 / (an * d + b)
    c = b + an / c
    const change = d * c
    h *= change
    if (Math.abs(change - 1) < 1e-14) break
  }
  return front * h
}
