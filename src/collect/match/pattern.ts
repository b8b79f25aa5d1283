/**
 * A pair's levels as one number in mixed radix (below 2^53), and the histogram of patterns: a few thousand cells stand
 * for millions of pairs, so that learning and thresholds are exact and take milliseconds.
 */
import { type Comparison, levelCount } from './comparison.ts'
import type { LevelOf } from './levels.ts'

export const radices = (comparisons: Comparison[]): number[] => comparisons.map(levelCount)

export function patternOf(levels: LevelOf[], radix: number[], i: number, j: number): number {
  let pattern = 0
  for (let k = levels.length - 1; k >= 0; k--) pattern = pattern * radix[k]! + levels[k]!(i, j)
  return pattern
}

export function levelsIn(pattern: number, radix: number[]): number[] {
  return radix.map(size => {
    const level = pattern % size
    pattern = Math.floor(pattern / size)
    return level
  })
}

/** Open addressing over doubles: three times as fast as Map<number, number> at 10 M insertions. */
export class PatternTable {
  private keys = new Float64Array(1024).fill(-1)
  private index = new Uint32Array(1024)
  private patterns: number[] = []
  readonly counts: number[] = []

  /** The pattern's index, counting it `times` more. */
  add(pattern: number, times = 1): number {
    let at = this.slot(pattern)
    if (this.keys[at] === -1) {
      if (this.patterns.length * 2 > this.keys.length) {
        this.grow()
        at = this.slot(pattern)
      }
      this.keys[at] = pattern
      this.index[at] = this.patterns.length
      this.patterns.push(pattern)
      this.counts.push(0)
    }
    const id = this.index[at]!
    this.counts[id]! += times
    return id
  }

  get size(): number {
    return this.patterns.length
  }

  pattern(id: number): number {
    return this.patterns[id]!
  }

  private slot(pattern: number): number {
    const mask = this.keys.length - 1
    const low = (pattern % 4294967296) | 0
    const high = Math.floor(pattern / 4294967296) | 0
    let at = Math.imul(low ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b)
    at = (at ^ (at >>> 15)) & mask
    while (this.keys[at] !== -1 && this.keys[at] !== pattern) at = (at + 1) & mask
    return at
  }

  private grow(): void {
    this.keys = new Float64Array(this.keys.length * 4).fill(-1)
    this.index = new Uint32Array(this.keys.length)
    this.patterns.forEach((pattern, id) => {
      const at = this.slot(pattern)
      this.keys[at] = pattern
      this.index[at] = id
    })
  }
}
