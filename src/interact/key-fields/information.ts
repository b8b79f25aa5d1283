/** Information theory in bits (Shannon 1948; Cover and Thomas, Elements of Information Theory, ch. 2). */

const plog = (p: number): number => (p > 0 ? -p * Math.log2(p) : 0)

/** H(p), of weights that need not sum to one. */
export function entropy(weights: Iterable<number>): number {
  const all = [...weights]
  const sum = all.reduce((total, w) => total + w, 0)
  return sum > 0 ? all.reduce((h, w) => h + plog(w / sum), 0) : 0
}

/**
 * I(X; Y) of a table of counts, less what chance alone lets expect: (rows − 1)(columns − 1) / (2 N ln 2) bits (Miller 1955), counting
 * rows and columns that occur. Never below nought.
 */
export function mutualInformation(counts: ArrayLike<number>, columns: number): number {
  const rows = counts.length / columns
  const byRow = new Float64Array(rows)
  const byColumn = new Float64Array(columns)
  let n = 0
  for (let i = 0; i < counts.length; i++) {
    byRow[Math.floor(i / columns)]! += counts[i]!
    byColumn[i % columns]! += counts[i]!
    n += counts[i]!
  }
  if (n === 0) return 0
  const raw = entropy(byRow) + entropy(byColumn) - entropy(Array.from(counts))
  const seen = (weights: Float64Array): number => weights.reduce((k, w) => k + (w > 0 ? 1 : 0), 0)
  const chance = ((seen(byRow) - 1) * (seen(byColumn) - 1)) / (2 * n * Math.LN2)
  return Math.max(0, raw - chance)
}
