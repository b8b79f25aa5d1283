/** Calls the desk makes a day: agents × hours on the line × calls an hour, counted from how calls ended, and handed to the plan. */
import { sql } from 'kysely'
import { z } from 'zod'
import { reportCapacity } from '../../optimize/index.ts'
import type { App } from '../../platform/app.ts'
import { defineJob } from '../../platform/jobs/index.ts'
import { forgetOldEndings } from '../outcomes/may-take-back.ts'
import { findOpportunitiesJob } from '../tasks/find-opportunities.ts'
import type { capacityView } from './api.ts'

type Capacity = z.output<typeof capacityView>

/** Days looked back; days nobody worked are not counted. */
const DAYS = 28
/** So many days of work say more than hours on paper. */
const ENOUGH_DAYS = 5
/** A longer gap between two calls of an agent is a break. */
export const BREAK_MINUTES = 30

export async function capacityOfDesk({ workflow }: Pick<App, 'workflow'>): Promise<Capacity> {
  const { rows } = await sql<{ days: number; agents: number; hours: number; calls: number }>`
    WITH
      ended AS (
        SELECT user_id, at, seconds, at::date AS day,
          extract(epoch FROM at - lag(at) OVER (PARTITION BY user_id, at::date ORDER BY at)) AS since_last
        FROM desk_outcomes WHERE at > now() - make_interval(days => ${DAYS}) AND kind <> 'inbound'
      ),
      shifts AS (
        SELECT day, user_id, count(*) AS calls,
          sum(CASE WHEN since_last IS NULL OR since_last > ${BREAK_MINUTES * 60} THEN least(seconds, ${BREAK_MINUTES * 60}) ELSE since_last END) / 3600 AS hours
        FROM ended GROUP BY day, user_id
      )
    SELECT count(DISTINCT day)::int4 AS days, count(*)::float8 AS agents, coalesce(sum(hours), 0)::float8 AS hours,
      coalesce(sum(calls), 0)::float8 AS calls
    FROM shifts`.execute(workflow.db)
  const { days, agents, hours, calls } = rows[0] ?? { days: 0, agents: 0, hours: 0, calls: 0 }
  return {
    agents: days > 0 ? agents / days : 0,
    hoursPerDay: agents > 0 ? hours / agents : 0,
    callsPerHour: hours > 0 ? calls / hours : 0,
    callsPerDay: days > 0 ? calls / days : 0,
    days,
    settled: days >= ENOUGH_DAYS,
  }
}

/** What was counted goes to the next plan, as soon as it says something. */
export async function reportDeskCapacity(app: App): Promise<Capacity> {
  const capacity = await capacityOfDesk(app)
  if (capacity.settled) {
    const { agents, hoursPerDay, callsPerHour, callsPerDay, days } = capacity
    await reportCapacity(app, 'call', callsPerDay, { agents, hoursPerDay, callsPerHour, days })
  }
  return capacity
}

/** Every night while anybody works at the desk. */
export const capacityJob = defineJob({
  name: 'interact.report-capacity',
  version: 1,
  schema: z.object({}),
  retry: { limit: 1, delaySeconds: 60 },
  async handle(_, { services: { app } }) {
    await reportDeskCapacity(app)
    await forgetOldEndings(app)
  },
})

const watched = new WeakSet<App['workflow']>()

/** Begun with the first call that ends. */
export async function keepCounting(app: App): Promise<void> {
  if (watched.has(app.workflow)) return
  watched.add(app.workflow)
  await app.jobs.schedule(capacityJob, '43 2 * * *', {})
  await app.jobs.schedule(findOpportunitiesJob, '17 * * * *', {})
}
