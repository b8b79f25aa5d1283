import { type Random, seededRandom } from '../../src/analyze/math/random.ts'
import type { Offer } from '../../src/optimize/offers/offer.ts'
import { planLimitsSchema } from '../../src/optimize/offers/plan-limits.ts'
import { type Answers, acceptanceOf } from '../../src/optimize/options/acceptance.ts'
import { type Calibration, calibrate, factorTables, type PastCell } from '../../src/optimize/shrinkage/calibration.ts'
import { cellKey, overTurns } from '../../src/optimize/shrinkage/over-turns.ts'
import { type MoneyCell, valueFactors } from '../../src/optimize/shrinkage/value-factors.ts'

/**
 * A company whose offers are entered with too much (or too little) hope, whose segments answer otherwise than the average, and whose plan
 * picks for each customer what promises most: what becomes of the promise from turn to turn, with what earlier ones taught and without.
 */
export interface PromiseHow {
  customers: number
  turns: number
  learn: boolean
  seed: number
}

export interface PromiseTurn {
  /** Of those chosen: acceptances promised and come; margin promised and earned (in truth), and as the control group shows it. */
  answers: { promised: number; came: number }
  money: { promised: number; earned: number }
  /** Truly earned less contacts, and what it would have been had the truth been known: the rest is lost by choosing by wrong figures. */
  net: number
  best: number
}

const CHANNELS = ['letter', 'email', 'sms'] as const
const [OFFERS, SEGMENTS] = [8, 6]
const COST = [60, 2, 5]
const MARGIN = 3000
/** Standard deviation of a customer's margin over the campaign's time, what was known before taken out; minor units. */
const NOISE = 4000
const CONTROL = 0.1
const LIMITS = planLimitsSchema.parse({})

interface Truth {
  offers: Offer[]
  /** Offer × channel: acceptance of somebody of average liking. */
  rate: Float64Array
  segment: Float64Array
  /** Segment × offer × channel. */
  own: Float64Array
  /** Share of the promised margin that is really earned. */
  worth: Float64Array
}

const logNormal = (random: Random, centre: number, spread: number): number =>
  centre * Math.exp(spread * random.normal() - (spread * spread) / 2)

function truthOf(random: Random): Truth {
  const size = OFFERS * CHANNELS.length
  const priors = Float64Array.from({ length: size }, () => 0.02 + 0.06 * random.uniform())
  return {
    offers: Array.from({ length: OFFERS }, (_, o) => ({
      ...{ id: `O${o}`, channels: [...CHANNELS], benefitCostMinor: 0 },
      priorAcceptance: Object.fromEntries(CHANNELS.map((channel, k) => [channel, priors[o * CHANNELS.length + k]!])),
    })) as unknown as Offer[],
    // Whoever enters offers hopes for two thirds too much.
    rate: priors.map(prior => prior * logNormal(random, 0.6, 0.4)),
    segment: Float64Array.from({ length: SEGMENTS }, () => logNormal(random, 1, 0.4)),
    own: Float64Array.from({ length: SEGMENTS * size }, () => logNormal(random, 1, 0.2)),
    worth: Float64Array.from({ length: OFFERS }, () => Math.max(0, 0.6 + 0.25 * random.normal())),
  }
}

interface Sums {
  cells: Map<string, PastCell & { asOf: string; o: number }>
  money: Map<number, { promised: number; true: number; planned: number }>
}

/** Each turn's promise and what became of it. */
export function promiseWorld({ customers, turns, learn, seed }: PromiseHow): PromiseTurn[] {
  const random = seededRandom(seed)
  const truth = truthOf(random)
  const answers = new Map<string, Answers>()
  const past: (PastCell & { asOf: string })[] = []
  const money: (MoneyCell & { cells: { key: string; promised: number }[] })[] = []
  return Array.from({ length: turns }, (_, t) => {
    const { mean } = acceptanceOf(truth.offers, CHANNELS, [...answers.values()], LIMITS, '2010-01-01')
    const learned = learn ? learnedFrom(past, money) : null
    const tables = learned && factorTables(learned, truth.offers, CHANNELS, mean)
    const { turn, sums } = playTurn(random, truth, customers, mean, learned, tables)
    for (const cell of sums.cells.values()) {
      past.push({ ...cell, asOf: String(t) })
      const key = `${cell.offer}/${cell.channel}`
      const known = answers.get(key) ?? { offer: cell.offer, channel: cell.channel, sent: 0, accepted: 0 }
      answers.set(key, { ...known, sent: known.sent + cell.contacts, accepted: known.accepted + cell.taken })
    }
    for (const [o, sum] of sums.money) {
      const error = NOISE * sum.planned * Math.sqrt(1 / sum.planned + 1 / Math.max(2, CONTROL * sum.planned))
      const cells = [...sums.cells.values()].filter(cell => cell.o === o)
      money.push({
        ...{
          asOf: String(t),
          offer: `O${o}`,
          promised: sum.promised,
          gained: sum.true + error * random.normal(),
          error,
        },
        cells: cells.map(cell => ({ key: `${cell.segment}/${cell.offer}/${cell.channel}`, promised: cell.expected })),
      })
    }
    return turn
  })
}

