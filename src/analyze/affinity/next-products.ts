import type { Neighbours } from './neighbours.ts'

/** Lines of customers in their order: who, what, how many days ago. */
export interface OwnLines {
  customer: Uint32Array
  item: Uint32Array
  age: Uint16Array
}

export interface NextProducts {
  customer: Uint32Array
  rank: Uint8Array
  item: Uint32Array
  score: Float32Array
  /** 1: bought before and due again, 0: not bought within the window. */
  repeat: Uint8Array
  /** The own item that explains it. */
  because: Uint32Array
}

/** A purchase counts half after so many days. */
export const HALF_LIFE_DAYS = 120
export const MOST_REPEATS = 2
export const MOST_NEW = 3

/**
 * What each customer may want next. Habit and discovery are kept apart: a repeat is an item bought on two days or more, scored by its decayed
 * number of purchases; a new item is one not bought within the window, scored by 1 − Π (1 − weight · gain) over what the customer has. One pass
 * over the lines, memory for one customer at a time.
 */
export function nextProducts(lines: OwnLines, neighbours: Neighbours, itemCount: number): NextProducts {
  const decay = Float64Array.from(
    { length: 1 + lines.age.reduce((m, a) => Math.max(m, a), 0) },
    (_, d) => 0.5 ** (d / HALF_LIFE_DAYS),
  )
  const out = {
    customer: [] as number[],
    rank: [] as number[],
    item: [] as number[],
    score: [] as number[],
    repeat: [] as number[],
    because: [] as number[],
  }
  const weight = new Float64Array(itemCount)
  const days = new Uint16Array(itemCount)
  const lastDay = new Int32Array(itemCount).fill(-1)
  const miss = new Float64Array(itemCount).fill(1)
  const reason = new Uint32Array(itemCount)
  const strongest = new Float64Array(itemCount)
  const emit = (customer: number, rank: number, item: number, score: number, repeat: number, because: number) => {
    out.customer.push(customer)
    out.rank.push(rank)
    out.item.push(item)
    out.score.push(score)
    out.repeat.push(repeat)
    out.because.push(because)
  }

  for (let from = 0; from < lines.customer.length; ) {
    const customer = lines.customer[from]!
    const owned: number[] = []
    let to = from
    for (; to < lines.customer.length && lines.customer[to] === customer; to++) {
      const item = lines.item[to]!
      const age = lines.age[to]!
      if (weight[item] === 0) owned.push(item)
      if (lastDay[item] !== age) {
        weight[item] = weight[item]! + decay[age]!
        days[item] = days[item]! + 1
        lastDay[item] = age
      }
    }
    const found: number[] = []
    for (const own of owned) {
      const trust = Math.min(1, weight[own]!)
      for (let k = neighbours.start[own]!; k < neighbours.start[own + 1]!; k++) {
        const item = neighbours.item[k]!
        if (weight[item]! > 0) continue
        const part = trust * neighbours.gain[k]!
        if (miss[item] === 1) found.push(item)
        miss[item] = miss[item]! * (1 - part)
        if (part > strongest[item]!) {
          strongest[item] = part
          reason[item] = own
        }
      }
    }
    const habits = best(
      owned.filter(item => days[item]! >= 2),
      item => weight[item]!,
      MOST_REPEATS,
    )
    const ideas = best(found, item => 1 - miss[item]!, MOST_NEW)
    let rank = 1
    for (const item of habits) emit(customer, rank++, item, weight[item]!, 1, item)
    for (const item of ideas) emit(customer, rank++, item, 1 - miss[item]!, 0, reason[item]!)
    for (const item of owned) {
      weight[item] = 0
      days[item] = 0
      lastDay[item] = -1
    }
    for (const item of found) {
      miss[item] = 1
      strongest[item] = 0
    }
    from = to
  }
  return {
    customer: Uint32Array.from(out.customer),
    rank: Uint8Array.from(out.rank),
    item: Uint32Array.from(out.item),
    score: Float32Array.from(out.score),
    repeat: Uint8Array.from(out.repeat),
    because: Uint32Array.from(out.because),
  }
}

/** The few best of many, without sorting all. */
function best(items: readonly number[], score: (item: number) => number, most: number): number[] {
  const top: number[] = []
  for (const item of items) {
    const s = score(item)
    let at = top.length
    while (at > 0 && (score(top[at - 1]!) < s || (score(top[at - 1]!) === s && top[at - 1]! > item))) at--
    if (at < most) {
      top.splice(at, 0, item)
      if (top.length > most) top.pop()
    }
  }
  return top
}
