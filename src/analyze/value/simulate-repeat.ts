import type { Random } from '../math/random.ts'

export interface SimulatedCustomers {
  x: Float64Array
  tx: Float64Array
  T: Float64Array
  /** Purchases within `future` after T. */
  later: Float64Array
  /** 1 where the customer had not left at T. */
  alive: Uint8Array
}

/** Purchase times after the first, in order, until `end` or until the customer leaves; returns when that is. */
type Life = (random: Random, p: readonly number[], end: number, buy: (t: number) => void) => number

/** How a customer of each model lives. */
const lives: Record<string, Life> = {
  'bg-nbd': (random, p, end, buy) => betaGeometricLife(random, p, end, buy, false),
  'mbg-nbd': (random, p, end, buy) => betaGeometricLife(random, p, end, buy, true),
  'pareto-nbd'(random, [r, alpha, s, beta], end, buy) {
    const rate = random.gamma(r!, alpha!)
    const leaves = exponential(random, random.gamma(s!, beta!))
    for (let t = exponential(random, rate); t < Math.min(leaves, end); t += exponential(random, rate)) buy(t)
    return leaves
  },
  'bg-bb'(random, [alpha, beta, gamma, delta], end, buy) {
    const [takes, goes] = [random.beta(alpha!, beta!), random.beta(gamma!, delta!)]
    for (let t = 1; t <= end; t++) {
      if (random.uniform() < goes) return t - 1
      if (random.uniform() < takes) buy(t)
    }
    return Number.POSITIVE_INFINITY
  },
}

/** Customers of a model drawn at random; `T(i)` is how long each is observed, whole numbers for a discrete model. */
export function simulateRepeat(
  model: string,
  random: Random,
  p: readonly number[],
  customers: number,
  T: (i: number) => number,
  future = 0,
): SimulatedCustomers {
  const live = lives[model]
  if (!live) throw new Error(`no simulation of ${model}`)
  const out: SimulatedCustomers = {
    x: new Float64Array(customers),
    tx: new Float64Array(customers),
    T: Float64Array.from({ length: customers }, (_, i) => T(i)),
    later: new Float64Array(customers),
    alive: new Uint8Array(customers),
  }
  for (let i = 0; i < customers; i++) {
    const end = out.T[i]!
    const left = live(random, p, end + future, t => {
      if (t > end) out.later[i] = out.later[i]! + 1
      else {
        out.x[i] = out.x[i]! + 1
        out.tx[i] = t
      }
    })
    // Leaving at the moment of a purchase counts from that purchase on; opportunities lived through are counted whole.
    out.alive[i] = left >= end ? 1 : 0
  }
  return out
}

function betaGeometricLife(
  random: Random,
  [r, alpha, a, b]: readonly number[],
  end: number,
  buy: (t: number) => void,
  atFirst: boolean,
): number {
  const rate = random.gamma(r!, alpha!)
  const goes = random.beta(a!, b!)
  if (atFirst && random.uniform() < goes) return 0
  for (let t = exponential(random, rate); t <= end; t += exponential(random, rate)) {
    buy(t)
    if (random.uniform() < goes) return t
  }
  return Number.POSITIVE_INFINITY
}

const exponential = (random: Random, rate: number): number => -Math.log(1 - random.uniform()) / rate
