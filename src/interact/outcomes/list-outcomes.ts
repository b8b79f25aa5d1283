/** Saved outcomes of the last days, the newest first: those that stand and those that were taken back. */
import { sql } from 'kysely'
import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { permits } from '../../platform/auth/permissions.ts'
import { mask } from '../../platform/masking.ts'
import { contactsOf } from '../tasks/task-view.ts'
import { namesOf } from '../team/names.ts'
import type { outcomeList, teamOutcomeQuery } from './api.ts'
import type { Ending } from './endings.ts'
import { type By, companyZone, LEAD_DAYS, whyNot } from './may-take-back.ts'

type Query = z.output<typeof teamOutcomeQuery>
type Reader = { userId: number; roles: readonly string[] }

interface Row extends Ending {
  list: string
  kind: string
  outcome: string
  seconds: number
  task_state: 'open' | 'held' | 'done' | 'stopped' | null
  task_held_by: number | null
  task_outcome: string | null
  task_ending: string | null
}

const FOUND = ({ agent, outcome, state }: Query) => sql`
  FROM desk_endings e LEFT JOIN desk_outcomes o USING (outcome_id)
  WHERE e.at > now() - make_interval(days => ${LEAD_DAYS + 1}) AND (o.outcome_id IS NOT NULL OR e.was IS NOT NULL)
    AND (${state} = 'all' OR (${state} = 'taken-back') = (e.taken_back_at IS NOT NULL))
    AND (${agent ?? 0}::int8 = 0 OR e.user_id = ${agent ?? 0}::int8)
    AND (${outcome ?? ''} = '' OR coalesce(o.outcome, e.was ->> 'outcome') = ${outcome ?? ''})`

export async function listOutcomes(
  app: App,
  query: Query,
  by: By,
  reader: Reader,
): Promise<z.output<typeof outcomeList>> {
  const { db } = app.workflow
  const [count, { rows }, names, zone, agents] = await Promise.all([
    sql<{ total: number }>`SELECT count(*)::int4 AS total ${FOUND(query)}`.execute(db),
    sql<Row>`
      WITH page AS (
        SELECT e.*, coalesce(o.list, e.was ->> 'list') AS list, coalesce(o.kind, e.was ->> 'kind') AS kind,
          coalesce(o.outcome, e.was ->> 'outcome') AS outcome, coalesce(o.seconds, (e.was ->> 'seconds')::float8) AS seconds
        ${FOUND(query)} ORDER BY e.at DESC, e.outcome_id LIMIT ${query.limit} OFFSET ${query.offset})
      SELECT page.*, t.state AS task_state, t.held_by AS task_held_by, t.outcome_id AS task_outcome, t.ending AS task_ending
      FROM page LEFT JOIN tasks t USING (task_id) ORDER BY page.at DESC, page.outcome_id`.execute(db),
    namesOf(app),
    companyZone(app),
    by.lead ? agentsOf(app) : [],
  ])
  const people = await contactsOf(app, [...new Set(rows.map(row => Number(row.customer_id)))])
  const sees = permits(reader, 'customers.contact')
  return {
    total: count.rows[0]?.total ?? 0,
    agents: agents.map(userId => ({ userId, name: names.user(userId) })),
    rows: rows.map(row => {
      const name = people.get(Number(row.customer_id))?.name ?? ''
      const task =
        row.task_state === null
          ? undefined
          : {
              task_id: row.task_id,
              state: row.task_state,
              held_by: row.task_held_by,
              outcome_id: row.task_outcome,
              ending: row.task_ending,
            }
      const why = row.taken_back_at ? null : whyNot(row, task, by, zone)
      return {
        outcomeId: row.outcome_id,
        taskId: row.task_id,
        kind: row.kind,
        customerId: Number(row.customer_id),
        customerName: sees ? name : mask('name', name),
        about: names.list(row.list),
        agent: names.user(Number(row.user_id)),
        mine: Number(row.user_id) === reader.userId,
        outcome: row.outcome,
        at: row.at.toISOString(),
        seconds: row.seconds,
        takenBack: row.taken_back_at
          ? { at: row.taken_back_at.toISOString(), by: names.user(Number(row.taken_back_by)) }
          : null,
        mayNot: why ? { en: why.messageIn('en'), zh: why.messageIn('zh-CN') } : null,
      }
    }),
  }
}

async function agentsOf({ workflow }: App): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`SELECT DISTINCT user_id::int4 AS id FROM desk_endings ORDER BY 1`.execute(
    workflow.db,
  )
  return rows.map(({ id }) => id)
}
