import type { ContactPolicy } from '../../optimize/index.ts'

const DAY_MS = 86_400_000

/**
 * The moment at which quiet hours are judged. A turn near its own date is judged by the clock. A replayed turn (its date years
 * back) has no hour of its own: what goes into local files then counts as sent at 10:00 where the customer is, on the turn's day.
 */
export function sendingMoment(asOf: string, now: Date): { clock: Date } | { replayed: true } {
  const distance = Math.abs(now.getTime() - Date.parse(`${asOf}T00:00:00Z`))
  return distance <= 7 * DAY_MS ? { clock: now } : { replayed: true }
}

const REPLAYED_AT = '10:00'

/** True when a rule of the policy keeps this channel quiet there at that moment. */
export function isQuiet(
  policy: ContactPolicy,
  channel: string,
  country: string,
  moment: ReturnType<typeof sendingMoment>,
): boolean {
  return policy.quiet_hours.some(rule => {
    if (rule.country !== country || !(rule.channels as string[]).includes(channel)) return false
    const time = 'clock' in moment ? timeIn(rule.zone, moment.clock) : REPLAYED_AT
    return isBetween(time, rule.from, rule.to)
  })
}

/** Letters lie in the box until they are fetched; the other channels ring. */
const RINGS = new Set(['sms', 'call'])

/** What the customer asked for beyond the policy, in the zone the policy names for the country (else UTC). */
export function isQuietFor(
  wish: { from: string; to: string } | undefined,
  policy: ContactPolicy,
  channel: string,
  country: string,
  moment: ReturnType<typeof sendingMoment>,
): boolean {
  if (!wish || !RINGS.has(channel)) return false
  const zone = policy.quiet_hours.find(rule => rule.country === country)?.zone ?? 'UTC'
  return isBetween('clock' in moment ? timeIn(zone, moment.clock) : REPLAYED_AT, wish.from, wish.to)
}

/** 'HH:MM' texts compare as times; a span may go over midnight. The end no longer belongs to it. */
export const isBetween = (time: string, from: string, to: string): boolean =>
  from <= to ? time >= from && time < to : time >= from || time < to

function timeIn(zone: string, at: Date): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  return parts.format(at)
}
