/** Two-sided tail of Student's t by Wallace's (1959) normal deviate: right to 2 % of its value from three degrees of freedom on. */
export function tailOfT(t: number, nu: number): number {
  const z = ((8 * nu + 1) / (8 * nu + 3)) * Math.sqrt(nu * Math.log1p((t * t) / nu))
  return tailOfNormal(z)
}

/** Two-sided tail of the normal: Abramowitz and Stegun 26.2.17, absolute error below 1.5e-7. */
export function tailOfNormal(z: number): number {
  const x = Math.abs(z)
  const k = 1 / (1 + 0.2316419 * x)
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)
  const poly = k * (0.31938153 + k * (-0.356563782 + k * (1.781477937 + k * (-1.821255978 + k * 1.330274429))))
  return Math.min(1, 2 * density * poly)
}

/** |t| whose two-sided tail is p. */
export function quantileOfT(p: number, nu: number): number {
  let [low, high] = [0, 1e4]
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2
    if (tailOfT(middle, nu) > p) low = middle
    else high = middle
  }
  return high
}
