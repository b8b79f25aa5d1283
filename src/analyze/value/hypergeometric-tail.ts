/**
 * S = ₂F₁(1, A; C; z) for C > 1, A > 0, 0 ≤ z < 1, with the derivatives of its logarithm: fills
 * `out` with [ln S, ∂ ln S/∂A, ∂ ln S/∂C, ∂ ln S/∂z].
 *
 * This is what Euler's transformation leaves of the Pareto/NBD's hypergeometric function: its series Σ (A)ₙ/(C)ₙ zⁿ has positive
 * terms, which never exceed zⁿ where A < C. Nearer to 1 than `SERIES_REACH` the series would need thousands of them, and the
 * integral takes over.
 */
export function hypergeometricTail(A: number, C: number, z: number, out: Float64Array): void {
  if (z < SERIES_REACH) series(A, C, z, out)
  else integral(A, C, z, out)
}

/** At 0.9 the series takes 350 terms of two divisions, about what the integral costs. */
const SERIES_REACH = 0.9

function series(A: number, C: number, z: number, out: Float64Array): void {
  let [term, psiA, psiC] = [1, 0, 0]
  let [sum, sumA, sumC, sumZ] = [1, 0, 0, 0]
  for (let n = 0; ; n++) {
    const [up, down] = [1 / (A + n), 1 / (C + n)]
    psiA += up
    psiC += down
    term *= (A + n) * down * z
    sum += term
    sumA += term * psiA
    sumC -= term * psiC
    sumZ += term * (n + 1)
    // What is left is below term · z/(1 − z), times n in the derivative by z.
    if (term * (n + 2) < 1e-16 * (1 - z) * sum) break
  }
  out[0] = Math.log(sum)
  out[1] = sumA / sum
  out[2] = sumC / sum
  out[3] = z > 0 ? sumZ / (sum * z) : A / C
}

/**
 * Euler's integral with 1 − v = e^(−w):  S = (C − 1) ∫₀^∞ e^(−(C−1)w) (1 − z + z·e^(−w))^(−A) dw,
 * by the trapezoid rule after w = L·exp(y − e^(−y)) (Takahasi & Mori 1974), which is exact to rounding when the step is small
 * beside the angle under which the nearest singularity, ln(z/(1−z)) ± iπ, is seen (a tenth of it leaves 1e-13).
 */
function integral(A: number, C: number, z: number, out: Float64Array): void {
  const rest = 1 - z
  const knee = Math.log(z / rest)
  const step = Math.min(0.08, Math.atan2(Math.PI, knee) / 10)
  const scale = 1 / Math.max(Math.abs(C - 1 - A * z), (C - 1) / (1 + knee), 1e-8)
  let [sum, sumA, sumC, sumZ] = [0, 0, 0, 0]
  let peak = Number.NEGATIVE_INFINITY
  for (let y = -3.6; ; y += step) {
    const shrink = Math.exp(-y)
    const w = scale * Math.exp(y - shrink)
    const decay = Math.exp(-w)
    // 1 − z·v with v = 1 − e^(−w), without cancellation at either end.
    const base = rest + z * decay
    const logBase = Math.log(base)
    const exponent = -(C - 1) * w - A * logBase
    const weight = w * (1 + shrink)
    const height = exponent + Math.log(weight)
    if (height > peak) {
      const fade = Math.exp(peak - height)
      sum *= fade
      sumA *= fade
      sumC *= fade
      sumZ *= fade
      peak = height
    }
    const f = Math.exp(height - peak)
    sum += f
    sumA -= f * logBase
    sumC -= f * w
    sumZ += (f * A * -Math.expm1(-w)) / base
    if (y > 0 && height < peak - 42 && w > knee) break
  }
  out[0] = Math.log((C - 1) * step * sum) + peak
  out[1] = sumA / sum
  out[2] = 1 / (C - 1) + sumC / sum
  out[3] = sumZ / sum
}
