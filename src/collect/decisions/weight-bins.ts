/** Weights in half bits: fine enough for a curve, coarse enough that labels fall into each. */
import { UnionFind } from '../match/union-find.ts'

export const BITS_A_BIN = 0.5
const NATS_A_BIN = BITS_A_BIN * Math.LN2
/** Beyond ±40 bits nobody's opinion changes anything. */
const MOST = 80

export const binOf = (logOdds: number): number =>
  Math.max(-MOST, Math.min(MOST - 1, Math.floor(logOdds / NATS_A_BIN + 1e-9)))

/** ln of the odds at the lower edge of a bin. */
export const edgeOf = (bin: number): number => bin * NATS_A_BIN
export const probabilityOf = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds))
export const logOddsOf = (probability: number): number => Math.log(probability / (1 - probability))

export interface WeightBin {
  bin: number
  pairs: number
  /** Matches among them as the model expects. */
  expected: number
  /** Customers, were everything from this bin upwards linked and nothing cut. */
  customers: number
}

export function weightBins(records: number, left: Uint32Array, right: Uint32Array, logOdds: Float32Array): WeightBin[] {
  const at = Array.from({ length: 2 * MOST }, () => ({ pairs: 0, expected: 0 }))
  for (const odds of logOdds) {
    const bin = at[binOf(odds) + MOST]!
    bin.pairs++
    bin.expected += probabilityOf(odds)
  }
  const starts = new Uint32Array(2 * MOST + 1)
  for (let b = 0; b < 2 * MOST; b++) starts[b + 1] = starts[b]! + at[b]!.pairs
  const fill = starts.slice()
  const sorted = new Uint32Array(logOdds.length)
  for (let p = 0; p < logOdds.length; p++) sorted[fill[binOf(logOdds[p]!) + MOST]!++] = p
  const sets = new UnionFind(records)
  const out: WeightBin[] = []
  let customers = records
  for (let b = 2 * MOST - 1; b >= 0; b--) {
    // Whatever is below one in a thousand joins half the company and tells nothing.
    if (edgeOf(b - MOST) >= -7)
      for (let s = starts[b]!; s < starts[b + 1]!; s++) {
        const [i, j] = [sets.find(left[sorted[s]!]!), sets.find(right[sorted[s]!]!)]
        if (i === j) continue
        sets.join(i, j)
        customers--
      }
    if (at[b]!.pairs > 0) out.push({ bin: b - MOST, ...at[b]!, customers })
  }
  return out.reverse()
}
