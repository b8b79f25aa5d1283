import type { Progress } from '../../platform/app.ts'
import type { Facts } from '../../platform/stores/facts/index.ts'
import { eachCustomer } from '../affinity/each-customer.ts'
import { goodsBought } from '../affinity/goods-bought.ts'
import { readWeights } from '../affinity/read-weights.ts'
import { allocate } from './allocate.ts'
import type { DistributionResult, DistributionSettings } from './catalogue.ts'
import { pulls, said, tastesOf } from './taste.ts'

export interface DistributeInput {
  distributionId: number
  identityRun: number
  modelsRun: number
  asOf: string
  settings: DistributionSettings
  /** Products of each, in the order of the settings. */
  products: readonly (readonly string[])[]
}

/** Rows written at a time. */
const BATCH = 200_000
const REASONS = 2

/** Finds every customer's taste in every collection, gives the copies out, and writes catalogue_members. */
export async function distribute(
  facts: Facts,
  input: DistributeInput,
  progress: Progress,
): Promise<DistributionResult> {
  progress(0, 3, 'read')
  const { settings } = input
  const goods = await goodsBought(facts, input)
  const items = goods.codes.length
  const number = new Map(goods.codes.map((code, k) => [code, k]))
  const weights = await readWeights(facts, input.modelsRun, goods.codes)
  const collections = input.products.map(codes => codes.flatMap(code => number.get(code) ?? []))
  const width = collections.length + 1
  const pull = pulls(weights, collections, items)
  const tastes = tastesOf(goods, pull, collections.length, items)
  progress(1, 3, 'distribute')

  const wanted = new Array<number>(collections.length).fill(0)
  const worth = tastes.taste.map((taste, k) => {
    if (taste < settings.leastTaste || taste <= 1) return 0
    wanted[k % collections.length] = wanted[k % collections.length]! + 1
    return taste - 1
  })
  const copies = settings.catalogues.map(own => own.copies)
  const { given, value, bound, price } = allocate(worth, collections.length, copies, settings.perCustomer)
  progress(2, 3, 'write')

  const count = new Array<number>(collections.length).fill(0)
  const sum = new Array<number>(collections.length).fill(0)
  let reached = 0
  let at = 0
  let rows = emptyRows()
  const pending: Promise<void>[] = []
  eachCustomer(goods, items, owner => {
    const u = at++
    const own = given.subarray(u * settings.perCustomer, (u + 1) * settings.perCustomer).filter(c => c !== 255)
    if (own.length > 0) reached++
    for (const c of own) {
      const taste = tastes.taste[u * collections.length + c]!
      count[c] = count[c]! + 1
      sum[c] = sum[c]! + taste
      const reasons = [...owner.items.subarray(0, owner.count)]
        .map(item => ({ item, part: said(owner, item) * pull[item * width + c]! }))
        .filter(({ part }) => part > 0)
        .sort((a, b) => b.part - a.part || a.item - b.item)
        .slice(0, REASONS)
      rows.customer.push(goods.customers[owner.customer]!)
      rows.catalogue.push(settings.catalogues[c]!.code)
      rows.taste.push(taste)
      rows.reasons.push(reasons.map(({ item }) => goods.codes[item]!))
    }
    if (rows.customer.length < BATCH) return
    pending.push(write(facts, input.distributionId, rows))
    rows = emptyRows()
  })
  pending.push(write(facts, input.distributionId, rows))
  await Promise.all(pending)
  progress(3, 3)
  return {
    customers: tastes.customers,
    reached,
    value,
    bound,
    rows: settings.catalogues.map(({ code, copies }, c) => ({
      code,
      copies,
      wanted: wanted[c]!,
      given: count[c]!,
      taste: count[c]! > 0 ? sum[c]! / count[c]! : 0,
      price: price[c]!,
    })),
  }
}

const emptyRows = () => ({
  customer: [] as bigint[],
  catalogue: [] as string[],
  taste: [] as number[],
  reasons: [] as string[][],
})

async function write(facts: Facts, distributionId: number, rows: ReturnType<typeof emptyRows>): Promise<void> {
  const n = rows.customer.length
  if (n === 0) return
  await facts.insertColumns('catalogue_members', {
    distribution_id: { type: 'UInt64', values: new Float64Array(n).fill(distributionId) },
    customer_id: { type: 'UInt64', values: BigUint64Array.from(rows.customer) },
    catalogue: { type: 'LowCardinality(String)', values: rows.catalogue },
    taste: { type: 'Float32', values: rows.taste },
    reasons: { type: 'Array(String)', values: rows.reasons },
  })
}
