/**
 * Blocking rules proposed from the data: the least restrictive combinations of keys that stay within a budget of pairs.
 * Costs are estimated on a sample (a pair survives sampling at rate p with p², as in Splink 5), so a rule over 1 M
 * records costs no more to propose than one over 60 thousand.
 */
import { type BlockKey, combineKeys, mix } from './block-keys.ts'

export interface BlockingRule {
  id: string
  fields: string[]
  /** One column per slot. */
  columns: Uint32Array[]
  expectedPairs: number
}

/** Below this many records every pair is compared: nothing can be missed, and 2 M pairs take about a second. */
export const COMPARE_ALL_BELOW = 2000
/** A block above this size is left to other rules (a shared switchboard number, "unknown"). */
export const MAX_BLOCK = 300
const SAMPLE = 60_000
const MAX_RULES = 14

function expectedPairs(keys: Uint32Array[], records: number, sample: Uint32Array): number {
  const counts = new Map<number, number>()
  let pairs = 0
  for (const column of keys) {
    for (const i of sample) {
      const key = column[i]!
      if (key === 0) continue
      const before = counts.get(key) ?? 0
      if (before < MAX_BLOCK) pairs += before
      counts.set(key, before + 1)
    }
  }
  const scale = (records / sample.length) ** 2
  return pairs * scale
}

function sampleOf(records: number): Uint32Array {
  if (records <= SAMPLE) return new Uint32Array(records).map((_, i) => i)
  const out = new Uint32Array(SAMPLE)
  const step = records / SAMPLE
  for (let i = 0; i < SAMPLE; i++) out[i] = Math.min(records - 1, Math.floor((i + (mix(i + 1) % 1000) / 1000) * step))
  return out
}

interface Candidate {
  keys: BlockKey[]
  fields: string[]
  cost: number
}

/** Combinations of 1 to 3 keys on different fields. */
function* combinations(keys: BlockKey[], size: number, from = 0): Generator<BlockKey[]> {
  if (size === 0) {
    yield []
    return
  }
  for (let at = from; at < keys.length; at++) {
    const key = keys[at]!
    for (const rest of combinations(keys, size - 1, at + 1)) {
      if (rest.some(other => other.fields.some(field => key.fields.includes(field)))) continue
      yield [key, ...rest]
    }
  }
}

const covers = (weaker: Candidate, keys: BlockKey[]): boolean => weaker.keys.every(key => keys.includes(key))

export function proposeRules(keys: BlockKey[], records: number): BlockingRule[] {
  if (records < COMPARE_ALL_BELOW) {
    return [
      {
        id: 'every pair',
        fields: [],
        columns: [new Uint32Array(records).fill(1)],
        expectedPairs: (records * (records - 1)) / 2,
      },
    ]
  }
  const perRule = Math.max(records, 300_000)
  const budget = Math.max(6 * records, 1_500_000)
  const sample = sampleOf(records)
  const accepted: Candidate[] = []
  for (const size of [1, 2, 3]) {
    if (size === 3 && accepted.length >= 8) break
    for (const combination of combinations(keys, size)) {
      if (accepted.some(weaker => covers(weaker, combination))) continue
      const slots =
        size === 1 ? combination[0]!.columns : [combineKeys(combination.map(key => gather(key.columns[0]!, sample)))]
      const cost =
        size === 1
          ? expectedPairs(slots, records, sample)
          : expectedPairs(
              slots,
              records,
              sample.map((_, i) => i),
            )
      if (cost <= perRule) accepted.push({ keys: combination, fields: combination.flatMap(key => key.fields), cost })
    }
  }
  return pick(accepted, budget).map(({ keys: chosen, fields, cost }) => ({
    id: chosen.map(key => key.id).join(' + '),
    fields,
    columns: chosen.length === 1 ? chosen[0]!.columns : [combineKeys(chosen.map(key => key.columns[0]!))],
    expectedPairs: cost,
  }))
}

const gather = (column: Uint32Array, sample: Uint32Array): Uint32Array => sample.map(i => column[i]!)

/** Cheap rules first, but each use of a field makes its next rule dearer: an error in one field must not hit all rules. */
function pick(candidates: Candidate[], budget: number): Candidate[] {
  const used = new Map<string, number>()
  const left = new Set(candidates)
  const out: Candidate[] = []
  while (out.length < MAX_RULES && left.size > 0) {
    let best: Candidate | undefined
    let bestPrice = Number.POSITIVE_INFINITY
    for (const candidate of left) {
      if (candidate.cost > budget) continue
      const wear = candidate.fields.reduce((sum, field) => sum + (used.get(field) ?? 0), 0) / candidate.fields.length
      const price = wear + candidate.keys.length * 0.5 + candidate.cost / budget
      if (price < bestPrice) {
        best = candidate
        bestPrice = price
      }
    }
    if (!best) break
    left.delete(best)
    budget -= best.cost
    for (const field of best.fields) used.set(field, (used.get(field) ?? 0) + 1)
    out.push(best)
  }
  return out
}
