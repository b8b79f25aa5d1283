/** The weight of a pair: from its pattern, corrected by how rare the values are on which it agrees. */

import { LEVELS } from './comparison.ts'
import { cellCode, type MatchModel } from './model.ts'
import { levelsIn, radices } from './pattern.ts'
import { type CodedColumn, textAt } from './text-pool.ts'

export interface PatternWeight {
  levels: number[]
  /** Probabilities of the pattern in the three classes, shares of the classes included. */
  same: number
  relatives: number
  strangers: number
}

export interface PairWeigher {
  /** ln of the odds that the two are one person. */
  logOdds(pattern: PatternWeight, i: number, j: number): number
  /** Probabilities that the two are one person, or relatives; written to `out`. */
  classes(pattern: PatternWeight, i: number, j: number, out: [number, number]): void
  patternWeight(pattern: number): PatternWeight
  explain(pattern: number, i: number, j: number): WeightStep[]
}

/** One bar of the waterfall: bits for (+) or against (−). */
export interface WeightStep {
  aspect: string
  level: string
  left: string
  right: string
  bits: number
  /** Bits added because the agreed value is rare (or taken because it is common). */
  rarityBits: number
}

/** Log2 bounds of a rarity correction: a value seen twice in a million cannot prove more than this. */
const MOST_RARITY = Math.log(2 ** 12)

export function pairWeigher(model: MatchModel, columns: CodedColumn[]): PairWeigher {
  const radix = radices(model.comparisons)
  const present = columns.map(column => {
    let filled = 0
    for (let c = 1; c < column.counts.length; c++) filled += column.counts[c]!
    return filled
  })
  const agreement = model.u.map(levels => levels[1]!)

  /** Of two exchanged names, the value that is the commoner one in this place is the one that stands right. */
  const swappedRarity = (k: number, i: number, j: number): number => {
    const c = model.comparisons[k]!.columns[0]!
    const { codes, counts } = columns[c]!
    const frequency = Math.max(counts[codes[i]!]!, counts[codes[j]!]!) / present[c]!
    return Math.max(-MOST_RARITY, Math.min(MOST_RARITY, Math.log(frequency / agreement[k]!)))
  }

  /** ln(frequency of the agreed value / mean agreement of strangers); 0 where the aspect does not agree exactly. */
  const rarity = (k: number, level: number, i: number, j: number): number => {
    const comparison = model.comparisons[k]!
    if (level === 2 && comparison.kind === 'name') return swappedRarity(k, i, j)
    if (level !== 1 || !comparison.frequency) return 0
    for (const c of comparison.kind === 'name' ? [...comparison.columns].reverse() : comparison.columns) {
      const column = columns[c]!
      const code = column.codes[i]!
      if (code === 0 || column.codes[j] !== code) continue
      const frequency = column.counts[code]! / present[c]!
      return Math.max(-MOST_RARITY, Math.min(MOST_RARITY, Math.log(frequency / agreement[k]!)))
    }
    return 0
  }

  const patternWeight = (pattern: number): PatternWeight => {
    const levels = levelsIn(pattern, radix)
    let same = model.same
    let relatives = model.relatives
    let strangers = 1 - model.same - model.relatives
    for (const group of model.groups) {
      const cell = group.cells.get(cellCode(group.members, levels, radix))
      if (cell === undefined) {
        for (const k of group.members) {
          const level = levels[k]!
          if (level === 0) continue
          same *= model.m[k]![level]!
          relatives *= model.comparisons[k]!.shared ? model.m[k]![level]! : model.u[k]![level]!
          strangers *= model.u[k]![level]!
        }
      } else {
        same *= group.m[cell]!
        relatives *= group.relative[cell]!
        strangers *= group.u[cell]!
      }
    }
    return { levels, same, relatives, strangers }
  }

  const logOdds = (weight: PatternWeight, i: number, j: number): number => {
    let strangers = Math.log(weight.strangers)
    let relatives = weight.relatives > 0 ? Math.log(weight.relatives) : Number.NEGATIVE_INFINITY
    for (let k = 0; k < weight.levels.length; k++) {
      const correction = rarity(k, weight.levels[k]!, i, j)
      strangers += correction
      if (!model.comparisons[k]!.shared) relatives += correction
    }
    const larger = Math.max(strangers, relatives)
    const others = larger + Math.log1p(Math.exp(Math.min(strangers, relatives) - larger))
    return Math.log(weight.same) - others
  }

  const classes = (weight: PatternWeight, i: number, j: number, out: [number, number]): void => {
    let ofStrangers = 1
    let ofRelatives = 1
    for (let k = 0; k < weight.levels.length; k++) {
      const level = weight.levels[k]!
      if (level !== 1 && level !== 2) continue
      const correction = Math.exp(rarity(k, level, i, j))
      ofStrangers *= correction
      if (!model.comparisons[k]!.shared) ofRelatives *= correction
    }
    const relatives = weight.relatives * ofRelatives
    const sum = weight.same + relatives + weight.strangers * ofStrangers
    out[0] = sum > 0 ? weight.same / sum : 0
    out[1] = sum > 0 ? relatives / sum : 0
  }

  const explain = (pattern: number, i: number, j: number): WeightStep[] => {
    const levels = levelsIn(pattern, radix)
    const steps: WeightStep[] = [
      {
        aspect: 'before looking',
        level: '',
        left: '',
        right: '',
        bits: Math.log2(model.same / (1 - model.same)),
        rarityBits: 0,
      },
    ]
    let shown = 0
    levels.forEach((level, k) => {
      const comparison = model.comparisons[k]!
      const column = columns[comparison.columns.at(comparison.kind === 'name' ? -1 : 0)!]!
      const text = (i: number) =>
        comparison.kind === 'date' ? String(column.codes[i] || '') : textAt(column, column.codes[i]!)
      const bits = level === 0 ? 0 : Math.log2(model.m[k]![level]! / model.u[k]![level]!)
      const rarityBits = -rarity(k, level, i, j) / Math.LN2
      shown += bits + rarityBits
      steps.push({
        aspect: comparison.id,
        level: LEVELS[comparison.kind][level]!,
        left: text(i),
        right: text(j),
        bits,
        rarityBits,
      })
    })
    const total = logOdds(patternWeight(pattern), i, j) / Math.LN2
    steps.push({
      aspect: 'taken together',
      level: '',
      left: '',
      right: '',
      bits: total - shown - steps[0]!.bits,
      rarityBits: 0,
    })
    return steps
  }

  return { logOdds, classes, patternWeight, explain }
}
