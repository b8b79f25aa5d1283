/**
 * P(X(t) = y) of a BG/NBD customer alive at time 0 (Fader, Hardie & Lee 2005, equation 8), y = 0, 1, … until all but `tail` of
 * the mass is there:
 *
 *   P(y) = B(a, b+y)/B(a, b) · NB(y) + [y > 0] · B(a+1, b+y−1)/B(a, b) · (1 − Σ_{j<y} NB(j))
 *
 * where NB is the negative binomial of a customer who never leaves. Both beta ratios follow by recurrence.
 */
export function bgNbdCounts(r: number, alpha: number, a: number, b: number, t: number, tail: number): Float64Array {
  const out: number[] = []
  const logKeep = r * Math.log(alpha / (alpha + t))
  const z = t / (alpha + t)
  // NB(y) from its logarithm: with a large r the first terms underflow.
  let logNb = logKeep
  let below = 0
  let stays = 1
  let covered = 0
  for (let y = 0; y < 100_000; y++) {
    const nb = Math.exp(logNb)
    // stays = B(a, b+y)/B(a, b) = Π (b+j)/(a+b+j); the customer who left at the y-th purchase: stays(y−1) · a/(a+b+y−1).
    let p = stays * nb
    if (y > 0) p += ((stays * a) / (b + y - 1)) * Math.max(0, 1 - below)
    out.push(p)
    covered += p
    below += nb
    stays *= (b + y) / (a + b + y)
    logNb += Math.log(((r + y) / (y + 1)) * z)
    if (covered >= 1 - tail) break
  }
  return Float64Array.from(out)
}
