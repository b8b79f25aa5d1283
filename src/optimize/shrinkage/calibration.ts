import { type Counted, type Factor, factorOf, shapeOf } from './shrink-factors.ts'

export interface PastCell extends Counted {
  segment: string
  offer: string
  channel: string
  contacts: number
}

export interface CalibratedCell extends PastCell, Factor {
  /** Offer by channel over all segments: what the believed acceptance has learned already. */
  level: number
}

/** What earlier plans' promises taught, cell by cell: kept with a plan that used it. */
export interface Calibration {
  /** Days of the turns it is learned from. */
  turns: string[]
  contacts: number
  expected: number
  taken: number
  segments: { segment: string; factor: number; low: number; high: number }[]
  cells: CalibratedCell[]
}

/** Fewer answers expected in all than this teach nothing. */
const LEAST_EXPECTED = 20
/** No factor is believed beyond this, whatever came: past it something else than customers is wrong. */
const MOST = 4

/**
 * Three layers, each shrunk by how much its cells really differ. The level of an offer by a channel is taken out first: the believed
 * acceptance has learned it from the same answers (Beta–binomial), and it must not be counted twice. What is left is a factor of the
 * segment, and on top of it one of the segment with that offer by that channel, both of mean 1.
 */
export function calibrate(cells: readonly PastCell[], turns: readonly string[]): Calibration | null {
  const total = sumOf(cells)
  if (total.expected < LEAST_EXPECTED) return null
  const levels = layer(cells, cell => `${cell.offer}/${cell.channel}`)
  const levelled = cells.map(cell => ({ ...cell, expected: cell.expected * levels.of(cell).mean }))
  const segments = layer(levelled, cell => cell.segment)
  const rest = levelled.map(cell => ({ ...cell, expected: cell.expected * segments.of(cell).mean }))
  const shape = shapeOf(rest)
  return {
    turns: [...turns],
    ...total,
    segments: [...new Set(cells.map(cell => cell.segment))].sort().map(segment => {
      const { mean, low, high } = segments.of({ segment } as PastCell)
      return { segment, factor: bounded(mean), low, high }
    }),
    cells: cells.map((cell, i) => {
      const own = factorOf(rest[i]!, shape)
      const ofSegment = segments.of(cell)
      const mean = own.mean * ofSegment.mean
      // Both are roughly log-normal: their spreads add as squares.
      const spread = Math.hypot(logSpread(own), logSpread(ofSegment))
      return {
        ...cell,
        level: levels.of(cell).mean,
        ...{ mean: bounded(mean), low: mean * Math.exp(-spread), high: mean * Math.exp(spread) },
      }
    }),
  }
}

const bounded = (factor: number): number => Math.min(MOST, Math.max(1 / MOST, factor))
const logSpread = ({ low, high }: Factor): number => (low > 0 ? Math.log(high / low) / 2 : 1)

const sumOf = (cells: readonly PastCell[]) => ({
  contacts: cells.reduce((sum, cell) => sum + cell.contacts, 0),
  expected: cells.reduce((sum, cell) => sum + cell.expected, 0),
  taken: cells.reduce((sum, cell) => sum + cell.taken, 0),
})

function layer(cells: readonly PastCell[], key: (cell: PastCell) => string): { of(cell: PastCell): Factor } {
  const sums = new Map([...Map.groupBy(cells, key)].map(([name, its]) => [name, sumOf(its)]))
  const shape = shapeOf([...sums.values()])
  const factors = new Map([...sums].map(([name, counted]) => [name, factorOf(counted, shape)]))
  return { of: cell => factors.get(key(cell)) ?? { mean: 1, low: 1, high: 1 } }
}

/** Factors as a table: class of the segment (0: not seen) × offer × channel. A cell nobody was contacted in has its segment's. */
export function factorTable(
  calibration: Calibration,
  offers: readonly string[],
  channels: readonly string[],
): Float64Array {
  const size = offers.length * channels.length
  const table = new Float64Array((calibration.segments.length + 1) * size).fill(1)
  for (const [s, { factor }] of calibration.segments.entries()) table.fill(factor, (s + 1) * size, (s + 2) * size)
  for (const { segment, offer, channel, mean } of calibration.cells) {
    const s = calibration.segments.findIndex(one => one.segment === segment)
    const [o, k] = [offers.indexOf(offer), channels.indexOf(channel)]
    if (s >= 0 && o >= 0 && k >= 0) table[(s + 1) * size + o * channels.length + k] = mean
  }
  return table
}
