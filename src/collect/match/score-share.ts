/**
 * Blocks of records that may be one person, and one worker's share of the pairs: every n-th block of every rule. Each pair of a block is
 * coded as a pattern, unless an earlier rule already brought the two together.
 */
import { mix } from './block-keys.ts'
import type { Comparison } from './comparison.ts'
import { levelFunctions } from './levels.ts'
import { PatternTable, patternOf, radices } from './pattern.ts'
import { type CodedColumn, sharedU32 } from './text-pool.ts'

export interface ScoreInput {
  records: number
  columns: CodedColumn[]
  comparisons: Comparison[]
  /** Key columns of the rules, slots within; keys of oversized blocks are cleared by `blocksOf` before pairs are made. */
  rules: Uint32Array[][]
  maxBlock: number
  randomPairs: number
  /** Source of each record: only records of two sources are compared. Absent: everyone with everyone. */
  sources?: Uint32Array
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
  /** Records by block. */
  records: Uint32Array
  /** Starts of the blocks in `records`; the last is its length. */
  starts: Uint32Array
}

/** Places of keys in a table of open addressing, 2^n slots for at most half as many keys. */
function slotOf(table: Uint32Array, key: number): number {
  const mask = table.length - 1
  let at = Math.imul(key, 0x9e3779b1) >>> 3
  for (at &= mask; table[at] !== 0 && table[at] !== key; ) at = (at + 1) & mask
  return at
}

/** Groups the records of one rule into blocks, and clears the keys of blocks that are too large. */
export function blocksOf(slots: Uint32Array[], maxBlock: number): Entries {
  let count = 0
  for (const keys of slots) for (let i = 0; i < keys.length; i++) if (keys[i] !== 0) count++
  const table = new Uint32Array(2 ** Math.ceil(Math.log2(2 * count + 2)))
  const blockAt = new Uint32Array(table.length)
  const sizes = new Uint32Array(count)
  const keyOf = new Uint32Array(count)
  /** Entry: its record and its block. */
  const records = new Uint32Array(count)
  const blocks = new Uint32Array(count)
  let found = 0
  let entry = 0
  for (const keys of slots) {
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i]!
      if (key === 0) continue
      const at = slotOf(table, key)
      if (table[at] === 0) {
        table[at] = key
        keyOf[found] = key
        blockAt[at] = found++
      }
      const block = blockAt[at]!
      records[entry] = i
      blocks[entry++] = block
      sizes[block]!++
    }
  }
  const next = new Uint32Array(found)
  let length = 0
  let several = 0
  for (let block = 0; block < found; block++) {
    const size = sizes[block]!
    next[block] = length
    if (size < 2 || size > maxBlock) continue
    length += size
    several++
  }
  const kept = sharedU32(length)
  for (let e = 0; e < count; e++) {
    const block = blocks[e]!
    const size = sizes[block]!
    if (size < 2) continue
    if (size <= maxBlock) kept[next[block]!++] = records[e]!
    else for (const keys of slots) if (keys[records[e]!] === keyOf[block]) keys[records[e]!] = 0
  }
  const starts = sharedU32(several + 1)
  let made = 0
  let end = 0
  let from = 0
  for (let block = 0; block < found; block++) {
    const size = sizes[block]!
    if (size < 2 || size > maxBlock) continue
    // With several slots a block is not in order, and may have a record twice.
    if (slots.length > 1) sortPart(kept, from, from + size)
    starts[made++] = end
    const first = end
    for (let x = from; x < from + size; x++) {
      if (end === first || kept[x] !== kept[end - 1]) kept[end++] = kept[x]!
    }
    from += size
  }
  starts[made] = end
  return { records: kept.subarray(0, end), starts }
}

/** Most blocks have two or three records: a sort by insertion. */
function sortPart(values: Uint32Array, from: number, to: number): void {
  for (let x = from + 1; x < to; x++) {
    const value = values[x]!
    let y = x - 1
    for (; y >= from && values[y]! > value; y--) values[y + 1] = values[y]!
    values[y + 1] = value
  }
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
  const { sources } = input
  blocks.forEach(({ records, starts }, r) => {
    const slots = input.rules[r]!
    for (let b = share; b + 1 < starts.length; b += shares) {
      const from = starts[b]!
      const to = starts[b + 1]!
      const only = slots.length > 1 ? blockKey(slots, records, from, to) : 0
      for (let x = from; x < to; x++) {
        const i = records[x]!
        for (let y = x + 1; y < to; y++) {
          const j = records[y]!
          if (sources && sources[i] === sources[j]) continue
          let earlier = false
          for (let e = 0; e < r && !earlier; e++) earlier = meets(input.rules[e]!, i, j)
          if (earlier || (only !== 0 && smallestMeeting(slots, i, j) !== only)) continue
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
  const { sources } = input
  const every = (n * (n - 1)) / 2
  if (every <= input.randomPairs) {
    for (let i = share; i < n; i += shares) {
      for (let j = i + 1; j < n; j++) {
        if (!sources || sources[i] !== sources[j]) table.add(patternOf(levels, radix, i, j))
      }
    }
    return table
  }
  for (let draw = share; draw < input.randomPairs; draw += shares) {
    const i = mix(draw * 2 + 1) % n
    const j = mix(draw * 2 + 2) % n
    if (i !== j && (!sources || sources[i] !== sources[j])) table.add(patternOf(levels, radix, i, j))
  }
  return table
}
