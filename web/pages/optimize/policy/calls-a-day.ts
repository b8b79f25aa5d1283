import type { Policy } from '../../../api/planning.ts'

export type Capacity = NonNullable<Policy['channels']['call']>['capacity']
export type Team = Extract<Capacity, { kind: 'agents' }>['teams'][number]

/** As the server counts it (policy/capacity.ts): five hours on the line and 3 minutes a call when nothing is said, so 100 calls. */
export const HOURS = 5
export const MINUTES = 3

export const callsADay = ({ agents, hours, minutes_per_call }: Team): number =>
  Math.floor((agents * (hours ?? HOURS) * 60) / (minutes_per_call ?? MINUTES))

/** What was counted takes the place of what the teams make on paper, where that is wanted (policy/measured-capacity.ts); null: not here. */
export const plannedWith = (capacity: Capacity, counted: { perDay: number } | undefined): number | null =>
  capacity.kind === 'agents' && capacity.measured && counted ? counted.perDay * capacity.days : null

/** What a capacity carries in one plan; null: no limit. */
export function carries(capacity: Capacity): number | null {
  switch (capacity.kind) {
    case 'lots':
      return capacity.lot_size * capacity.lots
    case 'rate':
      return capacity.max
    case 'days':
      return capacity.per_day * capacity.days
    case 'agents':
      return capacity.teams.reduce((sum, team) => sum + callsADay(team), 0) * capacity.days
    default:
      return null
  }
}