function learnedFrom(
  past: readonly (PastCell & { asOf: string })[],
  money: readonly (MoneyCell & { cells: { key: string; promised: number }[] })[],
): Calibration | null {
  const cells = overTurns(past)
  const learned = calibrate(cells, [])
  if (!learned) return null
  const mean = new Map(learned.cells.map(cell => [cellKey(cell), cell.mean]))
  const corrected = money.map(({ cells: of, ...one }) => {
    const its = of.map(({ key: name, promised }) => {
      const then = past.find(cell => cell.asOf === one.asOf && cellKey(cell) === name)!
      return { promised, now: then.exposure * then.prior * mean.get(name)! }
    })
    const sum = (pick: (row: { promised: number; now: number }) => number) => its.reduce((s, row) => s + pick(row), 0)
    return { ...one, promised: (one.promised * sum(row => row.now)) / sum(row => row.promised) }
  })
  const values = valueFactors(corrected, [])
  return values ? { ...learned, values } : learned
}

function playTurn(
  random: Random,
  truth: Truth,
  customers: number,
  mean: Float64Array,
  learned: Calibration | null,
  tables: ReturnType<typeof factorTables> | null,
): { turn: PromiseTurn; sums: Sums } {
  const size = OFFERS * CHANNELS.length
  const classOf = new Map(learned?.segments.map(({ segment }, s) => [segment, s + 1]))
  const sums: Sums = { cells: new Map(), money: new Map() }
  const turn: PromiseTurn = { answers: { promised: 0, came: 0 }, money: { promised: 0, earned: 0 }, net: 0, best: 0 }
  for (let c = 0; c < customers; c++) {
    const segment = Math.floor(random.uniform() * SEGMENTS)
    const s = classOf.get(`S${segment}`) ?? 0
    let [most, chosen, promise] = [0, -1, 0]
    let best = 0
    const likings = new Float64Array(OFFERS)
    for (let o = 0; o < OFFERS; o++) {
      const liking = logNormal(random, 1, 0.6)
      likings[o] = liking
      const worth = tables?.value[s * OFFERS + o] ?? 1
      for (let k = 0; k < CHANNELS.length; k++) {
        const at = o * CHANNELS.length + k
        const p = Math.min(0.95, mean[at]! * (tables?.acceptance[s * size + at] ?? 1) * liking)
        const value = p * MARGIN * worth - COST[k]!
        if (value > most) [most, chosen, promise] = [value, at, p]
        best = Math.max(best, truly(truth, segment, at, liking) * MARGIN * truth.worth[o]! - COST[k]!)
      }
    }
    turn.best += best
    if (chosen < 0) continue
    const o = Math.floor(chosen / CHANNELS.length)
    const p = truly(truth, segment, chosen, likings[o]!)
    const took = random.uniform() < p ? 1 : 0
    const worth = tables?.value[s * OFFERS + o] ?? 1
    turn.answers.promised += promise
    turn.answers.came += took
    turn.money.promised += promise * MARGIN * worth
    turn.money.earned += p * MARGIN * truth.worth[o]!
    turn.net += p * MARGIN * truth.worth[o]! - COST[chosen % CHANNELS.length]!
    addTo(sums, truth, {
      segment,
      chosen,
      o,
      promise,
      took,
      exposure: promise / (mean[chosen]! * (tables?.acceptance[s * size + chosen] ?? 1)),
    })
    const spent = sums.money.get(o) ?? { promised: 0, true: 0, planned: 0 }
    sums.money.set(o, {
      promised: spent.promised + promise * MARGIN,
      true: spent.true + p * MARGIN * truth.worth[o]!,
      planned: spent.planned + 1,
    })
  }
  return { turn, sums }
}

const truly = ({ rate, segment, own }: Truth, s: number, at: number, liking: number): number =>
  Math.min(0.95, rate[at]! * segment[s]! * own[s * rate.length + at]! * liking)

interface Contact {
  segment: number
  chosen: number
  o: number
  promise: number
  took: number
  exposure: number
}

function addTo(sums: Sums, truth: Truth, { segment, chosen, o, promise, took, exposure }: Contact): void {
  const channel = CHANNELS[chosen % CHANNELS.length]!
  const key = `${segment}/${chosen}`
  const cell = sums.cells.get(key) ?? {
    ...{
      asOf: '',
      o,
      segment: `S${segment}`,
      offer: `O${o}`,
      channel,
      contacts: 0,
      expected: 0,
      taken: 0,
      exposure: 0,
    },
    prior: truth.offers[o]!.priorAcceptance[channel]!,
  }
  sums.cells.set(key, {
    ...cell,
    contacts: cell.contacts + 1,
    ...{ expected: cell.expected + promise, taken: cell.taken + took, exposure: cell.exposure + exposure },
  })
}

/** By exponential gaps (Knuth): the means here are small. */
export function poisson(random: Random, mean: number): number {
  let [n, sum] = [0, -Math.log(1 - random.uniform())]
  while (sum < mean) {
    n++
    sum -= Math.log(1 - random.uniform())
  }
  return n
}
