import type { Facts } from '../../platform/stores/facts/index.ts'
import type { AffinePairs } from './affinity.ts'
import type { PairCounts } from './count-pairs.ts'
import type { GoodsBought } from './goods-bought.ts'
import type { ItemWeights } from './item-weights.ts'
import type { NextProducts } from './next-products.ts'
import type { FoundRules } from './rules-of-turn.ts'

/** Companions kept of each product: the others are in the counts, but nobody reads on. */
const COMPANIONS = 60

const runs = (runId: number, n: number) => ({ type: 'UInt64', values: new Float64Array(n).fill(runId) })
const same = (word: string, n: number) => ({
  type: 'LowCardinality(String)',
  values: new Array<string>(n).fill(word),
})

export interface PairKind {
  /** In one basket, or owned by one customer. */
  basis: 'basket' | 'customer'
  level: 'product' | 'category'
}

/** Both ways round, of each the companions it has most to gain from: shared baskets above chance. */
export async function writePairs(
  facts: Facts,
  runId: number,
  { basis, level }: PairKind,
  codes: readonly string[],
  counts: PairCounts,
  pairs: AffinePairs,
): Promise<void> {
  const gain = (k: number) => pairs.baskets[k]! * (1 - 1 / pairs.shrunkLift[k]!)
  const byGain = Uint32Array.from(pairs.a.keys()).sort((x, y) => gain(y) - gain(x))
  const kept = new Uint16Array(counts.items.length)
  const [from, to, at]: [number[], number[], number[]] = [[], [], []]
  const keep = (own: number, other: number, k: number) => {
    if (kept[own]! >= COMPANIONS) return
    kept[own] = kept[own]! + 1
    from.push(own)
    to.push(other)
    at.push(k)
  }
  for (const k of byGain) {
    keep(pairs.a[k]!, pairs.b[k]!, k)
    keep(pairs.b[k]!, pairs.a[k]!, k)
  }
  const n = at.length
  if (n === 0) return
  const names = Array.from(counts.items, item => codes[item]!)
  const pick = (column: ArrayLike<number>) => Float64Array.from(at, k => column[k]!)
  await facts.insertColumns('item_pairs', {
    run_id: runs(runId, n),
    basis: same(basis, n),
    level: same(level, n),
    product_a: { type: 'String', values: from.map(k => names[k]!) },
    product_b: { type: 'String', values: to.map(k => names[k]!) },
    baskets: { type: 'UInt64', values: pick(pairs.baskets) },
    with_a: { type: 'UInt64', values: Float64Array.from(from, k => counts.single[k]!) },
    lift: { type: 'Float32', values: pick(pairs.lift) },
    shrunk_lift: { type: 'Float32', values: pick(pairs.shrunkLift) },
    q_value: { type: 'Float32', values: pick(pairs.qValue) },
  })
}

export async function writeRules(
  facts: Facts,
  runId: number,
  codes: readonly string[],
  rules: FoundRules,
  baskets: number,
): Promise<void> {
  const n = rules.rhs.length
  if (n === 0) return
  await facts.insertColumns('association_rules', {
    run_id: runs(runId, n),
    lhs: { type: 'Array(String)', values: rules.lhs.map(lhs => Array.from(lhs, item => codes[item]!)) },
    rhs: { type: 'String', values: Array.from(rules.rhs, item => codes[item]!) },
    length: { type: 'UInt8', values: rules.lhs.map(lhs => lhs.length + 1) },
    baskets: { type: 'UInt64', values: Float64Array.from(rules.baskets) },
    support: { type: 'Float64', values: Float64Array.from(rules.baskets, count => count / baskets) },
    confidence: { type: 'Float32', values: rules.confidence },
    lift: { type: 'Float32', values: rules.lift },
    shrunk_lift: { type: 'Float32', values: rules.shrunkLift },
    q_value: { type: 'Float32', values: rules.qValue },
  })
}

export async function writeWeights(
  facts: Facts,
  runId: number,
  codes: readonly string[],
  { start, item, weight }: ItemWeights,
): Promise<void> {
  if (item.length === 0) return
  const from = new Array<string>(item.length)
  for (let own = 0; own + 1 < start.length; own++) from.fill(codes[own]!, start[own]!, start[own + 1]!)
  await facts.insertColumns('item_weights', {
    run_id: runs(runId, item.length),
    product_code: { type: 'String', values: from },
    wanted_code: { type: 'String', values: Array.from(item, k => codes[k]!) },
    weight: { type: 'Float32', values: weight },
  })
}

export async function writeNext(facts: Facts, runId: number, goods: GoodsBought, next: NextProducts): Promise<void> {
  const n = next.item.length
  if (n === 0) return
  const code = (items: ArrayLike<number>) => Array.from(items, i => goods.codes[i]!)
  const rows = Array.from(next.item.keys())
  const reasons = (k: number) => next.reason.subarray(next.reasonStart[k]!, next.reasonStart[k + 1]!)
  await facts.insertColumns('next_products', {
    run_id: runs(runId, n),
    customer_id: { type: 'UInt64', values: BigUint64Array.from(next.customer, c => goods.customers[c]!) },
    rank: { type: 'UInt8', values: next.rank },
    product_code: { type: 'String', values: code(next.item) },
    category: { type: 'LowCardinality(String)', values: Array.from(next.item, i => goods.categories[i]!) },
    score: { type: 'Float32', values: next.score },
    kind: { type: 'LowCardinality(String)', values: Array.from(next.repeat, r => (r ? 'repeat' : 'explore')) },
    because: { type: 'String', values: rows.map(k => goods.codes[next.reason[next.reasonStart[k]!]!] ?? '') },
    reasons: { type: 'Array(String)', values: rows.map(k => code(reasons(k))) },
    reason_shares: {
      type: 'Array(Float32)',
      values: rows.map(k => Array.from(next.share.subarray(next.reasonStart[k]!, next.reasonStart[k + 1]!))),
    },
  })
}
