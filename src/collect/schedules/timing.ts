/** When a schedule fires, as people say it, and the five fields of cron it comes to. */
import { z } from 'zod'
import { collectErrors } from '../errors.ts'

/** Minutes that divide the hour or, from an hour on, the day: cron begins anew at each of them. */
export const EVERY_MINUTES = [1, 2, 5, 10, 15, 20, 30, 60, 120, 180, 240, 360, 480, 720] as const

export const timingSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('every'), minutes: z.number().int() }),
  z.object({ kind: z.literal('daily'), at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/) }),
  z.object({ kind: z.literal('cron'), cron: z.string().max(120) }),
])
export type Timing = z.infer<typeof timingSchema>

const FIELDS: [name: string, from: number, to: number][] = [
  ['minute', 0, 59],
  ['hour', 0, 23],
  ['day of the month', 1, 31],
  ['month', 1, 12],
  ['day of the week', 0, 7],
]

export function cronOf(timing: Timing): string {
  if (timing.kind === 'daily') {
    const [hour, minute] = timing.at.split(':').map(Number)
    return `${minute} ${hour} * * *`
  }
  if (timing.kind === 'every') {
    const { minutes } = timing
    if (!(EVERY_MINUTES as readonly number[]).includes(minutes))
      throw collectErrors['collect.schedule-bad']({ reason: `${minutes} ∉ {${EVERY_MINUTES.join(', ')}} min` })
    return minutes < 60 ? `*/${minutes} * * * *` : `0 */${minutes / 60} * * *`
  }
  return checkedCron(timing.cron)
}

function checkedCron(cron: string): string {
  const fields = cron.trim().split(/\s+/)
  if (fields.length !== FIELDS.length)
    throw collectErrors['collect.schedule-bad']({ reason: `"${cron}": 5 ≠ ${fields.length}` })
  fields.forEach((field, place) => {
    const [name, from, to] = FIELDS[place]!
    const good = field.split(',').every(part => fits(part, from, to))
    if (!good) throw collectErrors['collect.schedule-bad']({ reason: `${name}: "${field}" (${from}–${to})` })
  })
  return fields.join(' ')
}

/** `*`, `5`, `1-5`, each with `/2` behind. */
function fits(part: string, from: number, to: number): boolean {
  const match = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(part)
  if (!match) return false
  const [, first, last, step] = match
  const inside = (text: string | undefined) => text === undefined || (Number(text) >= from && Number(text) <= to)
  return inside(first) && inside(last) && (last === undefined || Number(last) >= Number(first)) && step !== '0'
}

/** When it would fire next, for people; null when not within a year. */
export function nextTime(timing: Timing, timeZone: string, after: Date): Date | null {
  const [minute, hour, day, month, weekday] = cronOf(timing).split(' ') as [string, string, string, string, string]
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    weekday: 'short',
    hourCycle: 'h23',
  })
  const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
  let at = Math.floor(after.getTime() / 60_000 + 1) * 60_000
  const end = at + 366 * 86_400_000
  while (at < end) {
    const parts = Object.fromEntries(format.formatToParts(at).map(part => [part.type, part.value]))
    const week = DAYS.indexOf(parts['weekday'] ?? '')
    const dayFits = matches(day, Number(parts['day']), 1)
    const weekFits = matches(weekday, week, 0) || (week === 0 && matches(weekday, 7, 0))
    // Cron's old rule: when both days are restricted, either will do.
    const dateFits = day !== '*' && weekday !== '*' ? dayFits || weekFits : dayFits && weekFits
    if (!matches(month, Number(parts['month']), 1) || !dateFits || !matches(hour, Number(parts['hour']), 0)) {
      at += (60 - Number(parts['minute'])) * 60_000
      continue
    }
    if (matches(minute, Number(parts['minute']), 0)) return new Date(at)
    at += 60_000
  }
  return null
}

const matches = (field: string, value: number, from: number): boolean =>
  field.split(',').some(part => {
    const [range = '*', step = '1'] = part.split('/')
    const [first, last] = range === '*' ? [from, Number.POSITIVE_INFINITY] : range.split('-').map(Number)
    const until = last ?? (part.includes('/') ? Number.POSITIVE_INFINITY : first!)
    return value >= first! && value <= until && (value - first!) % Number(step) === 0
  })
