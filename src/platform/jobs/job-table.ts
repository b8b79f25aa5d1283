import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { WorkflowSchema } from '../stores/workflow/index.ts'

/** Statements on pg-boss's table of jobs that pg-boss does not offer. Columns: `dist/plans.js`, schema version 12.30. */

type Db = Kysely<WorkflowSchema>

/** Groups are looked up at every step of a drain; pg-boss indexes them only for active jobs. */
export async function indexGroups(db: Db): Promise<void> {
  await sql`create index if not exists huiyin_job_group on pgboss.job (group_id, name) where group_id is not null`.execute(
    db,
  )
}

/** As if it had not been taken: `started_on` is what makes pg-boss count a try. */
const asNew = sql`
  state = 'created', started_on = null, heartbeat_on = null, completed_on = null, output = null, start_after = now()`

/** The try that was cut short is not counted. Returns the queues that have work again. */
async function putBackWhere(db: Db, condition: RawBuilder<unknown>): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    with put_back as (update pgboss.job set ${asNew} where ${condition} returning name)
    select distinct name from put_back`.execute(db)
  return rows.map(row => row.name)
}

/** For the only process there is: whatever is active was left by a killed one. */
export const putBackAllActive = (db: Db): Promise<string[]> => putBackWhere(db, sql`state = 'active'`)

/** For processes side by side: whose worker has not given a sign of life for so long is taken to be dead. */
export const putBackLapsed = (db: Db, lapseSeconds: number): Promise<string[]> =>
  putBackWhere(
    db,
    sql`state = 'active' and name not like '\\_\\_pgboss%'
      and heartbeat_on < now() - ${lapseSeconds}::float8 * interval '1 second'`,
  )

/** Jobs whose handlers were cut short by this process itself; pg-boss has failed them by then. */
export const putBack = (db: Db, queue: string, ids: readonly string[]): Promise<string[]> =>
  putBackWhere(db, sql`name = ${queue} and id = any(${ids}::uuid[]) and state in ('active', 'retry', 'failed')`)

/** A finally failed or cancelled job gets all its tries back. Returns the ids of those that were. */
export async function reviveJobs(db: Db, queue: string, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update pgboss.job set ${asNew}, retry_count = 0
    where name = ${queue} and id = any(${ids}::uuid[]) and state in ('failed', 'cancelled')
    returning id`.execute(db)
  return rows.map(row => row.id)
}
