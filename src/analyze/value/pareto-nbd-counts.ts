/**
 * P(X(t) = y) of a Pareto/NBD customer alive at time 0, y = 0, 1, … until all but `tail` of the mass is there.
 *
 * The closed form (Fader & Hardie 2006) is a difference of long sums and loses all digits for large y. Instead the moment τ of
 * leaving is integrated out: NB(y; t)·P(stays) + ∫₀ᵗ NB(y; τ) f(τ) dτ, by Gauss–Legendre panels on v = ln(β + τ), where the density
 * is s·βˢ·e^(−sv) and everything is smooth. Panels are narrower for regular buyers, whose counts are sharper in τ.
 */
export function paretoNbdCounts(
  r: number,
  alpha: number,
  s: number,
  beta: number,
  t: number,
  tail: number,
): Float64Array {
  if (t <= 0) return Float64Array.of(1)
  const range = Math.log1p(t / beta)
  const panels = Math.max(1, Math.ceil(range / Math.min(1.5, 6 / Math.sqrt(1 + r))))
  const size = panels * ABSCISSAE.length * 2 + 1
  const weight = new Float64Array(size)
  const logNb = new Float64Array(size)
  const logZ = new Float64Array(size)
  let at = 0
  const add = (tau: number, w: number) => {
    weight[at] = w
    logNb[at] = -r * Math.log1p(tau / alpha)
    logZ[at] = Math.log(tau / (alpha + tau))
    at++
  }
  const half = range / panels / 2
  for (let panel = 0; panel < panels; panel++)
    for (let k = 0; k < ABSCISSAE.length; k++)
      for (const side of [-1, 1]) {
        const v = half * (2 * panel + 1 + side * ABSCISSAE[k]!)
        add(beta * Math.expm1(v), WEIGHTS[k]! * half * s * Math.exp(-s * v))
      }
  add(t, Math.exp(-s * range))

  const out: number[] = []
  let covered = 0
  for (let y = 0; y < 100_000; y++) {
    let p = 0
    for (let k = 0; k < size; k++) p += weight[k]! * Math.exp(logNb[k]!)
    out.push(p)
    covered += p
    if (covered >= 1 - tail) break
    const more = Math.log((r + y) / (y + 1))
    for (let k = 0; k < size; k++) logNb[k] = logNb[k]! + more + logZ[k]!
  }
  return Float64Array.from(out)
}

/** Gauss–Legendre, 16 points: the positive abscissae and their weights (Abramowitz & Stegun, table 25.4). */
const ABSCISSAE = [
  0.0950125098376374, 0.2816035507792589, 0.4580167776572274, 0.6178762444026438, 0.755404408355003, 0.8656312023878318,
  0.9445750230732326, 0.9894009349916499,
]
const WEIGHTS = [
  0.1894506104550685, 0.1826034150449236, 0.1691565193950025, 0.1495959888165767, 0.1246289712555339,
  0.0951585116824928, 0.0622535239386479, 0.0271524594117541,
]
