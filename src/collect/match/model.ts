/**
 * Fellegi–Sunter with parameters learned by EM on the histogram of patterns (Fellegi & Sunter 1969; Winkler 1988).
 * Three classes of pairs: the same person (m), two people of one household who share surname, address or telephone
 * (relatives), and strangers (u). u starts from random pairs; without the middle class a family would count as
 * one person, because shared fields agree together far more often than chance allows.
 *
 * Comparisons of a group (the parts of a name, of an address) depend on each other, so their joint distribution is learned:
 * the product of the margins times a shrunken ratio of observed to expected. A missing value says nothing: each set of
 * present values has its own distribution.
 */
import { type Comparison, levelCount } from './comparison.ts'
import { levelsIn, radices } from './pattern.ts'

export interface Histogram {
  patterns: ArrayLike<number>
  counts: ArrayLike<number>
}

export interface GroupModel {
  /** Indexes of its comparisons. */
  members: number[]
  /** Cell (mixed radix of the members' levels) to its place in the three tables. */
  cells: Map<number, number>
  m: Float64Array
  relative: Float64Array
  u: Float64Array
}

export interface MatchModel {
  comparisons: Comparison[]
  groups: GroupModel[]
  /** Share of all pairs. */
  same: number
  relatives: number
  /** Margins by comparison and level, for explanation and term frequency; level 0 is unused. */
  m: Float64Array[]
  u: Float64Array[]
  iterations: number
}

/** How sure each blocked pattern is of its class: expected pairs of one person and of relatives. */
export interface PatternClasses {
  same: Float64Array
  relatives: Float64Array
}

/** Strength with which a joint cell is drawn back to the product of its margins, in pairs. */
const SHRINK = 5
const MAX_ITERATIONS = 60
const TINY = 1e-12

interface Cells {
  /** Per group, per pattern: the cell's place. */
  of: Uint32Array[]
  /** Per group, per cell: levels of its members. */
  levels: number[][][]
  maps: Map<number, number>[]
}

function groupsOf(comparisons: Comparison[]): number[][] {
  const byName = new Map<string, number[]>()
  comparisons.forEach((comparison, k) => {
    const members = byName.get(comparison.group)
    if (members) members.push(k)
    else byName.set(comparison.group, [k])
  })
  return [...byName.values()]
}

export function cellCode(members: number[], levels: number[], radix: number[]): number {
  let code = 0
  for (const k of members) code = code * radix[k]! + levels[k]!
  return code
}

function cellsOf(histograms: Histogram[], groups: number[][], radix: number[]): { cells: Cells; total: number } {
  const total = histograms.reduce((sum, h) => sum + h.patterns.length, 0)
  const cells: Cells = {
    of: groups.map(() => new Uint32Array(total)),
    levels: groups.map(() => []),
    maps: groups.map(() => new Map()),
  }
  let at = 0
  for (const { patterns } of histograms) {
    for (let p = 0; p < patterns.length; p++, at++) {
      const levels = levelsIn(patterns[p]!, radix)
      groups.forEach((members, g) => {
        const code = cellCode(members, levels, radix)
        const map = cells.maps[g]!
        let id = map.get(code)
        if (id === undefined) {
          id = map.size
          map.set(code, id)
          cells.levels[g]!.push(members.map(k => levels[k]!))
        }
        cells.of[g]![at] = id
      })
    }
  }
  return { cells, total }
}

/** Margins per comparison from weighted cells, a little weight (`prior`) on every level so that nothing is impossible. */
function margins(groups: number[][], cells: Cells, weights: Float64Array[], prior: Float64Array[]): Float64Array[] {
  const out = prior.map(levels => levels.slice())
  groups.forEach((members, g) => {
    cells.levels[g]!.forEach((levels, id) => {
      members.forEach((k, at) => {
        const level = levels[at]!
        if (level > 0) out[k]![level]! += weights[g]![id]!
      })
    })
  })
  for (const levels of out) {
    const sum = levels.reduce((a, b) => a + b, 0)
    for (let level = 1; level < levels.length; level++) levels[level]! /= sum
  }
  return out
}

/** Joint probabilities of the cells of one group, given which values are present. */
function jointOf(members: number[], levels: number[][], weights: Float64Array, margin: Float64Array[]): Float64Array {
  const product = levels.map(cell =>
    cell.reduce((p, level, at) => (level === 0 ? p : p * margin[members[at]!]![level]!), 1),
  )
  if (members.length === 1) return Float64Array.from(product)
  const maskOf = (cell: number[]) => cell.reduce((mask, level) => mask * 2 + (level > 0 ? 1 : 0), 0)
  const byMask = new Map<number, number>()
  levels.forEach((cell, id) => {
    const mask = maskOf(cell)
    byMask.set(mask, (byMask.get(mask) ?? 0) + weights[id]!)
  })
  return Float64Array.from(levels, (cell, id) => {
    const expected = byMask.get(maskOf(cell))! * product[id]!
    return (product[id]! * (weights[id]! + SHRINK)) / (expected + SHRINK)
  })
}

