/**
 * Which pairs a person should look at. Most is learned where the model is least sure (uncertainty sampling, Lewis & Gale
 * 1994) and where one answer moves most records: pairs nearest to the threshold in log-odds, links that alone hold a customer
 * together, customers that had to be cut or grew large. Every fifth pair is drawn by chance from all weights instead, so that
 * precision and recall can be estimated honestly from the answers.
 */

import { mix } from '../match/block-keys.ts'
import type { FlaggedComponent } from '../match/index.ts'
import { bridgesOf } from './bridges.ts'
import { binOf } from './weight-bins.ts'

export type ReviewReason = 'uncertain' | 'sample' | 'bridge' | 'cut' | 'oversized'

export interface ReviewPair {
  left: number
  right: number
  logOdds: number
  reason: ReviewReason
  groupSize: number
}

export interface ReviewInput {
  left: Uint32Array
  right: Uint32Array
  logOdds: Float32Array
  /** ln of the odds. */
  threshold: number
  entity: Uint32Array
  flagged: readonly FlaggedComponent[]
  /** Whether the pair was decided before. */
  decided(left: number, right: number): boolean
}

/** What people work through between two runs; more would be out of date before they come to it. */
const UNCERTAIN = 1000
const OF_EACH_KIND = 300
/** Of each half bit of weight: answers are worth most where either is possible, and certain pairs still want a few. */
const sampledAt = (logOdds: number): number => (Math.abs(logOdds) < 7 ? 10 : Math.abs(logOdds) < 14 ? 4 : 1)
/** A customer with more records than this is looked at. */
const LARGE = 12

export function informativePairs(input: ReviewInput): ReviewPair[] {
  const sizes = sizesOf(input.entity)
  const sizeAt = (record: number) => sizes.get(input.entity[record]!) ?? 1
  const pair = (p: number, reason: ReviewReason, groupSize: number): ReviewPair => ({
    left: input.left[p]!,
    right: input.right[p]!,
    logOdds: input.logOdds[p]!,
    reason,
    groupSize,
  })
  const found = [
    ...structural(input, sizeAt, pair),
    ...uncertain(input).map(p =>
      pair(
        p,
        'uncertain',
        input.entity[input.left[p]!] === input.entity[input.right[p]!]
          ? sizeAt(input.left[p]!)
          : sizeAt(input.left[p]!) + sizeAt(input.right[p]!),
      ),
    ),
  ]
  const once = unique(found, input).sort((a, b) => worth(b, input.threshold) - worth(a, input.threshold))
  const taken = new Set(once.map(({ left, right }) => left * input.entity.length + right))
  const sample = unique(
    sampled(input).map(p => pair(p, 'sample', sizeAt(input.left[p]!))),
    input,
  ).filter(({ left, right }) => !taken.has(left * input.entity.length + right))
  return interleave(once, sample, 5)
}

/** Bits from the threshold halve the worth at one; every doubling of the records it moves adds as much again. */
function worth({ logOdds, groupSize, reason }: ReviewPair, threshold: number): number {
  const bits = Math.abs(logOdds - threshold) / Math.LN2
  return (Math.log2(1 + groupSize) * (reason === 'uncertain' ? 1 : 4)) / (1 + bits)
}

function sizesOf(entity: Uint32Array): Map<number, number> {
  const sizes = new Map<number, number>()
  for (const root of entity) sizes.set(root, (sizes.get(root) ?? 0) + 1)
  return sizes
}

/** The nearest to the threshold, one for each pair of customers: the others of the two would say the same. */
function uncertain({ left, right, logOdds, threshold, entity, decided }: ReviewInput): number[] {
  const bins = new Map<number, number>()
  const distance = (p: number) => Math.abs(logOdds[p]! - threshold)
  for (let p = 0; p < logOdds.length; p++) {
    const bin = Math.floor(distance(p) * 8)
    bins.set(bin, (bins.get(bin) ?? 0) + 1)
  }
  let within = 0
  let kept = 0
  // Three times as many as wanted: several pairs of the same two customers count once.
  for (const [bin, count] of [...bins].sort(([a], [b]) => a - b)) {
    within = (bin + 1) / 8
    kept += count
    if (kept >= 3 * UNCERTAIN) break
  }
  const near: number[] = []
  for (let p = 0; p < logOdds.length; p++) if (distance(p) < within) near.push(p)
  near.sort((a, b) => distance(a) - distance(b) || a - b)
  const seen = new Set<string>()
  const out: number[] = []
  for (const p of near) {
    const [i, j] = [left[p]!, right[p]!]
    if (decided(i, j)) continue
    const [a, b] = [entity[i]!, entity[j]!]
    const key = a === b ? `${i} ${j}` : `${Math.min(a, b)} ${Math.max(a, b)}`
    if (seen.has(key)) continue
    seen.add(key)
    out.push(p)
    if (out.length === UNCERTAIN) break
  }
  return out
}

