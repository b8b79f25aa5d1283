import type { Histories } from './histories.ts'

/**
 * Time as the company's trade goes: a day of the high season is longer than one of the low, so that nobody is found silent because it is
 * January. How busy a block of days was: purchase days in it of those who had bought in the half year before, per head of them. Everything
 * about the block's customers is known before it begins, so that the newest block is measured like all others.
 */
export interface Clock {
  first: number
  /** Company time from the first day to the beginning of each day after it. */
  time: Float64Array
}

const BLOCK = 28
const BEFORE = 182

export function companyClock(h: Histories, asOf: number): Clock {
  let first = asOf
  for (let row = 0; row < h.day.length; row++) if (h.bought[row]! > 0 && h.day[row]! < first) first = h.day[row]!
  const span = Math.max(1, asOf - first)
  const blocks = Math.ceil(span / BLOCK)
  const heads = new Float64Array(blocks)
  const done = new Float64Array(blocks)
  // Block 0 ends on the date.
  for (let i = 0; i < h.ids.length; i++) {
    let row = h.start[i]!
    const end = h.start[i + 1]!
    let last = Number.NEGATIVE_INFINITY
    for (let b = blocks - 1; b >= 0; b--) {
      const from = asOf - (b + 1) * BLOCK
      const here = last >= from - BEFORE
      if (here) heads[b]!++
      for (; row < end && h.day[row]! < from + BLOCK; row++) {
        if (h.bought[row]! <= 0) continue
        if (here && h.day[row]! >= from) done[b]!++
        last = h.day[row]!
      }
    }
  }
  const busy = Array.from(done, (count, b) =>
    heads[b]! >= LEAST_HEADS && asOf - (b + 1) * BLOCK - BEFORE >= first ? count / heads[b]! : Number.NaN,
  )
  const known = busy.filter(value => value > 0)
  const mean = known.length > 0 ? known.reduce((s, value) => s + value, 0) / known.length : 1
  const time = new Float64Array(span + 1)
  for (let day = 0; day < span; day++) {
    const value = busy[Math.floor((span - 1 - day) / BLOCK)]!
    time[day + 1] = time[day]! + (value > 0 ? value / mean : 1)
  }
  return { first, time }
}

/** Fewer customers say nothing of how busy a month was. */
const LEAST_HEADS = 50

const at = ({ first, time }: Clock, day: number): number => time[Math.min(Math.max(day - first, 0), time.length - 1)]!

export const timeBetween = (clock: Clock, from: number, to: number): number =>
  to <= from ? 0 : at(clock, to) - at(clock, from)

/** Days from a day on until so much time has passed; beyond the date every day counts as one. */
export function daysFor(clock: Clock, from: number, length: number): number {
  const { time, first } = clock
  const goal = at(clock, from) + length
  let [low, high] = [Math.max(0, from - first), time.length - 1]
  if (time[high]! < goal) return high + first - from + (goal - time[high]!)
  while (low < high) {
    const middle = (low + high) >> 1
    if (time[middle]! < goal) low = middle + 1
    else high = middle
  }
  return low + first - from
}
