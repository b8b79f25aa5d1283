/**
 * The threshold without labels: the model's own probabilities say how many of the pairs above a cut are right and how
 * many right ones lie below it, so the cut with the best expected F1 = 2·Σp(above) / (n(above) + Σp(all)) is known.
 * Where hardly anything matches, the best expected F1 still links something, however unlikely: below LOWEST nothing is linked.
 */
const LOWEST = Math.log(0.25 / 0.75)

export function bestThreshold(logOdds: Float32Array): {
  threshold: number
  expectedF1: number
  expectedMatches: number
} {
  const sorted = logOdds.slice().sort().reverse()
  let matches = 0
  for (const odds of sorted) matches += 1 / (1 + Math.exp(-odds))
  let right = 0
  let best = 0
  let threshold = 0
  for (let n = 0; n < sorted.length && sorted[n]! >= LOWEST; n++) {
    right += 1 / (1 + Math.exp(-sorted[n]!))
    const f1 = (2 * right) / (n + 1 + matches)
    if (f1 > best) {
      best = f1
      threshold = sorted[n]!
    }
  }
  return { threshold, expectedF1: best, expectedMatches: matches }
}
