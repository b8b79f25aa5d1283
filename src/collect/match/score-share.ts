/**
 * One worker's share of the pairs: it takes the blocks whose key falls to it, in every rule, and codes each pair of a
 * block as a pattern, unless an earlier rule already brought the two together.
 */
import { mix } from './block-keys.ts'
import type { Comparison } from './comparison.ts'
import { levelFunctions } from './levels.ts'
import { PatternTable, patternOf, radices } from './pattern.ts'
import type { CodedColumn } from './text-pool.ts'

export interface ScoreInput {
  records: number
  columns: CodedColumn[]
  comparisons: Comparison[]
  /** Key columns of the rules, slots within; oversized blocks are cleared by `clearOversized` before pairs are made. */
  rules: Uint32Array[][]
  maxBlock: number
  randomPairs: number
}

export interface ScoredShare {
  left: Uint32Array
  right: Uint32Array
  /** Index into `patterns`. */
  pattern: Uint32Array
  /** Index of the rule that brought the pair. */
  rule: Uint8Array
  patterns: Float64Array
  counts: Float64Array
  randomPatterns: Float64Array
  randomCounts: Float64Array
}

export interface Entries {
  /** Records of this share, by key. */
  records: Uint32Array
  /** Starts of the blocks in `records`; the last is its length. */
  starts: Uint32Array
}

/** Sorts this share's entries of one rule into blocks, and clears the keys of blocks that are too large. */
export function blocksOf(slots: Uint32Array[], share: number, shares: number, maxBlock: number): Entries {
  let count = 0
  for (const keys of slots)
    for (let i = 0; i < keys.length; i++) if (keys[i] !== 0 && keys[i]! % shares === share) count++
  // key · 2^21 + record, exact in a double up to 2 M records; the numeric sort of a Float64Array is native.
  const shift = 2 ** Math.max(21, Math.ceil(Math.log2((slots[0]?.length ?? 1) + 1)))
  const keySpace = 2 ** 53 / shift
  const order = new Float64Array(count)
  let at = 0
  for (const keys of slots) {
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i]!
      if (key !== 0 && key % shares === share) order[at++] = (key % keySpace) * shift + i
    }
  }
  order.sort()
  const records = new Uint32Array(count)
  const starts: number[] = []
  let kept = 0
  for (let from = 0; from < count; ) {
    const key = Math.floor(order[from]! / shift)
    let to = from + 1
    while (to < count && Math.floor(order[to]! / shift) === key) to++
    if (to - from > maxBlock) {
      for (let e = from; e < to; e++) {
        const record = order[e]! % shift
        for (const keys of slots) if (keys[record]! % keySpace === key) keys[record] = 0
      }
    } else if (to - from > 1) {
      starts.push(kept)
      for (let e = from; e < to; e++) {
        const record = order[e]! % shift
        if (e === from || records[kept - 1] !== record) records[kept++] = record
      }
    }
    from = to
  }
  starts.push(kept)
  return { records: records.slice(0, kept), starts: Uint32Array.from(starts) }
}

const meets = (slots: Uint32Array[], i: number, j: number): boolean => {
  for (const a of slots) {
    const key = a[i]!
    if (key === 0) continue
    for (const b of slots) if (b[j] === key) return true
  }
  return false
}

/** With two slots a pair can meet in two blocks of one rule: it counts in the one of the smaller key. */
function smallestMeeting(slots: Uint32Array[], i: number, j: number): number {
  let smallest = 0
  for (const a of slots) {
    const key = a[i]!
    if (key === 0 || (smallest !== 0 && key >= smallest)) continue
    for (const b of slots) if (b[j] === key) smallest = key
  }
  return smallest
}

class Growing {
  data: Uint32Array
  length = 0
  constructor(size = 65_536) {
    this.data = new Uint32Array(size)
  }
  push(value: number): void {
    if (this.length === this.data.length) {
      const wider = new Uint32Array(this.length * 2)
      wider.set(this.data)
      this.data = wider
    }
    this.data[this.length++] = value
  }
  done(): Uint32Array {
    return this.data.slice(0, this.length)
  }
}

export function scoreShare(input: ScoreInput, blocks: Entries[], share: number, shares: number): ScoredShare {
  const levels = levelFunctions(input.comparisons, input.columns)
  const radix = radices(input.comparisons)
  const table = new PatternTable()
  const left = new Growing()
  const right = new Growing()
  const pattern = new Growing()
  const rule = new Growing()
  blocks.forEach(({ records, starts }, r) => {
    const slots = input.rules[r]!
    const keySpace = 2 ** 53
    for (let b = 0; b + 1 < starts.length; b++) {
      const from = starts[b]!
      const to = starts[b + 1]!
      const only = slots.length > 1 ? blockKey(slots, records, from, to) : 0
      for (let x = from; x < to; x++) {
        const i = records[x]!
        for (let y = x + 1; y < to; y++) {
          const j = records[y]!
          let earlier = false
          for (let e = 0; e < r && !earlier; e++) earlier = meets(input.rules[e]!, i, j)
          if (earlier || (only !== 0 && smallestMeeting(slots, i, j) !== only % keySpace)) continue
          left.push(Math.min(i, j))
          right.push(Math.max(i, j))
          rule.push(r)
          pattern.push(table.add(patternOf(levels, radix, i, j)))
        }
      }
    }
  })
  const random = randomHistogram(input, share, shares)
  return {
    left: left.done(),
    right: right.done(),
    pattern: pattern.done(),
    rule: Uint8Array.from(rule.done()),
    patterns: Float64Array.from({ length: table.size }, (_, id) => table.pattern(id)),
    counts: Float64Array.from(table.counts),
    randomPatterns: Float64Array.from({ length: random.size }, (_, id) => random.pattern(id)),
    randomCounts: Float64Array.from(random.counts),
  }
}

/** The key that all records of a block of a rule with slots have in common. */
function blockKey(slots: Uint32Array[], records: Uint32Array, from: number, to: number): number {
  for (const a of slots) {
    const key = a[records[from]!]!
    if (key === 0) continue
    let all = true
    for (let x = from + 1; x < to && all; x++) all = slots.some(b => b[records[x]!] === key)
    if (all) return key
  }
  return 0
}

/** Levels of pairs drawn at random: nearly all of them two different people, hence u. The draw is the same every time. */
function randomHistogram(input: ScoreInput, share: number, shares: number): PatternTable {
  const levels = levelFunctions(input.comparisons, input.columns)
  const radix = radices(input.comparisons)
  const table = new PatternTable()
  const n = input.records
  const every = (n * (n - 1)) / 2
  if (every <= input.randomPairs) {
    for (let i = share; i < n; i += shares) {
      for (let j = i + 1; j < n; j++) table.add(patternOf(levels, radix, i, j))
    }
    return table
  }
  for (let draw = share; draw < input.randomPairs; draw += shares) {
    const i = mix(draw * 2 + 1) % n
    const j = mix(draw * 2 + 2) % n
    if (i !== j) table.add(patternOf(levels, radix, i, j))
  }
  return table
}
