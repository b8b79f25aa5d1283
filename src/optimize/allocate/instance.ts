import { codes, f32, f64, type Problem, u16, u32 } from './problem.ts'

/**
 * The seeded benchmark: 30 offers × 5 channels, a cap for each offer and channel, one budget and three offer minimums (39
 * limits). Values are probability × margin × channel effect less cost, skewed as in practice; the limits bind so that
 * about half of the customers are contacted.
 */
export function benchmarkInstance(customers: number, perCustomer: number, seed: number, offers = 30): Problem {
  const random = mulberry(seed)
  const channels = 5
  const cost = [0.02, 0.06, 0.9, 3.5, 8]
  const effect = [0.5, 0.7, 0.9, 1.6, 2.4]
  const margin = Array.from({ length: offers }, () => 5 + 60 * random() ** 2)
  const combos = offers * channels
  const resources = offers + channels + 1 + 3
  const useStart = u32(combos + 1)
  const useResource = u16(combos * 4)
  const useAmount = f64(combos * 4)
  let entry = 0
  const use = (resource: number, amount: number) => {
    useResource[entry] = resource
    useAmount[entry++] = amount
  }
  for (let o = 0; o < offers; o++)
    for (let ch = 0; ch < channels; ch++) {
      use(o, 1)
      use(offers + ch, 1)
      use(offers + channels, Math.round(cost[ch]! * 100))
      if (o < 3) use(offers + channels + 1 + o, 1)
      useStart[o * channels + ch + 1] = entry
    }
  const options = customers * perCustomer
  const start = u32(customers + 1)
  const value = f32(options)
  const code = codes(combos, options)
  const taken = new Uint8Array(combos)
  const picks = new Uint16Array(perCustomer)
  for (let c = 0; c < customers; c++) {
    start[c + 1] = (c + 1) * perCustomer
    const liking = 0.2 + 1.6 * random()
    for (let k = 0; k < perCustomer; k++) {
      let combo = Math.floor(random() * combos)
      while (taken[combo] === 1) combo = (combo + 1) % combos
      taken[combo] = 1
      picks[k] = combo
    }
    picks.sort()
    for (let k = 0; k < perCustomer; k++) {
      const combo = picks[k]!
      taken[combo] = 0
      const o = Math.floor(combo / channels)
      const ch = combo % channels
      const p = 0.04 * liking * random() ** 2
      value[c * perCustomer + k] = p * margin[o]! * effect[ch]! - 0.1 * cost[ch]!
      code[c * perCustomer + k] = combo
    }
  }
  const max = f64(resources).fill(Number.POSITIVE_INFINITY)
  const min = f64(resources)
  for (let o = 0; o < offers; o++) max[o] = Math.floor((customers * 0.9) / offers)
  for (const [ch, part] of [0.25, 0.15, 0.1, 0.04, 0.01].entries()) max[offers + ch] = Math.floor(customers * part)
  max[offers + channels] = Math.floor(customers * 20)
  for (let o = 0; o < 3; o++) min[offers + channels + 1 + o] = Math.floor((customers * 0.5) / offers)
  return {
    customers,
    options,
    resources,
    codes: combos,
    start,
    value,
    code,
    useStart,
    useResource: useResource.subarray(0, entry),
    useAmount: useAmount.subarray(0, entry),
    max,
    min,
    exactly: false,
    most: 1,
  }
}

/** Mulberry32: a small seeded generator, enough for instances and tests. */
export function mulberry(seed: number): () => number {
  let a = seed >>> 0
  return () => {
    a = (a + 0x6d2b79f5) >>> 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
