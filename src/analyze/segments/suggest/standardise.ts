import type { Points } from './k-means.ts'

export interface Standardised {
  points: Points
  /** Of each column after the transform: to tell how far a group lies from all. */
  logged: boolean[]
}

/**
 * Columns made comparable: long tails (mean far above the median) by log(1 + x), the outermost per cent drawn in, mean 0 and
 * deviation 1; what is not known stands at the mean.
 */
export function standardise(columns: readonly Float64Array[]): Standardised {
  const rows = columns[0]?.length ?? 0
  const width = columns.length
  const data = new Float64Array(rows * width)
  const logged = columns.map((column, j) => {
    const known = column.filter(Number.isFinite).sort()
    if (known.length === 0) return false
    const at = (q: number) => known[Math.min(known.length - 1, Math.floor(q * known.length))]!
    const [low, middle, high] = [at(0.01), at(0.5), at(0.99)]
    const log = low >= 0 && high - middle > 3 * (middle - low)
    const shape = (v: number) => {
      const inside = Math.min(high, Math.max(low, v))
      return log ? Math.log1p(inside) : inside
    }
    let sum = 0
    for (const v of known) sum += shape(v)
    const mean = sum / known.length
    let square = 0
    for (const v of known) square += (shape(v) - mean) ** 2
    const deviation = Math.sqrt(square / known.length) || 1
    for (let i = 0; i < rows; i++)
      data[i * width + j] = Number.isFinite(column[i]!) ? (shape(column[i]!) - mean) / deviation : 0
    return log
  })
  return { points: { data, width, rows }, logged }
}