/** At most this share of one person's pairs bears two different numbers of a kind that is given once. */
const MOST_DIFFERENT = 0.02

/** Without the bound, namesakes that slip into the class of one person teach it that such numbers mean little. */
function limitDifferent(levels: Float64Array): void {
  const last = levels.length - 1
  const different = levels[last]!
  if (different <= MOST_DIFFERENT) return
  for (let level = 1; level < last; level++) levels[level]! *= (1 - MOST_DIFFERENT) / (1 - different)
  levels[last] = MOST_DIFFERENT
}

/**
 * Namesakes write their names in either order as one person does, so an exchange proves as much as plain agreement and no
 * more; random pairs show too few of them to say so.
 */
function boundSwapped(u: Float64Array, m: Float64Array): void {
  const chance = Math.min(0.5, (m[2]! * u[1]!) / m[1]!)
  if (u[2]! < chance) u[2] = chance
}

/**
 * How a duplicate usually looks before anything is learned: mostly the same, else any level. Long texts are seldom the same in full, but
 * the less they have in common the rarer they mean the same: half of a title in common is the mark of another of its series.
 */
function initialM(comparison: Comparison): Float64Array {
  const levels = new Float64Array(levelCount(comparison))
  const last = levels.length - 1
  const whole = comparison.kind === 'words' ? 0.6 : 0.8
  for (let level = 1; level <= last; level++) {
    levels[level] = level === 1 ? whole : comparison.kind === 'words' ? 0.28 / 5 ** (level - 2) : 0.2 / (last - 1)
  }
  const sum = levels.reduce((a, b) => a + b, 0)
  return levels.map(level => level / sum)
}

/**
 * What is believed before any pair is seen, in pairs. It decides in tables of a few records, where every pair may be the one or the other,
 * and is nothing in large ones: half a pair is the most that can be said there about what never happened.
 */
const UNSEEN = 0.5
const STRANGERS_DIFFER = 30
const SAME_AGREE = 5

/** Strangers differ; of two categories they share one half of the time. */
function strangersBefore(comparison: Comparison): Float64Array {
  const levels = new Float64Array(levelCount(comparison)).fill(UNSEEN)
  levels[0] = 0
  if (comparison.kind === 'category') levels[1] = STRANGERS_DIFFER / 2
  levels[levels.length - 1] = comparison.kind === 'category' ? STRANGERS_DIFFER / 2 : STRANGERS_DIFFER
  return levels
}

function sameBefore(comparison: Comparison): Float64Array {
  const levels = new Float64Array(levelCount(comparison)).fill(UNSEEN)
  levels[0] = 0
  levels[1] = SAME_AGREE
  return levels
}

const relativesBefore = (comparison: Comparison): Float64Array => {
  const levels = new Float64Array(levelCount(comparison)).fill(UNSEEN)
  levels[0] = 0
  return levels
}

/**
 * Learns in two stages: `learn` from patterns alone, then `relearn` with what single pairs say beyond their pattern (the
 * rarity of the values they agree on): without it, namesakes with common names pass for one person and spoil m.
 */
export class Learner {
  private readonly comparisons: Comparison[]
  private readonly groups: number[][]
  private readonly cells: Cells
  private readonly blocked: Histogram
  private readonly random: Histogram
  private readonly pairs: number
  private readonly sizes: number[]
  private m: Float64Array[]
  private r: Float64Array[]
  private u: Float64Array[]
  private mMargin: Float64Array[]
  private uMargin: Float64Array[]
  private same: number
  private relatives: number
  private iterations = 0
  /**
   * What tells relatives from one person for certain: birth date and identifiers, which they share as little as strangers do.
   * Where a table has one, everything else of relatives is learned (fathers and sons of one name); where it has none,
   * only what households share is.
   */
  private readonly fixed: boolean[]

  /** `pairs` is the number of all possible pairs, of which the blocked histogram holds the promising ones. */
  constructor(comparisons: Comparison[], blocked: Histogram, random: Histogram, pairs: number, records: number) {
    this.comparisons = comparisons
    this.blocked = blocked
    this.random = random
    this.pairs = pairs
    this.groups = groupsOf(comparisons)
    this.cells = cellsOf([blocked, random], this.groups, radices(comparisons)).cells
    this.sizes = this.cells.levels.map(levels => levels.length)
    const strangers = this.fresh()
    for (let p = 0; p < random.patterns.length; p++)
      this.spread(strangers, blocked.patterns.length + p, random.counts[p]!)
    this.uMargin = this.marginsOf(strangers, strangersBefore)
    this.u = this.joint(strangers, this.uMargin)
    this.mMargin = comparisons.map(initialM)
    this.m = this.joint(this.fresh(), this.mMargin)
    // A household shows by its home or telephone (an address may be one long text); a town and a surname in common make none.
    const parts = comparisons.filter(c => c.group === 'address').length
    const hasShared =
      parts > 1 ||
      comparisons.some(
        c => c.shared && (c.kind === 'home' || c.kind === 'words' || (c.kind === 'code' && c.group !== 'address')),
      )
    const anchored = comparisons.some(c => c.kind === 'date' || c.identifier)
    this.fixed = comparisons.map(c => (anchored ? c.kind === 'date' || c.identifier : !c.shared))
    this.same = Math.min(0.5, (0.2 * records) / pairs)
    this.relatives = hasShared ? Math.min(0.1, (0.02 * records) / pairs) : 0
    // Relatives: shared aspects as with one person, personal ones as with strangers.
    const margin = comparisons.map((c, k) => (c.shared ? this.mMargin[k]! : this.uMargin[k]!))
    this.r = this.joint(this.fresh(), margin)
  }

