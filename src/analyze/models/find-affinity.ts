import type { Progress } from '../../platform/app.ts'
import type { Facts } from '../../platform/stores/facts/index.ts'
import { affinePairs } from '../affinity/affinity.ts'
import { basketsFromLines } from '../affinity/baskets.ts'
import { countPairs } from '../affinity/count-pairs.ts'
import { type GoodsBought, goodsBought } from '../affinity/goods-bought.ts'
import { neighboursOf } from '../affinity/neighbours.ts'
import { type NextProducts, nextProducts } from '../affinity/next-products.ts'
import type { ModelRecord } from './model-record.ts'

export interface AffinityInput {
  runId: number
  identityRun: number
  asOf: string
}

/** An item in fewer baskets than this has no company worth naming: five, or one in twenty thousand. */
const fewestBaskets = (baskets: number) => Math.max(5, Math.round(baskets / 20_000))
/** Lines worked through, and rows written, at a time. */
const LINES = 2_000_000

/** Finds what is bought together and what each customer may want next; writes item_pairs (both ways round) and next_products. */
export async function findAffinity(facts: Facts, input: AffinityInput, progress: Progress): Promise<ModelRecord> {
  progress(0, 3, 'baskets')
  const goods = await goodsBought(facts, input)
  const baskets = basketsFromLines(goods.basket, goods.item, goods.codes.length)
  const enough = fewestBaskets(baskets.start.length - 1)
  const counts = countPairs(baskets, enough)
  const pairs = affinePairs(counts, { minBaskets: enough })
  progress(1, 3, 'pairs')
  const n = pairs.a.length
  const code = (side: Uint32Array) => Array.from(side, k => goods.codes[counts.items[k]!]!)
  const [a, b] = [code(pairs.a), code(pairs.b)]
  for (const [first, second] of n > 0 ? [[a, b] as const, [b, a] as const] : [])
    await facts.insertColumns('item_pairs', {
      run_id: { type: 'UInt64', values: new Float64Array(n).fill(input.runId) },
      product_a: { type: 'String', values: first },
      product_b: { type: 'String', values: second },
      baskets: { type: 'UInt64', values: Float64Array.from(pairs.baskets) },
      lift: { type: 'Float32', values: pairs.lift },
      shrunk_lift: { type: 'Float32', values: pairs.shrunkLift },
      q_value: { type: 'Float32', values: pairs.qValue },
    })

  const neighbours = neighboursOf(pairs, counts, goods.codes.length)
  let proposals = 0
  for (let from = 0; from < goods.customer.length; ) {
    let to = Math.min(goods.customer.length, from + LINES)
    while (to < goods.customer.length && goods.customer[to] === goods.customer[to - 1]) to++
    const next = nextProducts(
      {
        customer: goods.customer.subarray(from, to),
        item: goods.item.subarray(from, to),
        age: goods.age.subarray(from, to),
      },
      neighbours,
      goods.codes.length,
    )
    await write(facts, input.runId, goods, next)
    proposals += next.item.length
    from = to
    progress(1 + (2 * to) / goods.customer.length, 3, 'next products')
  }
  return {
    model: 'next-product',
    trainedOn: counts.baskets,
    parameters: { minBaskets: enough, priorBaskets: pairs.prior },
    metrics: { items: counts.items.length, pairs: n, basketsTooLarge: counts.tooLarge, proposals },
    definition: { falseDiscoveryRate: 0.01, windowDays: 365 },
    problem: n === 0 ? 'too-few' : null,
  }
}

async function write(facts: Facts, runId: number, goods: GoodsBought, next: NextProducts): Promise<void> {
  if (next.item.length === 0) return
  const code = (items: Uint32Array) => Array.from(items, i => goods.codes[i]!)
  await facts.insertColumns('next_products', {
    run_id: { type: 'UInt64', values: new Float64Array(next.item.length).fill(runId) },
    customer_id: { type: 'UInt64', values: BigUint64Array.from(next.customer, c => goods.customers[c]!) },
    rank: { type: 'UInt8', values: next.rank },
    product_code: { type: 'String', values: code(next.item) },
    category: { type: 'LowCardinality(String)', values: Array.from(next.item, i => goods.categories[i]!) },
    score: { type: 'Float32', values: next.score },
    kind: { type: 'LowCardinality(String)', values: Array.from(next.repeat, r => (r ? 'repeat' : 'explore')) },
    because: { type: 'String', values: code(next.because) },
  })
}
