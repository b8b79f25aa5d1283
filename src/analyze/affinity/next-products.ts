import { eachCustomer, type OwnLines } from './each-customer.ts'
import { best, explorer } from './explore.ts'
import type { ItemWeights } from './item-weights.ts'

export type { OwnLines } from './each-customer.ts'

export interface NextProducts {
  customer: Uint32Array
  rank: Uint8Array
  item: Uint32Array
  score: Float32Array
  /** 1: bought before and due again, 0: not bought within the window. */
  repeat: Uint8Array
  /** Own items that explain it, strongest first, those of row k from `reasonStart[k]` on; a repeat explains itself. */
  reasonStart: Uint32Array
  reason: Uint32Array
  /** Each reason's share of all that speaks for the product. */
  share: Float32Array
}

export interface NextModel {
  weights: ItemWeights
  /** By item; see repeat-share.ts. */
  repeatShare: Float64Array
}

export const MOST_REPEATS = 3
export const MOST_NEW = 4
export const MOST_REASONS = 3

/**
 * What each customer may want next. Habit and discovery are kept apart: a repeat is an item bought on two days or more, scored by its decayed
 * number of purchases times the share of its buyers who come back for it; a new item is one not bought within the window, scored by the sum of
 * the weights of what the customer has.
 */
export function nextProducts(lines: OwnLines, { weights, repeatShare }: NextModel, itemCount: number): NextProducts {
  const out = { customer: grow(), rank: grow(), item: grow(), score: grow(), repeat: grow(), starts: [0] }
  const [reason, share]: [number[], number[]] = [[], []]
  const explore = explorer(weights, itemCount)
  const emit = (customer: number, rank: number, item: number, score: number, repeat: number) => {
    out.customer.push(customer)
    out.rank.push(rank)
    out.item.push(item)
    out.score.push(score)
    out.repeat.push(repeat)
    out.starts.push(reason.length)
  }
  eachCustomer(lines, itemCount, owner => {
    const { customer, items, count, days, habit } = owner
    const due = (item: number) => habit[item]! * repeatShare[item]!
    const again: number[] = []
    for (let k = 0; k < count; k++) if (days[items[k]!]! >= 2) again.push(items[k]!)
    let rank = 1
    for (const item of best(again, due, MOST_REPEATS)) {
      reason.push(item)
      share.push(1)
      emit(customer, rank++, item, due(item), 1)
    }
    const { found, scores } = explore.score(owner)
    const ideas = best(found, item => scores[item]!, MOST_NEW)
    for (const item of ideas) {
      const score = scores[item]!
      if (score <= 0) break
      for (const own of explore.reasons(owner, item, MOST_REASONS)) {
        reason.push(own.item)
        share.push(own.share)
      }
      emit(customer, rank++, item, score, 0)
    }
  })
  return {
    customer: Uint32Array.from(out.customer),
    rank: Uint8Array.from(out.rank),
    item: Uint32Array.from(out.item),
    score: Float32Array.from(out.score),
    repeat: Uint8Array.from(out.repeat),
    reasonStart: Uint32Array.from(out.starts),
    reason: Uint32Array.from(reason),
    share: Float32Array.from(share),
  }
}

const grow = (): number[] => []
