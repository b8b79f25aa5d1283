/** All pairs weighed, and what they teach the model beyond their patterns. */
import { mix } from './block-keys.ts'
import type { PatternClasses } from './model.ts'
import type { Scored } from './score.ts'
import type { PairWeigher } from './weigh.ts'

/** A pattern this unlikely stays so however rare the values: its pairs need no look at them. */
const HOPELESS = 1e-14

export function weighPairs(scored: Scored, weigher: PairWeigher): Float32Array {
  const weights = Array.from(scored.patterns, pattern => weigher.patternWeight(pattern))
  const hopeless = weights.map(weight => weight.same < weight.strangers * HOPELESS)
  const logOdds = new Float32Array(scored.left.length)
  for (let p = 0; p < logOdds.length; p++) {
    const id = scored.pattern[p]!
    logOdds[p] = hopeless[id] ? -32 : weigher.logOdds(weights[id]!, scored.left[p]!, scored.right[p]!)
  }
  return logOdds
}

export interface PairSample {
  pairs: Uint32Array
  /** By pattern: pairs there are for each one drawn. */
  scale: Float64Array
}

/** Up to so many pairs every one is looked at. */
const ALL_BELOW = 400_000
/** Beyond, about so many of each pattern: the mean of 200 probabilities is good to ±.035 at worst, and patterns are thousands. */
const OF_A_PATTERN = 200

/** Drawn by a hash of the two records, so the same whoever scored them and in whatever order. */
export function samplePairs(scored: Scored): PairSample {
  const { left, right, pattern, counts } = scored
  const scale = new Float64Array(counts.length).fill(1)
  if (left.length <= ALL_BELOW) return { pairs: Uint32Array.from(left.keys()), scale }
  const every = Uint32Array.from(counts, count => Math.max(1, Math.ceil(count / OF_A_PATTERN)))
  const drawn = new Uint32Array(counts.length)
  const pairs = new Uint32Array(left.length)
  let n = 0
  for (let p = 0; p < left.length; p++) {
    const id = pattern[p]!
    if (every[id]! > 1 && mix(Math.imul(left[p]!, 0x9e3779b1) ^ right[p]!) % every[id]! !== 0) continue
    pairs[n++] = p
    drawn[id]!++
  }
  for (let id = 0; id < scale.length; id++) scale[id] = drawn[id]! > 0 ? counts[id]! / drawn[id]! : 0
  return { pairs: pairs.slice(0, n), scale }
}

/** Probabilities are added in whole units of 2^-30, which is exact in any order: the model is the same for any number of threads. */
const UNIT = 2 ** 30

/** Expected classes of the pairs, summed by pattern. */
export function expectations(scored: Scored, { pairs, scale }: PairSample, weigher: PairWeigher): PatternClasses {
  const weights = Array.from(scored.patterns, pattern => weigher.patternWeight(pattern))
  const hopeless = weights.map(weight => weight.same + weight.relatives < weight.strangers * HOPELESS)
  const out = { same: new Float64Array(weights.length), relatives: new Float64Array(weights.length) }
  const pair: [number, number] = [0, 0]
  for (const p of pairs) {
    const id = scored.pattern[p]!
    if (hopeless[id]) continue
    weigher.classes(weights[id]!, scored.left[p]!, scored.right[p]!, pair)
    out.same[id]! += Math.round(pair[0] * UNIT)
    out.relatives[id]! += Math.round(pair[1] * UNIT)
  }
  for (let id = 0; id < weights.length; id++) {
    out.same[id]! *= scale[id]! / UNIT
    out.relatives[id]! *= scale[id]! / UNIT
  }
  return out
}
