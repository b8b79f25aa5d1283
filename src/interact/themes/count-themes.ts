/** How often each key was brought to us: voices and customers now and before, and the course over weeks or months. */
import type { Keys } from './dimensions.ts'
import { dayNumber, type Periods } from './periods.ts'
import type { Voices } from './voices.ts'

export interface Counts {
  voices: number
  /** Of these: letters of one customer are one; of those we do not know each is one. */
  customers: number
}

export interface KeyCounts {
  now: Counts
  before: Counts
  /** Voices in each bucket. */
  series: number[]
}

/** What a day is: in which bucket, and whether it belongs to one of the two windows. */
export interface Calendar {
  first: number
  /** −1: in none. */
  bucket: Int16Array
  now: Uint8Array
  before: Uint8Array
  buckets: number
}

export function calendarOf({ buckets, now, before }: Periods): Calendar {
  const [first, last] = [
    Math.min(dayNumber(buckets[0]!.from), dayNumber(before.from)),
    Math.max(dayNumber(buckets.at(-1)!.to), dayNumber(now.to)),
  ]
  const days = last - first + 1
  const calendar = {
    ...{ first, buckets: buckets.length, bucket: new Int16Array(days).fill(-1) },
    ...{ now: new Uint8Array(days), before: new Uint8Array(days) },
  }
  for (const [i, { from, to }] of buckets.entries())
    calendar.bucket.fill(i, dayNumber(from) - first, dayNumber(to) - first + 1)
  calendar.now.fill(1, dayNumber(now.from) - first, dayNumber(now.to) - first + 1)
  calendar.before.fill(1, dayNumber(before.from) - first, dayNumber(before.to) - first + 1)
  return calendar
}

/** Voices so that those of one customer stand together: who spoke last tells whether a customer is another. */
export const bySpeaker = ({ customer, length }: Voices): Uint32Array =>
  Uint32Array.from({ length }, (_, at) => at).sort((a, b) => customer[a]! - customer[b]! || a - b)

/** In one pass over the voices, `order`ed by their customers. Null where nobody said a key in all the time shown. */
export function countKeys(
  { customer, day, length }: Voices,
  { names, of }: Keys,
  order: ArrayLike<number>,
  calendar: Calendar,
): (KeyCounts | null)[] {
  const keys = names.length
  const counts = { now: new Uint32Array(keys), before: new Uint32Array(keys) }
  const customers = { now: new Uint32Array(keys), before: new Uint32Array(keys) }
  const last = { now: new Float64Array(keys).fill(-1), before: new Float64Array(keys).fill(-1) }
  const series = new Uint32Array(keys * calendar.buckets)
  const seen = new Uint8Array(keys)
  for (let i = 0; i < order.length; i++) {
    const at = order[i]!
    const on = day[at]! - calendar.first
    // Somebody we do not know is another each time.
    const speaker = customer[at]! > 0 ? customer[at]! : -2 - at - length
    const bucket = calendar.bucket[on] ?? -1
    const window = calendar.now[on] === 1 ? 'now' : calendar.before[on] === 1 ? 'before' : null
    for (const key of of(at)) {
      seen[key] = 1
      if (bucket >= 0) series[key * calendar.buckets + bucket]!++
      if (window === null) continue
      counts[window][key]!++
      if (last[window][key] === speaker) continue
      last[window][key] = speaker
      customers[window][key]!++
    }
  }
  const countsOf = (window: 'now' | 'before', key: number): Counts => ({
    voices: counts[window][key]!,
    customers: customers[window][key]!,
  })
  return names.map((_, key) =>
    seen[key] === 0
      ? null
      : {
          now: countsOf('now', key),
          before: countsOf('before', key),
          series: [...series.subarray(key * calendar.buckets, (key + 1) * calendar.buckets)],
        },
  )
}
