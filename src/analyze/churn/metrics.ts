/** Area under the ROC curve: the chance that a yes is scored above a no, ties half (Mann & Whitney). */
export function auc(scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  const order = Uint32Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => scores[a]! - scores[b]!)
  let [yes, rankSum] = [0, 0]
  for (let from = 0; from < order.length; ) {
    let to = from
    while (to < order.length && scores[order[to]!]! === scores[order[from]!]!) to++
    const rank = (from + 1 + to) / 2
    for (let k = from; k < to; k++)
      if (labels[order[k]!]) {
        yes++
        rankSum += rank
      }
    from = to
  }
  const no = order.length - yes
  return yes === 0 || no === 0 ? Number.NaN : (rankSum - (yes * (yes + 1)) / 2) / (yes * no)
}

export interface CalibrationBin {
  customers: number
  expected: number
  actual: number
}

/** Customers by score, highest first, in `bins` groups of equal size; sums of what was expected and what came. */
export function byScore(
  scores: ArrayLike<number>,
  actual: ArrayLike<number>,
  bins = 10,
  rank: ArrayLike<number> = scores,
): CalibrationBin[] {
  const order = Uint32Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => rank[b]! - rank[a]! || a - b)
  const out = Array.from({ length: bins }, () => ({ customers: 0, expected: 0, actual: 0 }))
  for (const [place, i] of order.entries()) {
    const bin = out[Math.floor((place * bins) / order.length)]!
    bin.customers++
    bin.expected += scores[i]!
    bin.actual += actual[i]!
  }
  return out
}

/** Expected calibration error over ten groups of equal size: mean |expected rate − actual rate|, weighted by size. */
export function calibrationError(scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  let sum = 0
  for (const bin of byScore(scores, labels)) sum += Math.abs(bin.expected - bin.actual)
  return sum / scores.length
}

/** How many times the average rate the highest-scored tenth has. */
export function topDecileLift(scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  const bins = byScore(scores, labels)
  const total = bins.reduce((s, b) => s + b.actual, 0)
  const top = bins[0]!
  return total > 0 ? top.actual / top.customers / (total / scores.length) : Number.NaN
}
