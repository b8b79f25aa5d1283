import { monthOf, type SeasonIndex } from './season-clock.ts'

const YEAR = 365
/** Data that begin a few days late still make a year. */
export const SLACK_DAYS = 7

/**
 * The season index by simple averages of whole years: what all customers bought in a month, by its days, over the year's average; several
 * years averaged. Everybody's purchases and not those of the customers already known: these only ever leave, so their months would show
 * decline as season. With one year growth within it cannot be told from season; nothing is said of less than a year.
 *
 * `volume[k]`: purchases (customers and days) of the day k + 1 days before `asOf`.
 */
export function learnSeason(volume: Float64Array, asOf: number): { index: SeasonIndex; years: number } | undefined {
  const years = Math.floor((volume.length + SLACK_DAYS) / YEAR)
  if (years < 1) return undefined
  const index = new Float64Array(12)
  const weight = new Float64Array(12)
  for (let year = 0; year < years; year++) {
    const bought = new Float64Array(12)
    const days = new Float64Array(12)
    const last = Math.min(volume.length, (year + 1) * YEAR)
    for (let k = year * YEAR; k < last; k++) {
      const month = monthOf(asOf - 1 - k)
      bought[month] = bought[month]! + volume[k]!
      days[month] = days[month]! + 1
    }
    const perDay = sum(bought) / sum(days)
    if (!(perDay > 0)) return undefined
    for (let m = 0; m < 12; m++) {
      if (days[m] === 0) continue
      index[m] = index[m]! + bought[m]! / perDay
      weight[m] = weight[m]! + days[m]!
    }
  }
  // A month in which nobody buys still passes: a hundredth keeps the clock going.
  const raw = index.map((v, m) => Math.max(0.01, v / weight[m]!))
  const mean = raw.reduce((s, v, m) => s + v * weight[m]!, 0) / sum(weight)
  return { index: Array.from(raw, v => v / mean), years }
}

const sum = (column: Float64Array): number => column.reduce((s, v) => s + v, 0)
