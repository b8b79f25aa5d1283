import { affinePairs } from './affinity.ts'
import { basketsFromLines } from './baskets.ts'
import { countPairs } from './count-pairs.ts'
import { countOwned, customerRows } from './customer-rows.ts'
import { eachCustomer } from './each-customer.ts'
import { ease } from './ease.ts'
import { best, explorer } from './explore.ts'
import { fewestBaskets, mostModelled } from './find-limits.ts'
import type { GoodsBought } from './goods-bought.ts'
import { itemNeighbours } from './item-neighbours.ts'
import { basketNeighbours } from './neighbours.ts'
import { type RankingMetrics, rankingTally } from './ranking-metrics.ts'
import { repeatShares } from './repeat-share.ts'

export const exploreMethods = ['ease', 'item-neighbours', 'basket-lift', 'best-sellers'] as const
export const repeatMethods = ['personal', 'purchase-days', 'best-sellers'] as const

export interface Backtest {
  /** Days held back; the products of those days are what was wanted. */
  days: number
  /** Length of the lists. */
  length: number
  trainedOn: { customers: number; lines: number }
  /** New products: not bought in the window before. */
  explore: Record<(typeof exploreMethods)[number], RankingMetrics>
  /** Products bought before. */
  repeat: Record<(typeof repeatMethods)[number], RankingMetrics>
}

/**
 * Holds back the last days of the goods, lets each method propose from what came before, and looks whether it was bought. Coming back for what
 * one knows and finding something new are measured apart: together, repetition hides that nothing new is ever hit (Li et al., TOIS 2023).
 */
export function backtest(goods: GoodsBought, days: number, length = 10): Backtest {
  const items = goods.codes.length
  const before = places(goods.age, age => age >= days)
  const lines = {
    customer: goods.customer.filter((_, k) => goods.age[k]! >= days),
    item: Uint32Array.from(before, k => goods.item[k]!),
    age: Uint16Array.from(before, k => goods.age[k]! - days),
  }
  const wanted = new Map<number, Set<number>>()
  for (const k of places(goods.age, age => age < days)) {
    const own = wanted.get(goods.customer[k]!)
    if (own) own.add(goods.item[k]!)
    else wanted.set(goods.customer[k]!, new Set([goods.item[k]!]))
  }

  const owned = countOwned(customerRows(lines, items), 5)
  const baskets = basketsFromLines(
    Uint32Array.from(before, k => goods.basket[k]!),
    lines.item,
    items,
  )
  const enough = fewestBaskets(baskets.start.length - 1)
  const inBaskets = countPairs(baskets, { minBaskets: enough })
  const most = mostModelled(owned.baskets)
  const explorers = {
    ease: explorer(ease(owned, items, { most }), items),
    'item-neighbours': explorer(itemNeighbours(owned, items, most), items),
    'basket-lift': explorer(basketNeighbours(affinePairs(inBaskets, { minBaskets: enough }), inBaskets, items), items),
  }
  const sellers = Float64Array.from({ length: items }, () => 0)
  for (const [k, item] of owned.items.entries()) sellers[item] = owned.single[k]!
  const ranked = [...owned.items]
  const share = repeatShares(lines, items)

  const explore = tallies(exploreMethods, length)
  const repeat = tallies(repeatMethods, length)
  eachCustomer(lines, items, owner => {
    const bought = wanted.get(owner.customer)
    if (!bought) return
    const fresh = new Set([...bought].filter(item => owner.days[item] === 0))
    const again = new Set([...bought].filter(item => owner.days[item]! > 0))
    if (fresh.size > 0) {
      for (const method of ['ease', 'item-neighbours', 'basket-lift'] as const) {
        const { found, scores } = explorers[method].score(owner)
        explore[method].add(
          best(found, item => scores[item]!, length),
          fresh,
        )
      }
      explore['best-sellers'].add(
        first(ranked, item => owner.days[item] === 0, length),
        fresh,
      )
    }
    if (again.size > 0) {
      const own = owner.items.subarray(0, owner.count)
      repeat.personal.add(
        best(own, item => owner.habit[item]! * share[item]!, length),
        again,
      )
      // Items bought on as many days: the better seller first (their numbers would tell of the days held back).
      repeat['purchase-days'].add(
        best(own, item => owner.days[item]! + sellers[item]! / 1e9, length),
        again,
      )
      repeat['best-sellers'].add(
        best(own, item => sellers[item]!, length),
        again,
      )
    }
  })
  return {
    days,
    length,
    trainedOn: { customers: owned.baskets, lines: lines.item.length },
    explore: finished(explore, items),
    repeat: finished(repeat, items),
  }
}

const places = (ages: Uint16Array, holds: (age: number) => boolean): number[] => {
  const out: number[] = []
  for (let k = 0; k < ages.length; k++) if (holds(ages[k]!)) out.push(k)
  return out
}

function first(items: readonly number[], holds: (item: number) => boolean, most: number): number[] {
  const out: number[] = []
  for (const item of items) {
    if (!holds(item)) continue
    out.push(item)
    if (out.length === most) break
  }
  return out
}

type Tallies<M extends string> = Record<M, ReturnType<typeof rankingTally>>

const tallies = <M extends string>(methods: readonly M[], length: number): Tallies<M> =>
  Object.fromEntries(methods.map(method => [method, rankingTally(length)])) as Tallies<M>

const finished = <M extends string>(tally: Tallies<M>, products: number): Record<M, RankingMetrics> =>
  Object.fromEntries(
    Object.entries(tally).map(([method, own]) => [method, (own as ReturnType<typeof rankingTally>).done(products)]),
  ) as Record<M, RankingMetrics>
