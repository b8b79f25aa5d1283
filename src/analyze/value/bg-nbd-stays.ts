/**
 * P(a BG/NBD customer alive at time 0 is alive at t) = E[(1 − p)^Y] over the purchases Y of one who never leaves:
 *
 *   (α/(α+t))^r · ₂F₁(r, b; a + b; z) = (1 − z)^a · ₂F₁(a + b − r, a; a + b; z),  z = t/(α + t)
 *
 * by Euler's transformation where the terms then stay small, else by the counts of the one who never leaves, whose terms are all positive.
 */
export function bgNbdStays(r: number, alpha: number, a: number, b: number, t: number): number {
  if (t <= 0) return 1
  const z = t / (alpha + t)
  const logRest = Math.log(alpha / (alpha + t))
  if (r - a - b > 20) return overCounts(r, logRest, z, a, b)
  let [term, sum] = [1, 1]
  for (let n = 0; n < 100_000; n++) {
    term *= (((a + b - r + n) * (a + n)) / ((a + b + n) * (n + 1))) * z
    sum += term
    if (Math.abs(term) <= 1e-16 * Math.abs(sum) && n > r - a - b) break
  }
  return Math.min(1, Math.max(0, Math.exp(a * logRest) * sum))
}

function overCounts(r: number, logRest: number, z: number, a: number, b: number): number {
  let [logNb, stays, covered, sum] = [r * logRest, 1, 0, 0]
  for (let y = 0; y < 100_000 && covered < 1 - 1e-13; y++) {
    const nb = Math.exp(logNb)
    covered += nb
    sum += nb * stays
    stays *= (b + y) / (a + b + y)
    logNb += Math.log(((r + y) / (y + 1)) * z)
  }
  return sum
}
