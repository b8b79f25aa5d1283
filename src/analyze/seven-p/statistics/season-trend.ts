/**
 * Season and trend by loess (STL: Cleveland, Cleveland, McRae and Terpenning 1990) for monthly sums, with a season that is the same every
 * year (the "periodic" choice: of two or three years more cannot be told) and without the robust outer loop. A series of less than two
 * years has no season that could be told from its trend: it is then nought, and said so.
 */
export interface Decomposed {
  trend: number[]
  season: number[]
  rest: number[]
  /** False: less than two years, so that the season could not be told. */
  seasonal: boolean
}

const PERIOD = 12

export function seasonTrend(series: readonly number[], startMonth = 0): Decomposed {
  const n = series.length
  const seasonal = n >= 2 * PERIOD
  let season = series.map(() => 0)
  let trend = loess(series, trendSpan(n))
  if (seasonal)
    // Three rounds: the trend of what is left without the season, the season of what is left without the trend.
    for (let round = 0; round < 3; round++) {
      const detrended = series.map((value, t) => value - trend[t]!)
      const byMonth = Array.from({ length: PERIOD }, (_, month) =>
        mean(detrended.filter((_, t) => (t + startMonth) % PERIOD === month)),
      )
      const level = mean(byMonth)
      season = series.map((_, t) => byMonth[(t + startMonth) % PERIOD]! - level)
      trend = loess(
        series.map((value, t) => value - season[t]!),
        trendSpan(n),
      )
    }
  return { trend, season, rest: series.map((value, t) => value - trend[t]! - season[t]!), seasonal }
}

/** STL's rule for a periodic season, 1.5 periods to the next odd number, never more than there is. */
const trendSpan = (n: number): number => Math.min(n, 19)

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length

/** Locally weighted lines (tricube weights) over the nearest `span` points. */
export function loess(series: readonly number[], span: number): number[] {
  const n = series.length
  if (n < 3) return [...series]
  return series.map((_, at) => {
    const from = Math.max(0, Math.min(n - span, at - (span >> 1)))
    const widest = Math.max(at - from, from + span - 1 - at) + 1e-9
    let [s, sx, sy, sxx, sxy] = [0, 0, 0, 0, 0]
    for (let i = from; i < from + span; i++) {
      const distance = Math.min(1, Math.abs(i - at) / (widest * 1.0001))
      const weight = (1 - distance ** 3) ** 3
      const x = i - at
      s += weight
      sx += weight * x
      sy += weight * series[i]!
      sxx += weight * x * x
      sxy += weight * x * series[i]!
    }
    const determinant = s * sxx - sx * sx
    return determinant > 1e-12 * s * sxx ? (sxx * sy - sx * sxy) / determinant : sy / s
  })
}

export interface Forecast {
  expected: number[]
  /** 95 %, from what the method left over; widening with the root of the distance. */
  low: number[]
  high: number[]
  /** 'stl': two years and more; 'year-before': one; 'level': less, the mean of the months there are. */
  method: 'stl' | 'year-before' | 'level'
}

/** How fast the trend is believed to flatten, a month; an undamped one runs away (Gardner and McKenzie 1985). */
const DAMPING = 0.9

/**
 * The next months of a monthly series, knowing nothing but the series given: cut it at the day the expectation is made as of. From two
 * years on, the last trend with its slope of the last half year, damped, and the month's season. With one year a rising autumn cannot be
 * told from growth (the sample's first year, continued by its trend, expected 91 % more than came), so the month of the year before is
 * expected again; with less, the mean of the months. The interval of these two is the spread of months about their trend, season and all.
 */
export function forecast(series: readonly number[], months: number, startMonth = 0): Forecast | null {
  const n = series.length
  if (n < 4 || months <= 0) return null
  const { trend, season, rest, seasonal } = seasonTrend(series, startMonth)
  const back = Math.min(6, n - 1)
  const slope = (trend[n - 1]! - trend[n - 1 - back]!) / back
  // The degrees of freedom the fit has used: a line's two, and the season's eleven.
  const free = Math.max(1, n - 2 - (seasonal ? PERIOD - 1 : 0))
  const deviation = Math.sqrt(rest.reduce((sum, value) => sum + value * value, 0) / free)
  const monthly = new Map(season.map((value, t) => [(t + startMonth) % PERIOD, value]))
  const level = mean(series)
  const method = seasonal ? 'stl' : n >= PERIOD ? 'year-before' : 'level'
  const result: Forecast = { expected: [], low: [], high: [], method }
  let damped = 0
  for (let k = 1; k <= months; k++) {
    damped += DAMPING ** k
    const expected = {
      stl: trend[n - 1]! + slope * damped + (monthly.get((n - 1 + k + startMonth) % PERIOD) ?? 0),
      'year-before': series[n - PERIOD + ((k - 1) % PERIOD)] ?? level,
      level,
    }[method]
    const half = 1.96 * deviation * Math.sqrt(1 + k / PERIOD)
    result.expected.push(expected)
    result.low.push(expected - half)
    result.high.push(expected + half)
  }
  return result
}
