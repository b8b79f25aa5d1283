/** Pearson's correlation; NaN when a column is constant. */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const n = a.length
  let [ma, mb] = [0, 0]
  for (let i = 0; i < n; i++) {
    ma += a[i]! / n
    mb += b[i]! / n
  }
  let [ab, aa, bb] = [0, 0, 0]
  for (let i = 0; i < n; i++) {
    const [x, y] = [a[i]! - ma, b[i]! - mb]
    ab += x * y
    aa += x * x
    bb += y * y
  }
  return ab / Math.sqrt(aa * bb)
}

export const correlationError = (r: number, n: number): number => (1 - r * r) / Math.sqrt(Math.max(1, n - 2))

/** Standard error of an AUC (Hanley & McNeil 1982). */
export function aucError(auc: number, yes: number, no: number): number {
  const q1 = auc / (2 - auc)
  const q2 = (2 * auc * auc) / (1 + auc)
  return Math.sqrt((auc * (1 - auc) + (yes - 1) * (q1 - auc * auc) + (no - 1) * (q2 - auc * auc)) / (yes * no))
}

/** Standard error of (Σ actual − Σ expected) / Σ expected over customers. */
export function totalError(expected: ArrayLike<number>, actual: ArrayLike<number>): number {
  let [total, square] = [0, 0]
  for (let i = 0; i < expected.length; i++) {
    total += expected[i]!
    square += (actual[i]! - expected[i]!) ** 2
  }
  return Math.sqrt(square) / Math.abs(total)
}
