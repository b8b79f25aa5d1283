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

interface Seen {
  precision: number
  weighted: number
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
  /** Earlier relative deviations, each with the weight of its error: Σ 1/e², Σ d/e². */
  seen: Seen
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
 * add up to the variance, and the fourths say how few customers it rests on (degrees of freedom of Student's t). A model is off by another
 * share in every segment: how far the other segments deviate beyond chance is learned from them and allowed to this one, so that a segment
 * is an alarm when it stands out among segments, not when the model is coarse.
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
  const compared = sums.flatMap(row => {
    const weight = row.expected / expected
    // Of whom nothing was expected nothing can be said.
    if (row.customers < LEAST_CUSTOMERS || row.squares <= 0 || weight >= 1 || weight < LEAST_WEIGHT) return []
    const level = ratio * row.expected
    const sd = Math.sqrt(row.squares * (1 - weight) ** 2 + (squares - row.squares) * weight ** 2)
    const freedom = Math.max(3, (row.squares * row.squares) / row.fourths - 1)
    return level > 0 ? [{ row, level, freedom, off: (row.actual - level) / level, error: sd / level }] : []
  })
  const figures = compared.map(({ row, level, freedom, off, error }, i) => {
    const misfit = spreadOf(compared.filter((_, k) => k !== i))
    const earlier = before.find(figure => figure.group === row.group && figure.measure === measure)
    const usual = usualOf(earlier?.seen, misfit)
    const wide = Math.sqrt(error * error + usual.variance)
    const turns = (earlier?.turns ?? 0) + 1
    const z = deviate((off - usual.mean) / wide, freedom)
    const ewma = LAMBDA * z + (1 - LAMBDA) * (earlier?.ewma ?? 0)
    const spread = Math.sqrt((LAMBDA / (2 - LAMBDA)) * (1 - (1 - LAMBDA) ** (2 * turns)))
    // Two looks, of which either may raise it.
    const p = turns === 1 ? tailOfNormal(z) : Math.min(1, 2 * Math.min(tailOfNormal(z), tailOfNormal(ewma / spread)))
    const expectedNow = level * (1 + usual.mean)
    const band = quantileOfT(0.05, freedom) * wide * level
    const point = {
      asOf,
      actual: row.actual,
      expected: expectedNow,
      low: Math.max(0, expectedNow - band),
      high: expectedNow + band,
    }
    const precision = 1 / (error * error)
    const seen = {
      precision: (earlier?.seen.precision ?? 0) + precision,
      weighted: (earlier?.seen.weighted ?? 0) + precision * off,
    }
    return { row, earlier, turns, z, ewma, p, point, seen }
  })
  const q = qValues(figures.map(figure => figure.p))
  return figures.map(({ row, earlier, turns, z, ewma, p, point, seen }, i) => {
    const alarm = q[i]! <= rate
    return {
      ...point,
      group: row.group,
      measure,
      customers: row.customers,
      z,
      ewma,
      turns,
      seen,
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
/** Part of everything expected that a segment must have. */
const LEAST_WEIGHT = 0.002

/** Variance of the relative deviations beyond their errors (DerSimonian and Laird 1986), by the segments given. */
function spreadOf(others: readonly { off: number; error: number }[]): number {
  if (others.length < 2) return 0
  const weights = others.map(({ error }) => 1 / (error * error))
  const sum = weights.reduce((s, w) => s + w, 0)
  const mean = others.reduce((s, { off }, i) => s + weights[i]! * off, 0) / sum
  const q = others.reduce((s, { off }, i) => s + weights[i]! * (off - mean) ** 2, 0)
  const divisor = sum - weights.reduce((s, w) => s + w * w, 0) / sum
  return Math.max(0, (q - (others.length - 1)) / divisor)
}

const pointOf = ({ asOf, actual, expected, low, high }: GroupPoint): GroupPoint => ({
  asOf,
  actual,
  expected,
  low,
  high,
})

/**
 * How far the model is usually off for a segment: what its own earlier turns showed, drawn to nought by how far segments are off at all.
 * What is left of a turn is then independent of the turns before, as the smoothing asks for.
 */
function usualOf(seen: Seen | undefined, misfit: number): { mean: number; variance: number } {
  if (misfit <= 0) return { mean: 0, variance: 0 }
  const precision = (seen?.precision ?? 0) + 1 / misfit
  return { mean: (seen?.weighted ?? 0) / precision, variance: 1 / precision }
}

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
    seen: { precision: 0, weighted: 0 },
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
