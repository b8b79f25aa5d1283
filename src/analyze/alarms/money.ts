import type { Watched } from './found.ts'
import type { Histories } from './histories.ts'
import { BASELINE, stratumOf, WINDOWS, type WindowSums } from './windows.ts'

/**
 * Money of a window against what the windows before let expect. Purchase days are Poisson at a rate of the customer's own (gamma prior of all
 * customers), what is spent on one has the customer's mean (drawn to everybody's) and everybody's spread. What the whole company did in
 * the window, its season, is taken out: the alarm is about the customer.
 */
export interface MoneyModel {
  /** Gamma prior of purchase days per window. */
  shape: number
  rate: number
  /** Mean of a purchase day of everybody, and its coefficient of variation within customers, squared. */
  dayMean: number
  dayVariation: number
  /** Company's money per money expected, by window. */
  season: Float64Array
}

/** Purchase days of everybody that a customer's own are weighed against: as many as one average purchase. */
const PRIOR_DAYS = 1

export function learnMoney(h: Histories, sums: WindowSums): MoneyModel | null {
  let n = 0
  let sum = 0
  let squares = 0
  let days = 0
  let spent = 0
  let variation = 0
  let freedom = 0
  for (let i = 0; i < h.ids.length; i++) {
    const windows = Math.min(sums.whole[i]!, WINDOWS)
    for (let k = 0; k < windows; k++) {
      const count = sums.days[i * WINDOWS + k]!
      n++
      sum += count
      squares += count * count
      days += count
      spent += sums.spent[i * WINDOWS + k]!
    }
    const own = ownSpread(h, i)
    if (own) {
      variation += own.squares
      freedom += own.freedom
    }
  }
  if (n < 100 || days === 0 || freedom === 0) return null
  const mean = sum / n
  // Poisson within customers: what is left of the variance is between them.
  const between = Math.max(squares / n - mean * mean - mean, mean * 0.05)
  const model: MoneyModel = {
    shape: (mean * mean) / between,
    rate: mean / between,
    dayMean: spent / days,
    dayVariation: variation / freedom,
    season: new Float64Array(WINDOWS).fill(1),
  }
  for (let k = 0; k < WINDOWS - 1; k++) {
    let [was, is] = [0, 0]
    for (let i = 0; i < h.ids.length; i++) {
      const expected = expectation(model, sums, i, k)
      if (!expected) continue
      was += expected.money
      is += sums.spent[i * WINDOWS + k]!
    }
    model.season[k] = was > 0 && is > 0 ? is / was : 1
  }
  return model
}

/** Squared deviations of a customer's purchase days from their mean, in units of it. */
function ownSpread(h: Histories, i: number): { squares: number; freedom: number } | null {
  let n = 0
  let sum = 0
  let squares = 0
  for (let row = h.start[i]!; row < h.start[i + 1]!; row++) {
    const value = h.bought[row]!
    if (value <= 0) continue
    n++
    sum += value
    squares += value * value
  }
  if (n < 3) return null
  const mean = sum / n
  return { squares: (squares - n * mean * mean) / (mean * mean), freedom: n - 1 }
}

interface Expectation {
  days: number
  money: number
  /** Variance of the window's money, the uncertainty of the rate and of the mean included. */
  variance: number
}

/** Of window k from those before it; null where fewer than two were whole. */
export function expectation(model: MoneyModel, sums: WindowSums, i: number, k: number): Expectation | null {
  const last = Math.min(sums.whole[i]!, WINDOWS, k + 1 + BASELINE)
  const windows = last - (k + 1)
  if (windows < 2) return null
  let days = 0
  let spent = 0
  for (let w = k + 1; w < last; w++) {
    days += sums.days[i * WINDOWS + w]!
    spent += sums.spent[i * WINDOWS + w]!
  }
  const shape = model.shape + days
  const rate = model.rate + windows
  const mean = (spent + PRIOR_DAYS * model.dayMean) / (days + PRIOR_DAYS)
  const expected = (shape / rate) * model.season[k]!
  const ofMean = model.dayVariation / (days + PRIOR_DAYS)
  const variance = mean * mean * (expected * (1 + model.dayVariation) + expected * expected * (1 / shape + ofMean))
  return { days: expected, money: expected * mean, variance }
}

/** Purchase days expected before less money than usual is a matter of how much and not of whether. */
const LEAST_DAYS = 1.5

/** Scores of one window for everybody it can be said of; `side` −1 finds drops, 1 finds rises. */
export function watchMoney(model: MoneyModel, sums: WindowSums, k: number, side: -1 | 1): Watched {
  const rows: [number, number, number, number, number, number][] = []
  const customers = sums.whole.length
  for (let i = 0; i < customers; i++) {
    const expected = expectation(model, sums, i, k)
    if (!expected) continue
    const at = i * WINDOWS + k
    // Who bought nothing at all is silent: another measure's.
    if (side < 0 && (expected.days < LEAST_DAYS || sums.days[at] === 0)) continue
    const sd = Math.sqrt(expected.variance)
    // Square roots: money of a window is skewed, its root is nearly even.
    const z = (2 * (Math.sqrt(sums.spent[at]!) - Math.sqrt(expected.money)) * Math.sqrt(expected.money)) / sd
    rows.push([i, side * z, stratumOf(expected.days), sums.spent[at]!, expected.money, sd])
  }
  return {
    who: Uint32Array.from(rows, row => row[0]),
    score: Float64Array.from(rows, row => row[1]),
    stratum: Uint8Array.from(rows, row => row[2]),
    observed: Float64Array.from(rows, row => row[3]),
    expected: Float64Array.from(rows, row => row[4]),
    spread: Float64Array.from(rows, row => row[5]),
    stake: Float64Array.from(rows, row => Math.abs(row[3] - row[4])),
    about: null,
  }
}
