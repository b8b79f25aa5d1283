import { z } from 'zod'

const count = z.number().int().nonnegative()

/** Calls an agent makes a day: five hours on the line, 3 minutes each. */
const CALLS_A_DAY = 100
const MINUTES_A_CALL = 3

const team = z.strictObject({
  name: z.string().min(1).max(80),
  agents: count,
  /** Hours on the line a day; not said: 100 calls an agent. */
  hours: z.number().positive().max(24).optional(),
  minutes_per_call: z.number().positive().max(240).optional(),
})

/** What a channel can carry in one plan. */
export const capacitySchema = z.discriminatedUnion('kind', [
  /** Print: lots of a size; `whole`: only full lots are printed. */
  z.strictObject({ kind: z.literal('lots'), lot_size: count.positive(), lots: count, whole: z.boolean().optional() }),
  z.strictObject({
    kind: z.literal('rate'),
    per_minute: z.number().positive(),
    max: count,
    per_day: count.optional(),
  }),
  z.strictObject({ kind: z.literal('days'), per_day: count, days: count }),
  /** Call teams: agents × hours × 60 / handling minutes a day. */
  z.strictObject({
    kind: z.literal('agents'),
    teams: z.array(team).min(1),
    days: count,
    /** As the desk counts its calls, once it has counted for some days (measured-capacity.ts). */
    measured: z.boolean().optional(),
  }),
  z.strictObject({ kind: z.literal('none') }),
])
export type Capacity = z.infer<typeof capacitySchema>

const callsOf = ({ agents, hours, minutes_per_call }: z.infer<typeof team>): number =>
  hours === undefined && minutes_per_call === undefined
    ? agents * CALLS_A_DAY
    : Math.floor((agents * (hours ?? (CALLS_A_DAY * MINUTES_A_CALL) / 60) * 60) / (minutes_per_call ?? MINUTES_A_CALL))

/** Contacts in the whole plan; null: no limit. */
export function perPlan(capacity: Capacity): number | null {
  switch (capacity.kind) {
    case 'lots':
      return capacity.lot_size * capacity.lots
    case 'rate':
      return capacity.max
    case 'none':
      return null
    default:
      return perDay(capacity)! * capacity.days
  }
}

/** Contacts on one day; null: no limit of its own. */
export function perDay(capacity: Capacity): number | null {
  switch (capacity.kind) {
    case 'days':
      return capacity.per_day
    case 'agents':
      return capacity.teams.reduce((sum, t) => sum + callsOf(t), 0)
    case 'rate':
      return capacity.per_day ?? null
    default:
      return null
  }
}

/** Only multiples of this many can be ordered. */
export const lotOf = (capacity: Capacity): number | null =>
  capacity.kind === 'lots' && capacity.whole === true ? capacity.lot_size : null