  learn(): MatchModel {
    for (; this.iterations < MAX_ITERATIONS; this.iterations++) if (this.step(this.classes()) < 1e-4) break
    return this.model()
  }

  /** One step of EM from expectations made pair by pair. */
  relearn(classes: PatternClasses): MatchModel {
    this.step(classes)
    this.iterations++
    return this.model()
  }

  private fresh = (): Float64Array[] => this.sizes.map(size => new Float64Array(size))

  private spread(weights: Float64Array[], at: number, weight: number): void {
    for (let g = 0; g < this.groups.length; g++) weights[g]![this.cells.of[g]![at]!]! += weight
  }

  private marginsOf = (weights: Float64Array[], prior: (comparison: Comparison) => Float64Array): Float64Array[] =>
    margins(this.groups, this.cells, weights, this.comparisons.map(prior))

  private joint = (weights: Float64Array[], margin: Float64Array[]): Float64Array[] =>
    this.groups.map((members, g) => jointOf(members, this.cells.levels[g]!, weights[g]!, margin))

  private posterior(at: number): [number, number] {
    let a = this.same
    let b = this.relatives
    let c = 1 - this.same - this.relatives
    for (let g = 0; g < this.groups.length; g++) {
      const cell = this.cells.of[g]![at]!
      a *= this.m[g]![cell]!
      b *= this.r[g]![cell]!
      c *= this.u[g]![cell]!
    }
    const sum = a + b + c
    return sum > 0 ? [a / sum, b / sum] : [0, 0]
  }

  private classes(): PatternClasses {
    const n = this.blocked.patterns.length
    const out = { same: new Float64Array(n), relatives: new Float64Array(n) }
    for (let p = 0; p < n; p++) {
      const [a, b] = this.posterior(p)
      out.same[p] = a * this.blocked.counts[p]!
      out.relatives[p] = b * this.blocked.counts[p]!
    }
    return out
  }

  /** Maximisation; returns how far the margins of m moved. */
  private step({ same, relatives }: PatternClasses): number {
    const nBlocked = this.blocked.patterns.length
    const mWeights = this.fresh()
    const rWeights = this.fresh()
    let sumM = 0
    let sumR = 0
    for (let p = 0; p < nBlocked; p++) {
      sumM += same[p]!
      sumR += relatives[p]!
      this.spread(mWeights, p, same[p]!)
      this.spread(rWeights, p, relatives[p]!)
    }
    // Some of the random pairs are one person too, and in small tables they would pass for chance agreement.
    const strangers = this.fresh()
    for (let p = 0; p < this.random.patterns.length; p++) {
      const [a, b] = this.posterior(nBlocked + p)
      this.spread(strangers, nBlocked + p, (1 - a - b) * this.random.counts[p]!)
    }
    const before = this.mMargin
    this.mMargin = this.marginsOf(mWeights, sameBefore)
    this.comparisons.forEach((comparison, k) => {
      if (comparison.identifier) limitDifferent(this.mMargin[k]!)
    })
    this.m = this.joint(mWeights, this.mMargin)
    this.uMargin = this.marginsOf(strangers, strangersBefore)
    this.comparisons.forEach((comparison, k) => {
      if (comparison.kind === 'name') boundSwapped(this.uMargin[k]!, this.mMargin[k]!)
    })
    this.u = this.joint(strangers, this.uMargin)
    if (this.relatives > 0) {
      const learned = this.marginsOf(rWeights, relativesBefore)
      const margin = this.comparisons.map((_, k) => (this.fixed[k] ? this.uMargin[k]! : learned[k]!))
      const none = this.fresh()
      const allShared = (members: number[]) => members.every(k => !this.fixed[k])
      this.r = this.groups.map((members, g) =>
        jointOf(members, this.cells.levels[g]!, (allShared(members) ? rWeights : none)[g]!, margin),
      )
      this.relatives = Math.max(TINY, sumR / this.pairs)
    }
    this.same = Math.max(TINY, sumM / this.pairs)
    return this.mMargin.reduce(
      (most, levels, k) => levels.reduce((x, v, l) => Math.max(x, Math.abs(v - before[k]![l]!)), most),
      0,
    )
  }

  private model(): MatchModel {
    return {
      comparisons: this.comparisons,
      groups: this.groups.map((members, g) => ({
        members,
        cells: this.cells.maps[g]!,
        m: this.m[g]!,
        relative: this.r[g]!,
        u: this.u[g]!,
      })),
      same: this.same,
      relatives: this.relatives,
      m: this.mMargin,
      u: this.uMargin,
      iterations: this.iterations,
    }
  }
}
