/**
 * What a channel really carries a day, as whoever works it counted (the desk its calls): flows left as a row of this stage, handed in
 * through the face. A capacity of call teams that says `measured` is replaced by it in the next plan; until somebody counted, hours and
 * minutes hold as they are written.
 */
import { sql } from 'kysely'
import type { App } from '../../platform/app.ts'
import { asJson, type Instant, type JsonColumn, type Migrations } from '../../platform/stores/workflow/index.ts'
import type { ChannelId, ContactPolicy } from './contact-policy.ts'

interface MeasuredCapacityTable {
  channel: string
  per_day: number
  /** What it was counted from, for people. */
  basis: JsonColumn<Record<string, number>>
  measured_at: Instant
}

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    measured_capacity: MeasuredCapacityTable
  }
}

export const capacityMigrations: Migrations = {
  '2026-11-24-07-optimize-measured-capacity': {
    up: db =>
      sql`CREATE TABLE measured_capacity (channel text PRIMARY KEY, per_day int4 NOT NULL, basis json NOT NULL,
        measured_at timestamptz NOT NULL)`.execute(db),
  },
}

type Store = Pick<App, 'workflow'>

/** The newest count of a channel holds. */
export async function reportCapacity(
  { workflow }: Store,
  channel: ChannelId,
  perDay: number,
  basis: Readonly<Record<string, number>>,
): Promise<void> {
  const row = { per_day: Math.max(0, Math.floor(perDay)), basis: asJson({ ...basis }), measured_at: new Date() }
  await workflow.db
    .insertInto('measured_capacity')
    .values({ channel, ...row })
    .onConflict(conflict => conflict.column('channel').doUpdateSet(row))
    .execute()
}

/** What was counted, for whoever decides whether to plan with it. */
export async function measuredCapacities({ workflow }: Store) {
  const rows = await workflow.db.selectFrom('measured_capacity').selectAll().orderBy('channel').execute()
  return rows.map(({ channel, per_day, basis, measured_at }) => ({
    channel,
    perDay: per_day,
    basis,
    at: measured_at.toISOString(),
  }))
}

/** The policy with counted capacities in place of those that are to be counted. */
export async function withMeasured({ workflow }: Store, policy: ContactPolicy): Promise<ContactPolicy> {
  const wanted = Object.entries(policy.channels).flatMap(([channel, its]) =>
    its?.capacity.kind === 'agents' && its.capacity.measured ? [{ channel, its, days: its.capacity.days }] : [],
  )
  if (wanted.length === 0) return policy
  const rows = await workflow.db.selectFrom('measured_capacity').select(['channel', 'per_day']).execute()
  const counted = new Map(rows.map(row => [row.channel, row.per_day]))
  const channels = { ...policy.channels }
  for (const { channel, its, days } of wanted) {
    const per_day = counted.get(channel)
    if (per_day !== undefined) channels[channel as ChannelId] = { ...its, capacity: { kind: 'days', per_day, days } }
  }
  return { ...policy, channels }
}
