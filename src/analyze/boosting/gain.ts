/** Sums over a node's rows, and the values its leaves may take (only monotone columns narrow them). */
export interface NodeSums {
  gradient: number
  curvature: number
  low: number
  high: number
}

/** The best split found so far in one node, as it is written for the thread that leads. */
export interface Split {
  gain: number
  column: number
  /** Number columns: bins 1 … threshold go left. */
  threshold: number
  missingLeft: boolean
  leftGradient: number
  leftCurvature: number
  /** Category columns: 32 bytes, one bit a bin, set where it goes left. */
  left: Uint8Array | undefined
}

/** Sums smaller than this are what subtraction leaves of nothing. */
export const NOTHING = 1e-6

export const leafValue = (gradient: number, curvature: number, l2: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, -gradient / (curvature + l2)))

/** How much a leaf lowers the loss (Chen & Guestrin 2016, eq. 6, twice): G²/(H + λ) at its best value, less where bounded. */
export function leafGain(gradient: number, curvature: number, l2: number, low: number, high: number): number {
  const best = -gradient / (curvature + l2)
  if (best >= low && best <= high) return -gradient * best
  const value = Math.min(high, Math.max(low, best))
  return -(2 * gradient * value + (curvature + l2) * value * value)
}
