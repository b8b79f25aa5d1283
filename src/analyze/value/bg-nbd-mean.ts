import { bgNbdCounts } from './bg-nbd-counts.ts'

/**
 * Expected purchases of a BG/NBD customer who is alive at time 0, in (0, t] (Fader, Hardie & Lee 2005, equation 9):
 *
 *   E = (a + b − 1)/(a − 1) · [1 − (α/(α+t))^r · ₂F₁(r, b; a + b − 1; z)],  z = t/(α + t)
 *
 * Euler's transformation turns the bracket into 1 − (1−z)^(a−1) · ₂F₁(a + b − 1 − r, a − 1; a + b − 1; z), whose terms no longer
 * grow with r; with ε = a − 1 taken out of both factors the poles at a = 1 and at a + b = 1 vanish, and so does the cancellation:
 *
 *   E = −[c·E₀ + S·(1 + ε·E₀)],  c = a + b − 1,  E₀ = ((1−z)^ε − 1)/ε,
 *   S = Σₙ≥₁ (c − r)ₙ (1 + ε)ₙ₋₁ / ((c + 1)ₙ₋₁ n!) · zⁿ
 *
 * The terms alternate where r is far above c (a prior of very regular buyers): there the mean is taken from the counts.
 */
export function bgNbdMean(r: number, alpha: number, a: number, b: number, t: number): number {
  if (t <= 0) return 0
  const z = t / (alpha + t)
  const epsilon = a - 1
  const c = a + b - 1
  if (r - c > 20) return bgNbdCounts(r, alpha, a, b, t, 1e-14).reduce((sum, p, y) => sum + p * y, 0)
  const logRest = Math.log(alpha / (alpha + t))
  const e0 = Math.abs(epsilon * logRest) < 1e-300 ? logRest : Math.expm1(epsilon * logRest) / epsilon
  let term = (c - r) * z
  let sum = term
  let largest = Math.abs(term)
  for (let n = 1; n < 100_000; n++) {
    term *= (((c - r + n) * (epsilon + n)) / ((c + n) * (n + 1))) * z
    sum += term
    largest = Math.max(largest, Math.abs(term))
    if (Math.abs(term) <= 1e-16 * Math.abs(sum) && n > r - c) break
  }
  return -(c * e0 + sum * (1 + epsilon * e0))
}
