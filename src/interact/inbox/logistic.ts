/** Multinomial logistic regression on hashed features, L2, by AdaGrad (Duchi et al. 2011) in a fixed order: the same examples give the same model. */
import { REPLY_CLASSES, type ReplyClass } from './classes.ts'

export interface Example {
  features: Uint32Array
  class: number
  /** Of a label that a person gave; the seed's are 1. */
  weight: number
}

export interface ReplyModel {
  /** Features that occurred, sorted; weights lie class by class behind each. */
  hashes: Uint32Array
  weights: Float32Array
  bias: Float32Array
  /** Logits are divided by it (Guo et al. 2017). */
  temperature: number
}

const K = REPLY_CLASSES.length
const EPOCHS = 12
const RATE = 0.2
/** Small: hashing and the scale of long texts regularise too. */
const L2 = 1e-4

export function train(examples: readonly Example[]): ReplyModel {
  const hashes = Uint32Array.from(new Set(examples.flatMap(({ features }) => [...features]))).sort()
  const column = new Map(Array.from(hashes, (hash, at) => [hash, at]))
  const rows = examples.map(({ features }) => Uint32Array.from(features, hash => column.get(hash)! * K))
  const weights = new Float32Array(hashes.length * K)
  const squares = new Float32Array(hashes.length * K).fill(1e-6)
  const bias = new Float32Array(K)
  const order = examples.map((_, at) => at)
  const next = mulberry(7)
  const p = new Float64Array(K)
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    shuffle(order, next)
    for (const at of order) {
      const row = rows[at]!
      const scale = 1 / Math.sqrt(row.length || 1)
      for (let k = 0; k < K; k++) p[k] = bias[k]!
      for (const from of row) for (let k = 0; k < K; k++) p[k]! += weights[from + k]! * scale
      softmax(p, 1)
      p[examples[at]!.class]! -= 1
      const by = examples[at]!.weight
      for (let k = 0; k < K; k++) bias[k]! -= 0.05 * by * p[k]!
      for (const from of row)
        for (let k = 0; k < K; k++) {
          const i = from + k
          const gradient = by * p[k]! * scale + L2 * weights[i]!
          squares[i]! += gradient * gradient
          weights[i]! -= (RATE * gradient) / Math.sqrt(squares[i]!)
        }
    }
  }
  return { hashes, weights, bias, temperature: 1 }
}

/** In the order of the classes, not yet probabilities. */
export function logits({ hashes, weights, bias }: ReplyModel, features: Uint32Array): Float64Array {
  const out = new Float64Array(K)
  for (let k = 0; k < K; k++) out[k] = bias[k]!
  const scale = 1 / Math.sqrt(features.length || 1)
  let at = 0
  for (const hash of features) {
    while (at < hashes.length && hashes[at]! < hash) at++
    if (hashes[at] !== hash) continue
    for (let k = 0; k < K; k++) out[k]! += weights[at * K + k]! * scale
  }
  return out
}

export function softmax(values: Float64Array, temperature: number): Float64Array {
  const most = Math.max(...values)
  let sum = 0
  for (let k = 0; k < values.length; k++) {
    values[k] = Math.exp((values[k]! - most) / temperature)
    sum += values[k]!
  }
  for (let k = 0; k < values.length; k++) values[k]! /= sum
  return values
}

export type Guess = Record<ReplyClass, number>

export function guess(model: ReplyModel, features: Uint32Array): Guess {
  const p = softmax(logits(model, features), model.temperature)
  return Object.fromEntries(REPLY_CLASSES.map((name, k) => [name, p[k]!])) as Guess
}

/** Uniform [0, 1) from a seed (mulberry32). */
export function mulberry(seed: number): () => number {
  let a = seed
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export function shuffle(order: number[], next: () => number): void {
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(next() * (at + 1))
    ;[order[at], order[other]] = [order[other]!, order[at]!]
  }
}
