import type { Offer } from '../offers/offer.ts'
import { type Counted, type Factor, factorOf, spreadOf } from './shrink-factors.ts'
import { type ValueFactors, valueTable } from './value-factors.ts'

export interface PastCell extends Counted {
  segment: string
  offer: string
  channel: string
  contacts: number
  /**
   * The contacts weighed by their liking: so many of average liking. Plans learn, so that what they promised (`expected`) holds what they had
   * learned by then: factors on top of that would undo themselves turn by turn. And a plan chooses those of much liking, so that their
   * share of answers is not that of a customer like the others.
   */
  exposure: number
  /** Acceptance the offer was entered with for the channel. */
  prior: number
}

export interface CalibratedCell extends PastCell, Factor {
  /** Offer by channel over all segments. */
  level: number
}

/** What earlier plans' promises taught: kept with a plan that used it. Factors are on the acceptance an offer was entered with. */
export interface Calibration {
  /** Days of the turns it is learned from. */
  turns: string[]
  contacts: number
  expected: number
  taken: number
  /** Of offers nobody has been sent yet: how much is hoped for too much (or little) when offers are entered. */
  overall?: Factor
  /** `rate`: acceptance of somebody of average liking. Absent in plans kept before levels were learned: factors on what was believed. */
  levels?: ({ offer: string; channel: string; rate: number } & Factor)[]
  segments: { segment: string; factor: number; low: number; high: number }[]
  cells: CalibratedCell[]
  /** Money earned for money promised; absent: none has been measured yet. */
  values?: ValueFactors
}

/** Fewer answers expected in all than this teach nothing. */
const LEAST_EXPECTED = 20
/** No layer is believed beyond this, whatever came: past it something else than customers is wrong. */
const MOST = 4
/** Levels and segments explain each other's part: after so many rounds neither moves by a thousandth. */
const ROUNDS = 8

const levelOf = (cell: Pick<PastCell, 'offer' | 'channel'>): string => `${cell.offer}/${cell.channel}`
const segmentOf = (cell: Pick<PastCell, 'segment'>): string => cell.segment

/**
 * Three layers, each shrunk by how much its groups really differ: an offer by a channel against what it was entered with; the segment; the
 * segment with that offer by that channel. Levels share a centre that is learned, the others are about 1. Levels and segments are fitted in
 * turns (backfitting), so that an offer which went to ready segments only is not taken for a good offer.
 */
export function calibrate(cells: readonly PastCell[], turns: readonly string[]): Calibration | null {
  const total = sumOf(cells)
  if (total.expected < LEAST_EXPECTED) return null
  let segments: Layer = { of: () => ONE, unseen: ONE }
  let levels = segments
  for (let round = 0; round < ROUNDS; round++) {
    levels = layer(cells, levelOf, cell => cell.exposure * cell.prior * segments.of(segmentOf(cell)).mean, false)
    segments = layer(cells, segmentOf, cell => cell.exposure * cell.prior * levels.of(levelOf(cell)).mean, true)
  }
  const rest = cells.map(cell => ({
    taken: cell.taken,
    expected: cell.exposure * cell.prior * levels.of(levelOf(cell)).mean * segments.of(segmentOf(cell)).mean,
  }))
  const spread = spreadOf(rest, true)
  const sent = new Map(cells.map(cell => [levelOf(cell), cell]))
  return {
    turns: [...turns],
    ...total,
    overall: within(levels.unseen),
    levels: [...sent].map(([key, { offer, channel, prior }]) => {
      const level = within(levels.of(key))
      return { offer, channel, rate: level.mean * prior, ...level }
    }),
    segments: [...new Set(cells.map(segmentOf))].sort().map(segment => {
      const { mean, low, high } = within(segments.of(segment))
      return { segment, factor: mean, low, high }
    }),
    cells: cells.map((cell, i) => {
      const level = within(levels.of(levelOf(cell)))
      const own = within(product(segments.of(segmentOf(cell)), factorOf(rest[i]!, spread)))
      return { ...cell, level: level.mean, ...product(level, own) }
    }),
  }
}

