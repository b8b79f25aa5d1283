/**
 * When the queue will be empty, from the pace of the last minutes: messages settled in each of the last sixty slots of ten seconds that had
 * any, their mean and its standard error. An interval of 95 %, because a mean alone promises what nobody knows; nothing at all from
 * fewer than three slots.
 */
export interface Forecast {
  perMinute: number
  soonest: number
  latest: number | null
}

const SLOT_SECONDS = 10
const LEAST_SLOTS = 3

export const PACE_SQL = `
SELECT toString(channel) AS channel, groupArray(sent) AS slots FROM (
  SELECT channel, toStartOfInterval(at, INTERVAL 10 SECOND) AS slot, count() AS sent FROM deliveries
  WHERE run_id IN {runs:Array(UInt64)} AND state IN ('settled', 'failed') AND at > now64(3) - INTERVAL 10 MINUTE
    AND at < toStartOfInterval(now64(3), INTERVAL 10 SECOND)
  GROUP BY channel, slot
) GROUP BY channel`

export function forecastOf(slots: readonly number[], left: number): Forecast | null {
  if (slots.length < LEAST_SLOTS || left <= 0) return null
  const mean = slots.reduce((sum, one) => sum + one, 0) / slots.length
  const variance = slots.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (slots.length - 1)
  const error = 1.96 * Math.sqrt(variance / slots.length)
  const minutes = (perSlot: number): number => (left / perSlot) * (SLOT_SECONDS / 60)
  return {
    perMinute: Math.round((mean * 60) / SLOT_SECONDS),
    soonest: minutes(mean + error),
    latest: mean > error ? minutes(mean - error) : null,
  }
}
