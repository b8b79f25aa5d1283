import type { Progress } from '../../platform/app.ts'
import type { Facts } from '../../platform/stores/facts/index.ts'
import { affinePairs } from '../affinity/affinity.ts'
import { type Baskets, basketsFromLines } from '../affinity/baskets.ts'
import { countPairs } from '../affinity/count-pairs.ts'
import { countOwned, customerRows } from '../affinity/customer-rows.ts'
import { ease, LAMBDA } from '../affinity/ease.ts'
import { fillProductFigures } from '../affinity/fill-product-figures.ts'
import { fewestBaskets, mostModelled } from '../affinity/find-limits.ts'
import { type GoodsBought, goodsBought } from '../affinity/goods-bought.ts'
import { basketNeighbours } from '../affinity/neighbours.ts'
import { nextProducts } from '../affinity/next-products.ts'
import { repeatShares } from '../affinity/repeat-share.ts'
import { rulesOfTurn } from '../affinity/rules-of-turn.ts'
import { type PairKind, writeNext, writePairs, writeRules, writeWeights } from '../affinity/write-affinity.ts'
import type { ModelRecord } from './model-record.ts'

export interface AffinityInput {
  runId: number
  identityRun: number
  asOf: string
}

/** Lines worked through, and rows written, at a time. */
const LINES = 2_000_000
/** Below so many customers what they own says too little of one another, and what stands in their baskets has to do. */
const FEWEST_CUSTOMERS = 50
/** Fewest owners of an item in the model. */
const FEWEST_OWNERS = 5

/**
 * Finds what is bought together (in one basket, by one customer; products and categories), the rules behind it, and what each customer may
 * want next; writes item_pairs, association_rules, item_weights, product_figures and next_products.
 */
export async function findAffinity(facts: Facts, input: AffinityInput, progress: Progress): Promise<ModelRecord> {
  const { runId } = input
  progress(0, 4, 'baskets')
  const figures = facts.exec(fillProductFigures, { ...input })
  const goods = await goodsBought(facts, input)
  await figures
  const items = goods.codes.length

  const together = async (kind: PairKind, codes: readonly string[], baskets: Baskets, enough: number) => {
    const counts =
      kind.basis === 'basket' ? countPairs(baskets, { minBaskets: enough }) : countOwned(baskets, FEWEST_OWNERS)
    const pairs = affinePairs(counts, { minBaskets: enough })
    await writePairs(facts, runId, kind, codes, counts, pairs)
    return { counts, pairs }
  }
  const baskets = basketsFromLines(goods.basket, goods.item, items)
  const enough = fewestBaskets(baskets.start.length - 1)
  const inBaskets = await together({ basis: 'basket', level: 'product' }, goods.codes, baskets, enough)
  const rules = rulesOfTurn(baskets, enough, inBaskets.pairs.prior)
  await writeRules(facts, runId, goods.codes, rules, baskets.start.length - 1)
  progress(1, 4, 'pairs')

  const rows = customerRows(goods, items)
  const owned = await together({ basis: 'customer', level: 'product' }, goods.codes, rows, FEWEST_OWNERS)
  const category = categoriesOf(goods)
  for (const basis of ['basket', 'customer'] as const) {
    const lines = Uint32Array.from(goods.item, item => category.of[item]!)
    const sets = basketsFromLines(basis === 'basket' ? goods.basket : goods.customer, lines, category.names.length)
    await together({ basis, level: 'category' }, category.names, sets, enough)
  }
  progress(2, 4, 'model')

  const most = mostModelled(owned.counts.baskets)
  const byOwners = owned.counts.baskets >= FEWEST_CUSTOMERS
  const weights = byOwners
    ? ease(owned.counts, items, { most })
    : basketNeighbours(inBaskets.pairs, inBaskets.counts, items)
  await writeWeights(facts, runId, goods.codes, weights)
  const model = { weights, repeatShare: repeatShares(goods, items) }
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
      model,
      items,
    )
    await writeNext(facts, runId, goods, next)
    proposals += next.item.length
    from = to
    progress(2 + (2 * to) / goods.customer.length, 4, 'next products')
  }
  const pairs = inBaskets.pairs.a.length
  return {
    model: 'next-product',
    trainedOn: inBaskets.counts.baskets,
    parameters: {
      minBaskets: enough,
      priorBaskets: inBaskets.pairs.prior,
      ...(byOwners ? { lambda: LAMBDA, modelled: Math.min(most, owned.counts.items.length) } : {}),
    },
    metrics: {
      items: inBaskets.counts.items.length,
      pairs,
      ownedTogether: owned.pairs.a.length,
      rules: rules.rhs.length,
      basketsTooLarge: inBaskets.counts.tooLarge,
      proposals,
    },
    definition: { falseDiscoveryRate: 0.01, windowDays: 365, method: byOwners ? 'ease' : 'basket-lift' },
    problem: pairs === 0 ? 'too-few' : null,
  }
}

/** Categories by number, and the category of each item. */
function categoriesOf({ categories }: GoodsBought): { names: string[]; of: Uint16Array } {
  const names = [...new Set(categories)]
  const number = new Map(names.map((name, k) => [name, k]))
  return { names, of: Uint16Array.from(categories, name => number.get(name)!) }
}
