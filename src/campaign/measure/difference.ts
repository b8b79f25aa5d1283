/** What is known of one arm: size, sum and sum of squares of the metric over its customers. */
export interface Moments {
  customers: number
  sum: number
  squares: number
}

export interface Difference {
  difference: number
  standardError: number
  low: number
  high: number
  /** Nothing but chance is needed to explain the difference (95 %). */
  withinError: boolean
}

export const meanOf = (m: Moments): number => (m.customers > 0 ? m.sum / m.customers : 0)

function varianceOf(m: Moments): number {
  if (m.customers < 2) return Number.NaN
  const mean = meanOf(m)
  return Math.max(0, (m.squares - m.customers * mean * mean) / (m.customers - 1))
}

/**
 * Difference of two means with unequal variances (Welch 1947), 95 % by Student's t. Null when an arm is too small to know its
 * spread. Only moments are needed, so that at any size three numbers per arm leave the engine.
 */
export function difference(planned: Moments, control: Moments): Difference | null {
  const a = varianceOf(planned) / planned.customers
  const b = varianceOf(control) / control.customers
  if (!Number.isFinite(a) || !Number.isFinite(b)) return null
  const standardError = Math.sqrt(a + b)
  const d = meanOf(planned) - meanOf(control)
  // Welch–Satterthwaite degrees of freedom.
  const freedom = a + b === 0 ? 1 : (a + b) ** 2 / (a ** 2 / (planned.customers - 1) + b ** 2 / (control.customers - 1))
  const reach = studentQuantile975(freedom) * standardError
  return { difference: d, standardError, low: d - reach, high: d + reach, withinError: Math.abs(d) <= reach }
}

/**
 * The 97.5 % point of Student's t by its expansion about the normal's (Cornish–Fisher; Abramowitz & Stegun 26.7.5): off by less
 * than 0.3 % from 4 degrees of freedom on. Below, the exact values.
 */
export function studentQuantile975(freedom: number): number {
  const exact = [12.706, 4.303, 3.182]
  const whole = Math.max(1, Math.floor(freedom))
  if (whole <= exact.length) return exact[whole - 1]!
  const z = 1.959963984540054
  const g1 = (z ** 3 + z) / 4
  const g2 = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96
  const g3 = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384
  return z + g1 / freedom + g2 / freedom ** 2 + g3 / freedom ** 3
}
