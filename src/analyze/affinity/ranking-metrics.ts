/** How good lists of proposals are, over the customers to whom something of the kind happened (van Rijsbergen 1979; Järvelin & Kekäläinen 2002). */
export interface RankingMetrics {
  customers: number
  /** Share of customers with a hit in the list. */
  hitRate: number
  /** Share of proposals taken. */
  precision: number
  /** Gain discounted by rank, over the best there could be. */
  ndcg: number
  /** Share of products that anybody was proposed. */
  coverage: number
}

export interface RankingTally {
  add(list: readonly number[], wanted: ReadonlySet<number>): void
  done(products: number): RankingMetrics
}

export function rankingTally(length: number): RankingTally {
  const gain = Array.from({ length }, (_, rank) => 1 / Math.log2(rank + 2))
  const ideal = [0]
  for (const [rank, g] of gain.entries()) ideal.push(ideal[rank]! + g)
  const proposed = new Set<number>()
  let [customers, hits, proposals, taken, ndcg] = [0, 0, 0, 0, 0]
  return {
    add(list, wanted) {
      customers++
      proposals += list.length
      let own = 0
      let dcg = 0
      for (const [rank, item] of list.entries()) {
        proposed.add(item)
        if (!wanted.has(item)) continue
        own++
        dcg += gain[rank]!
      }
      taken += own
      if (own > 0) hits++
      ndcg += dcg / ideal[Math.min(length, wanted.size)]!
    },
    done: products => ({
      customers,
      hitRate: share(hits, customers),
      precision: share(taken, proposals),
      ndcg: share(ndcg, customers),
      coverage: share(proposed.size, products),
    }),
  }
}

const share = (part: number, of: number): number => (of > 0 ? part / of : 0)
