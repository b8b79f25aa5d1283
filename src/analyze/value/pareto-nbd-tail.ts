import { hypergeometricTail } from './hypergeometric-tail.ts'

/**
 * ln G(x, t) with G = ∫ₜ^∞ (α + τ)^−(r+x) (β + τ)^−(s+1) dτ and its slopes in r, α, s, β: fills `out` with five numbers.
 *
 * Both terms of the Pareto/NBD likelihood's A₀ (Fader & Hardie 2005, "A note on deriving the Pareto/NBD model") are such
 * integrals. Which of the two forms converges is a matter of α against β: the argument is (α − β)/(α + t) or (β − α)/(β + t),
 * and Euler's transformation, Pfaff's applied twice, takes the power of 1 − z out of either.
 */
export function paretoNbdTail(p: ArrayLike<number>, x: number, t: number, out: Float64Array): void {
  const [r, alpha, s, beta] = [p[0]!, p[1]!, p[2]!, p[3]!]
  const all = r + s + x
  const [a, b] = [alpha + t, beta + t]
  const [logA, logB] = [Math.log(a), Math.log(b)]
  if (alpha >= beta) {
    hypergeometricTail(r + x, all + 1, (alpha - beta) / a, four)
    out[0] = -(r + x) * logA - s * logB - Math.log(all) + four[0]!
    out[1] = -logA - 1 / all + four[1]! + four[2]!
    out[2] = -(r + x) / a + (four[3]! * b) / (a * a)
    out[3] = -logB - 1 / all + four[2]!
    out[4] = -s / b - four[3]! / a
  } else {
    hypergeometricTail(s + 1, all + 1, (beta - alpha) / b, four)
    out[0] = (1 - r - x) * logA - (s + 1) * logB - Math.log(all) + four[0]!
    out[1] = -logA - 1 / all + four[2]!
    out[2] = (1 - r - x) / a - four[3]! / b
    out[3] = -logB - 1 / all + four[1]! + four[2]!
    out[4] = -(s + 1) / b + (four[3]! * a) / (b * b)
  }
}

const four = new Float64Array(4)