/** Links that alone hold a customer together; where a component was cut; the weakest link of a large customer. */
function structural(
  input: ReviewInput,
  sizeAt: (record: number) => number,
  pair: (p: number, reason: ReviewReason, groupSize: number) => ReviewPair,
): ReviewPair[] {
  const { left, right, logOdds, threshold, entity } = input
  const component = new Map<number, number>()
  input.flagged.forEach(({ records }, c) => {
    for (const record of records) component.set(record, c)
  })
  const edges = new Map<number, number[]>()
  const weakest = new Map<number, number>()
  const cut = new Map<number, number>()
  for (let p = 0; p < logOdds.length; p++) {
    if (logOdds[p]! < threshold) continue
    const i = left[p]!
    if (entity[i] !== entity[right[p]!]) {
      const c = component.get(i)
      if (c === undefined) continue
      const best = cut.get(c)
      if (best === undefined || logOdds[p]! > logOdds[best]!) cut.set(c, p)
      continue
    }
    const size = sizeAt(i)
    if (size < 4) continue
    const root = entity[i]!
    const list = edges.get(root)
    if (list) list.push(p)
    else edges.set(root, [p])
    const weak = weakest.get(root)
    if (size > LARGE && (weak === undefined || logOdds[p]! < logOdds[weak]!)) weakest.set(root, p)
  }
  const bridges = [...edges.values()].flatMap(list => bridgesOf(list, left, right))
  const first = (pairs: ReviewPair[]) => pairs.sort((a, b) => b.groupSize - a.groupSize).slice(0, OF_EACH_KIND)
  return [
    ...first(bridges.map(p => pair(p, 'bridge', sizeAt(left[p]!)))),
    ...first([...cut].map(([c, p]) => pair(p, 'cut', input.flagged[c]!.records.length))),
    ...first([...weakest.values()].map(p => pair(p, 'oversized', sizeAt(left[p]!)))),
  ]
}

/** The same few of each half bit whenever the records are the same: those whose numbers hash lowest. */
function sampled({ left, right, logOdds }: ReviewInput): number[] {
  const lowest = new Map<number, { p: number; hash: number }[]>()
  for (let p = 0; p < logOdds.length; p++) {
    const bin = binOf(logOdds[p]!)
    const hash = mix(Math.imul(left[p]! + 1, 0x9e3779b1) ^ right[p]!)
    const list = lowest.get(bin)
    if (!list) lowest.set(bin, [{ p, hash }])
    else if (list.length < sampledAt(logOdds[p]!) || hash < list.at(-1)!.hash) {
      list.push({ p, hash })
      list.sort((a, b) => a.hash - b.hash)
      if (list.length > sampledAt(logOdds[p]!)) list.pop()
    }
  }
  // By hash over all bins: whoever stops half-way has answered some of every weight.
  return [...lowest.values()]
    .flat()
    .sort((a, b) => a.hash - b.hash)
    .map(({ p }) => p)
}

function unique(pairs: readonly ReviewPair[], { decided, entity }: ReviewInput): ReviewPair[] {
  const seen = new Set<number>()
  return pairs.filter(({ left, right }) => {
    const key = left * entity.length + right
    if (seen.has(key) || decided(left, right)) return false
    seen.add(key)
    return true
  })
}

function interleave(first: readonly ReviewPair[], second: readonly ReviewPair[], every: number): ReviewPair[] {
  const out: ReviewPair[] = []
  let s = 0
  for (const [at, pair] of first.entries()) {
    if (at % (every - 1) === every - 2 && s < second.length) out.push(second[s++]!)
    out.push(pair)
  }
  return [...out, ...second.slice(s)]
}
