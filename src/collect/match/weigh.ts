/** The weight of a pair: from its pattern, corrected by how rare the values are on which it agrees. */

import type { Text } from '../../platform/text.ts'
import { isoOf } from '../standardise/date.ts'
import { type Comparison, EMAIL_PARTS, HOME_PARTS, LEVELS } from './comparison.ts'
import { cellCode, type MatchModel } from './model.ts'
import { levelsIn, radices } from './pattern.ts'
import { type CodedColumn, textAt } from './text-pool.ts'
import { aspectText, levelText } from './words.ts'

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

/**
 * One bar of the waterfall: bits for (+) or against (−). Bits and rarity bits of all steps add up to the log2 odds of the pair. The
 * first step is what is known before looking (how rare a match is), the last what the aspects say less or more together than apart.
 */
export interface WeightStep {
  kind: 'prior' | 'aspect' | 'together'
  aspect: string
  aspectText: Text
  level: string
  levelText: Text
  /** The values as they were compared (standardised); '' where there is none. */
  left: string
  right: string
  bits: number
  /** Bits added because the agreed value is rare (or taken because it is common). */
  rarityBits: number
}

/** Log2 bounds of a rarity correction: a value seen twice in a million cannot prove more than this. */
const MOST_RARITY = Math.log(2 ** 12)

const bare = (kind: WeightStep['kind'], aspect: string, bits: number): WeightStep => ({
  kind,
  aspect,
  aspectText: aspectText(aspect),
  level: '',
  levelText: { en: '', zh: '' },
  left: '',
  right: '',
  bits,
  rarityBits: 0,
})

const dateText = (ymd: number): string => (ymd > 0 ? isoOf(ymd) : '')

/** What a comparison saw of one record: characters rather than their sound, the parts of a home, each slot once. */
function shownValue(comparison: Comparison, columns: CodedColumn[], i: number): string {
  const text = (c: number): string => textAt(columns[c]!, columns[c]!.codes[i]!)
  const { kind, columns: of, shown } = comparison
  if (shown !== undefined) return text(shown)
  if (kind === 'date') return dateText(columns[of[0]!]!.codes[i]!)
  if (kind === 'name')
    return (
      [...of]
        .reverse()
        .map(text)
        .find(value => value !== '') ?? ''
    )
  const width = kind === 'home' ? HOME_PARTS : kind === 'email' ? EMAIL_PARTS : 1
  const slots: string[] = []
  for (let c = 0; c < of.length; c += width) {
    const parts = of.slice(c, c + (kind === 'email' ? 1 : width)).map(text)
    const value = parts.filter(part => part !== '').join(' ')
    if (value !== '' && !slots.includes(value)) slots.push(value)
  }
  return slots.join(' · ')
}

/** Level of an e-mail address of which only the part before the @ is the same. */
const SAME_LOCAL = LEVELS.email.indexOf('same name part')

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

  /** Many have the mailbox name info or alice62, at as many providers. */
  const localRarity = (k: number, i: number, j: number): number => {
    const of = model.comparisons[k]!.columns
    for (let c = 1; c < of.length; c += EMAIL_PARTS) {
      const { codes, counts } = columns[of[c]!]!
      if (codes[i] !== codes[j] || codes[i] === 0) continue
      const frequency = counts[codes[i]!]! / present[of[c]!]!
      return Math.max(-MOST_RARITY, Math.min(MOST_RARITY, Math.log(frequency / model.u[k]![SAME_LOCAL]!)))
    }
    return 0
  }

  /** ln(frequency of the agreed value / mean agreement of strangers); 0 where the aspect does not agree exactly. */
  const rarity = (k: number, level: number, i: number, j: number): number => {
    const comparison = model.comparisons[k]!
    if (level === 2 && comparison.kind === 'name') return swappedRarity(k, i, j)
    if (level === SAME_LOCAL && comparison.kind === 'email') return localRarity(k, i, j)
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
      if (level > SAME_LOCAL) continue
      const rare = rarity(k, level, i, j)
      if (rare === 0) continue
      const correction = Math.exp(rare)
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
    const steps = [bare('prior', 'before looking', Math.log2(model.same / (1 - model.same)))]
    let shown = 0
    levels.forEach((level, k) => {
      const comparison = model.comparisons[k]!
      const text = (i: number) => shownValue(comparison, columns, i)
      const bits = level === 0 ? 0 : Math.log2(model.m[k]![level]! / model.u[k]![level]!)
      const rarityBits = -rarity(k, level, i, j) / Math.LN2
      shown += bits + rarityBits
      const name = LEVELS[comparison.kind][level]!
      steps.push({
        kind: 'aspect',
        aspect: comparison.id,
        aspectText: aspectText(comparison.id),
        level: name,
        levelText: levelText(name),
        left: text(i),
        right: text(j),
        bits,
        rarityBits,
      })
    })
    const total = logOdds(patternWeight(pattern), i, j) / Math.LN2
    steps.push(bare('together', 'taken together', total - shown - steps[0]!.bits))
    return steps
  }

  return { logOdds, classes, patternWeight, explain }
}
