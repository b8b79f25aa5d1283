import type { Facts } from '../../platform/stores/facts/index.ts'

/** Purchase days within the windows of `days` that begin so many days before the date, and the first day of all. */
const windowsSql = `
SELECT
  toInt32({asOf:Date} - toDate(min(sold_at))) AS known,
  toFloat64(uniqExactIf(customer_id, toDate(sold_at), sold_at >= toDateTime({asOf:Date} - {days:UInt32}, 'UTC'))) AS trained,
  toFloat64(uniqExactIf(customer_id, toDate(sold_at), sold_at >= toDateTime({asOf:Date} - 365, 'UTC')
    AND sold_at < toDateTime({asOf:Date} - 365 + {days:UInt32}, 'UTC'))) AS year_ago,
  toFloat64(uniqExactIf(customer_id, toDate(sold_at), sold_at >= toDateTime({asOf:Date} - 365 - {days:UInt32}, 'UTC')
    AND sold_at < toDateTime({asOf:Date} - 365, 'UTC'))) AS before_that
FROM purchases
WHERE run_id = {identityRun:UInt64} AND is_service = 0 AND is_return = 0 AND amount_minor > 0
  AND sold_at < toDateTime({asOf:Date}, 'UTC') AND customer_id % {slices:UInt32} = {slice:UInt32}`

interface Windows {
  known: number
  trained: number
  year_ago: number
  before_that: number
}

/** A season busier or quieter than this by half is more likely a change of the company than of the season. */
const [QUIETEST, BUSIEST] = [0.5, 2]
/** Data that begin a few days late still make a year. */
const SLACK_DAYS = 7

/**
 * How busy the days to come are against those the model learned from, by the same days of the year before. The labels come
 * from one window, say the months before Christmas; the forecast is for the next, the quiet ones. With a year of history the factor is
 * year ago ÷ trained window; half a year more gives year ago ÷ window before it as well, and the geometric mean of both is free of
 * growth. Less than a year: 1.
 */
export function seasonFactor({ known, trained, year_ago, before_that }: Windows, days: number): number {
  if (known < 365 - SLACK_DAYS || trained === 0 || year_ago === 0) return 1
  const across = year_ago / trained
  const longEnough = known >= 365 + days - SLACK_DAYS && before_that > 0
  const factor = longEnough ? Math.sqrt(across * (year_ago / before_that)) : across
  return Math.min(BUSIEST, Math.max(QUIETEST, factor))
}

export async function readSeason(
  facts: Facts,
  params: { identityRun: number; asOf: string; days: number; slices: number; slice: number },
): Promise<number> {
  return seasonFactor(await facts.one<Windows & Record<string, number>>(windowsSql, params), params.days)
}

/** The chance of silence when purchases come `factor` times as often: e^(−μ) becomes e^(−μ·factor). */
export const inSeason = (silence: number, factor: number): number => silence ** factor