const ONE: Factor = { mean: 1, low: 1, high: 1 }

interface Layer {
  of(key: string): Factor
  unseen: Factor
}

function layer(
  cells: readonly PastCell[],
  key: (cell: PastCell) => string,
  expected: (cell: PastCell) => number,
  centred: boolean,
): Layer {
  const groups = new Map<string, Counted>()
  for (const cell of cells) {
    const group = groups.get(key(cell)) ?? { expected: 0, taken: 0 }
    groups.set(key(cell), { expected: group.expected + expected(cell), taken: group.taken + cell.taken })
  }
  const spread = spreadOf([...groups.values()], centred)
  const factors = new Map([...groups].map(([name, group]) => [name, factorOf(group, spread)]))
  const unseen = factorOf({ expected: 0, taken: 0 }, spread)
  return { of: name => factors.get(name) ?? unseen, unseen }
}

const bounded = (factor: number): number => Math.min(MOST, Math.max(1 / MOST, factor))
/** A range that lies beyond the bound altogether reaches to what is believed. */
function within({ mean, low, high }: Factor): Factor {
  const believed = bounded(mean)
  return { mean: believed, low: Math.min(low, believed), high: Math.max(high, believed) }
}
const logSpread = ({ low, high }: Factor): number => (low > 0 ? Math.log(high / low) / 2 : 1)

/** Both are roughly log-normal: their spreads add as squares. */
function product(a: Factor, b: Factor): Factor {
  const spread = Math.hypot(logSpread(a), logSpread(b))
  const mean = a.mean * b.mean
  return { mean, low: mean * Math.exp(-spread), high: mean * Math.exp(spread) }
}

const sumOf = (cells: readonly PastCell[]) => ({
  contacts: cells.reduce((sum, cell) => sum + cell.contacts, 0),
  expected: cells.reduce((sum, cell) => sum + cell.expected, 0),
  taken: cells.reduce((sum, cell) => sum + cell.taken, 0),
})

/** What plans multiply by: acceptance and earnings of each class of the segment (0: not seen). */
export interface FactorTables {
  /** Class × offer × channel. */
  acceptance: Float64Array
  /** Class × offer. */
  value: Float64Array
}

/**
 * Factors on the acceptance believed (offer × channel) today, so that the product is what was learned. An offer nobody was sent has the
 * common level, a cell nobody was contacted in the level and its segment's factor.
 */
export function factorTables(
  calibration: Calibration,
  offers: readonly Pick<Offer, 'id' | 'priorAcceptance'>[],
  channels: readonly string[],
  believed: ArrayLike<number>,
): FactorTables {
  const size = offers.length * channels.length
  const classes = calibration.segments.length + 1
  const acceptance = new Float64Array(classes * size).fill(1)
  const levels = calibration.levels && new Map(calibration.levels.map(level => [levelOf(level), level.rate]))
  const own = new Map(calibration.cells.map(cell => [`${segmentOf(cell)}/${levelOf(cell)}`, cell]))
  for (const [o, offer] of offers.entries())
    for (const [k, channel] of channels.entries()) {
      const at = o * channels.length + k
      const today = believed[at]!
      if (!(today > 0)) continue
      const unseen = (calibration.overall?.mean ?? 1) * (offer.priorAcceptance[channel] ?? today)
      const level = levels ? (levels.get(`${offer.id}/${channel}`) ?? unseen) / today : 1
      for (let s = 0; s < classes; s++) {
        const of = calibration.segments[s - 1]
        const cell = of && own.get(`${of.segment}/${offer.id}/${channel}`)
        acceptance[s * size + at] = level * (cell ? cell.mean / (levels ? cell.level : 1) : (of?.factor ?? 1))
      }
    }
  return { acceptance, value: valueTable(calibration, offers) }
}
