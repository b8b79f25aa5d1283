import { qValues } from './false-discovery.ts'
import type { GroupMeasure } from './measure.ts'
import { quantileOfT, tailOfNormal, tailOfT } from './student-t.ts'

/** Sums over a segment's customers of what they did (a) and what was expected of each (e); see `residuals`. */
export interface GroupSums {
  group: string
  customers: number
  actual: number
  expected: number
  /** Σ (a − R·e)², Σ (a − R·e)⁴ with R = Σa / Σe of everybody. */
  squares: number
  fourths: number
}

export interface GroupPoint {
  asOf: string
  actual: number
  expected: number
  low: number
  high: number
}

/** One measure of one segment in one turn. */
export interface GroupFigure extends GroupPoint {
  group: string
  measure: GroupMeasure
  customers: number
  /** Deviation in standard errors; its smoothed sum over turns, and over how many. */
  z: number
  ewma: number
  turns: number
  p: number
  q: number
  alarm: boolean
  since: string | null
  stakeMinor: number
  /** Earlier turns, the oldest first. */
  series: GroupPoint[]
}

/** Weight of the newest turn in the smoothed deviation: small shifts that last are found in a few turns (Roberts 1959, λ = .3). */
const LAMBDA = 0.3
const MOST_POINTS = 24

/**
 * Whether a segment did otherwise than its members let expect. Everybody's ratio R of done to expected is taken out first, so that a
 * season or a model that is off for all raises no alarm about one. What is left of each customer is independent of the others: the squares
 * add up to the variance, and the fourths say how few customers it rests on (degrees of freedom of Student's t).
 */
export function judgeGroups(
  measure: GroupMeasure,
  asOf: string,
  sums: readonly GroupSums[],
  before: readonly GroupFigure[],
  rate: number,
): GroupFigure[] {
  const total = (of: (row: GroupSums) => number) => sums.reduce((s, row) => s + of(row), 0)
  const expected = total(row => row.expected)
  const squares = total(row => row.squares)
  if (expected <= 0) return []
  const ratio = total(row => row.actual) / expected
  const figures = sums.flatMap(row => {
    const weight = row.expected / expected
    if (row.customers < LEAST_CUSTOMERS || row.squares <= 0 || weight >= 1) return []
    const variance = row.squares * (1 - weight) ** 2 + (squares - row.squares) * weight ** 2
    const freedom = Math.max(3, (row.squares * row.squares) / row.fourths - 1)
    const sd = Math.sqrt(variance)
    const off = row.actual - ratio * row.expected
    const earlier = before.find(figure => figure.group === row.group && figure.measure === measure)
    const turns = (earlier?.turns ?? 0) + 1
    const z = deviate(off / sd, freedom)
    const ewma = LAMBDA * z + (1 - LAMBDA) * (earlier?.ewma ?? 0)
    const spread = Math.sqrt((LAMBDA / (2 - LAMBDA)) * (1 - (1 - LAMBDA) ** (2 * turns)))
    // Two looks, of which either may raise it.
    const p = turns === 1 ? tailOfNormal(z) : Math.min(1, 2 * Math.min(tailOfNormal(z), tailOfNormal(ewma / spread)))
    const band = quantileOfT(0.05, freedom) * sd
    const point = {
      asOf,
      actual: row.actual,
      expected: ratio * row.expected,
      low: Math.max(0, ratio * row.expected - band),
      high: ratio * row.expected + band,
    }
    return [{ row, earlier, turns, z, ewma, p, point }]
  })
  const q = qValues(figures.map(figure => figure.p))
  return figures.map(({ row, earlier, turns, z, ewma, p, point }, i) => {
    const alarm = q[i]! <= rate
    return {
      ...point,
      group: row.group,
      measure,
      customers: row.customers,
      z,
      ewma,
      turns,
      p,
      q: q[i]!,
      alarm,
      since: alarm ? (earlier?.since ?? asOf) : null,
      stakeMinor: 0,
      series: earlier ? [...earlier.series, pointOf(earlier)].slice(-MOST_POINTS) : [],
    }
  })
}

/** Fewer say nothing of a group. */
const LEAST_CUSTOMERS = 20

const pointOf = ({ asOf, actual, expected, low, high }: GroupPoint): GroupPoint => ({
  asOf,
  actual,
  expected,
  low,
  high,
})

/** The normal deviate with the same tail. */
function deviate(t: number, nu: number): number {
  return Math.sign(t) * ((8 * nu + 1) / (8 * nu + 3)) * Math.sqrt(nu * Math.log1p((t * t) / nu))
}

/**
 * All customers together have nobody to be compared with but themselves: blocks of so many days, each against the same block a year
 * before times a year's growth where there are two years, else against the smoothed blocks before. How far off that was before is the band.
 */
export function judgeWhole(
  measure: GroupMeasure,
  asOf: string,
  blocks: readonly { from: string; value: number }[],
  blocksAYear: number,
  rate: number,
): GroupFigure | null {
  const said = blocks.map((_, k) =>
    foretold(
      blocks.map(block => block.value),
      k,
      blocksAYear,
    ),
  )
  // Blocks foretold in the same way as the newest: by the year before, or by those just before.
  const byYear = (k: number) => k >= 2 * blocksAYear
  const errors = blocks.flatMap((block, k) =>
    k < blocks.length - 1 && byYear(k) === byYear(blocks.length - 1) && said[k]! > 0 && block.value > 0
      ? [Math.log(block.value / said[k]!)]
      : [],
  )
  const last = blocks.at(-1)
  const expected = said.at(-1) ?? 0
  if (!last || errors.length < 8 || expected <= 0) return null
  const mean = errors.reduce((s, e) => s + e, 0) / errors.length
  const variance = errors.reduce((s, e) => s + (e - mean) ** 2, 0) / (errors.length - 1)
  const nu = errors.length - 1
  const sd = Math.sqrt(variance * (1 + 1 / errors.length))
  const t = (Math.log(Math.max(last.value, expected * 1e-3) / expected) - mean) / sd
  const p = tailOfT(t, nu)
  const width = quantileOfT(0.05, nu) * sd
  const band = (value: number) => ({ low: value * Math.exp(mean - width), high: value * Math.exp(mean + width) })
  return {
    group: '',
    measure,
    asOf,
    customers: 0,
    actual: last.value,
    expected,
    ...band(expected),
    z: t,
    ewma: t,
    turns: 1,
    p,
    q: p,
    alarm: p <= rate,
    since: null,
    stakeMinor: 0,
    series: blocks
      .slice(0, -1)
      .flatMap((block, k) =>
        said[k]! > 0 ? [{ asOf: block.from, actual: block.value, expected: said[k]!, ...band(said[k]!) }] : [],
      )
      .slice(-MOST_POINTS),
  }
}

/** Nothing of block k itself or later goes in. */
function foretold(values: readonly number[], k: number, year: number): number {
  const sum = (from: number, to: number) => values.slice(from, to).reduce((s, v) => s + v, 0)
  if (k >= 2 * year) {
    const growth = sum(k - year, k) / Math.max(1e-9, sum(k - 2 * year, k - year))
    return values[k - year]! * growth
  }
  if (k < 3) return 0
  let level = values[0]!
  for (let i = 1; i < k; i++) level = LAMBDA * values[i]! + (1 - LAMBDA) * level
  return level
}
