import { chiSquareTail } from '../math/chi-square.ts'

/** How a column was spread when the model was trained: upper bounds of its bins, and rows in each; the first counts the missing. */
export interface Spread {
  bounds: number[]
  counts: number[]
}

export interface Drift {
  /** Feature id, or `score`. */
  id: string
  /** Population stability index: Σ (q − p)·ln(q / p) over the bins. */
  psi: number
  /** What two samples of the same spread show by chance on average: (bins − 1)(1/n₁ + 1/n₂). */
  expected: number
  /** Chance of a larger one without any change. */
  p: number
  level: 'stable' | 'shifted' | 'drifted'
  missingBefore: number
  missingNow: number
  /** Against the customers it scored when it came into use, where it did so earlier: what has changed since. */
  since: { psi: number; expected: number; p: number; level: Drift['level'] } | null
  /** Share of the rows in each bin, the missing first. */
  before: number[]
  now: number[]
}

const BINS = 10
/** Rows looked at: a share is then known to a tenth of a per cent. */
const MOST_ROWS = 200_000

/** Customary limits (.1 watch, .25 act), counted from what chance alone shows. */
const [SHIFTED, DRIFTED] = [0.1, 0.25]
/** Chance of a false alarm per model and turn, shared out over its columns (Bonferroni). */
const FALSE_ALARMS = 0.01

const stride = (rows: number): number => Math.max(1, Math.ceil(rows / MOST_ROWS))

/** Bins of about as many rows each; a value that fills several keeps one to itself. */
export function spreadOf(values: ArrayLike<number>): Spread {
  const step = stride(values.length)
  const some: number[] = []
  for (let i = 0; i < values.length; i += step) if (!Number.isNaN(values[i]!)) some.push(values[i]!)
  const sorted = Float64Array.from(some).sort()
  const bounds = new Set<number>()
  for (let k = 1; k < BINS; k++) {
    const bound = sorted[Math.min(sorted.length - 1, Math.floor((k * sorted.length) / BINS))]
    if (bound !== undefined && bound < sorted.at(-1)!) bounds.add(bound)
  }
  const list = [...bounds]
  return { bounds: list, counts: countIn(list, values) }
}

export function countIn(bounds: readonly number[], values: ArrayLike<number>): number[] {
  const counts = new Array<number>(bounds.length + 2).fill(0)
  const step = stride(values.length)
  for (let i = 0; i < values.length; i += step) {
    const value = values[i]!
    let bin = 0
    if (!Number.isNaN(value)) {
      let [low, high] = [0, bounds.length]
      while (low < high) {
        const middle = (low + high) >> 1
        if (bounds[middle]! < value) low = middle + 1
        else high = middle
      }
      bin = low + 1
    }
    counts[bin] = counts[bin]! + 1
  }
  return counts
}

/**
 * Sets the spread of today against that of training. Under no change PSI / (1/n₁ + 1/n₂) follows chi-square with bins − 1 degrees of
 * freedom (Yurdakul 2018), so an alarm means the same at a thousand customers as at a million.
 */
export function driftOf(id: string, trained: Spread, values: ArrayLike<number>, columns: number): Drift {
  const now = countIn(trained.bounds, values)
  const [n1, n2] = [trained.counts, now].map(counts => counts.reduce((sum, n) => sum + n, 0)) as [number, number]
  // Bins empty on both sides are none; half a customer in each other keeps the logarithm finite.
  const used = trained.counts.map((n, k) => n + now[k]! > 0)
  const bins = used.filter(Boolean).length
  let psi = 0
  for (const [k, before] of trained.counts.entries()) {
    if (!used[k]) continue
    const p = (before + 0.5) / (n1 + bins / 2)
    const q = (now[k]! + 0.5) / (n2 + bins / 2)
    psi += (q - p) * Math.log(q / p)
  }
  const noise = n1 > 0 && n2 > 0 ? 1 / n1 + 1 / n2 : 1
  const expected = Math.max(0, bins - 1) * noise
  const p = bins > 1 ? chiSquareTail(psi / noise, bins - 1) : 1
  const certain = p < FALSE_ALARMS / Math.max(1, columns)
  const excess = psi - expected
  return {
    ...{ id, psi, expected, p },
    level: certain && excess >= DRIFTED ? 'drifted' : certain && excess >= SHIFTED ? 'shifted' : 'stable',
    since: null,
    missingBefore: n1 > 0 ? trained.counts[0]! / n1 : 0,
    missingNow: n2 > 0 ? now[0]! / n2 : 0,
    before: trained.counts.map(n => n / Math.max(1, n1)),
    now: now.map(n => n / Math.max(1, n2)),
  }
}
