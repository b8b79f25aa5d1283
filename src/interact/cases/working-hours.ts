/** The clock of a case runs while the company works: in its own zone, on its days, between its hours, holidays and make-up days known. */
import { z } from 'zod'

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/)
const day = z.iso.date()

export const workingHoursSchema = z.strictObject({
  zone: z.string().refine(isZone, 'unknown time zone / 未知时区'),
  /** By ISO weekday, Monday 1 to Sunday 7; none: a day off. */
  week: z.record(z.enum(['1', '2', '3', '4', '5', '6', '7']), z.array(z.tuple([time, time])).max(4)),
  /** Days off whatever the weekday. */
  holidays: z.array(day).max(400).default([]),
  /** Days worked although the week says not (调休): as a Monday is. */
  workdays: z.array(day).max(400).default([]),
})
export type WorkingHours = z.output<typeof workingHoursSchema>

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

const MINUTE = 60_000
const DAY = 86_400_000
/** A calendar without one working minute in two years is a mistake. */
const FARTHEST_DAYS = 730

/** The moment `minutes` of working time after `from`. */
export function addWorkingMinutes(from: Date, minutes: number, hours: WorkingHours): Date {
  let left = minutes * MINUTE
  for (const { begin, end } of spans(from, hours)) {
    const open = Math.max(begin, from.getTime())
    if (end - open >= left) return new Date(open + left)
    left -= Math.max(0, end - open)
  }
  throw new RangeError('no working time within two years')
}

/** Working minutes between two moments; negative when `to` is before `from`. */
export function workingMinutesBetween(from: Date, to: Date, hours: WorkingHours): number {
  if (to < from) return -workingMinutesBetween(to, from, hours)
  let total = 0
  for (const { begin, end } of spans(from, hours)) {
    if (begin >= to.getTime()) break
    total += Math.max(0, Math.min(end, to.getTime()) - Math.max(begin, from.getTime()))
  }
  return total / MINUTE
}

/** Spans of work that end after a moment, one after the other, as UTC milliseconds. */
function* spans(from: Date, hours: WorkingHours): Generator<{ begin: number; end: number }> {
  const first = Date.parse(`${dayIn(hours.zone, from)}T00:00:00Z`)
  for (let n = 0; n <= FARTHEST_DAYS; n++) {
    const date = new Date(first + n * DAY)
    const name = date.toISOString().slice(0, 10)
    for (const [opens, closes] of timesOf(name, date.getUTCDay() || 7, hours)) {
      const [begin, end] = [instantIn(hours.zone, name, opens), instantIn(hours.zone, name, closes)]
      if (end > from.getTime()) yield { begin, end }
    }
  }
}

function timesOf(name: string, weekday: number, { week, holidays, workdays }: WorkingHours): [string, string][] {
  if (workdays.includes(name)) return week['1'] ?? []
  if (holidays.includes(name)) return []
  return week[String(weekday) as '1'] ?? []
}

const formats = new Map<string, Intl.DateTimeFormat>()
const formatOf = (zone: string): Intl.DateTimeFormat => {
  const known = formats.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
  formats.set(zone, made)
  return made
}

/** 'YYYY-MM-DD' there. */
export const dayIn = (zone: string, at: Date): string => formatOf(zone).format(at).slice(0, 10)

/** UTC milliseconds of a wall clock time there. One that the clock skips is the moment after the gap. */
export function instantIn(zone: string, day: string, time: string): number {
  const wall = time === '24:00' ? Date.parse(`${day}T00:00:00Z`) + DAY : Date.parse(`${day}T${time}:00Z`)
  // The offset of the guess may be that of the other side of a change of clocks; the second look is right.
  const guess = wall - offset(zone, wall)
  return wall - offset(zone, guess)
}

/** Milliseconds that clocks there are ahead of UTC. */
const offset = (zone: string, at: number): number =>
  Date.parse(`${formatOf(zone).format(new Date(at)).replace(' ', 'T')}Z`) - Math.floor(at / 1000) * 1000
