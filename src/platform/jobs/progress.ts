import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { WorkflowSchema } from '../stores/workflow/index.ts'
import { jobErrors } from './errors.ts'
import type { GroupProgress, JobCounts, JobFilter } from './jobs.ts'
import { jobOf, queueName } from './queues.ts'

type Db = Kysely<WorkflowSchema>

const countByState = sql`
  count(*)::int4 as total,
  count(*) filter (where state = 'completed')::int4 as completed,
  count(*) filter (where state in ('failed', 'cancelled'))::int4 as failed,
  count(*) filter (where state = 'active')::int4 as active,
  count(*) filter (where state < 'active')::int4 as queued`

const inGroup = ({ group, job }: JobFilter): RawBuilder<boolean> =>
  job ? sql`group_id = ${group} and name = ${queueName(job)}` : sql`group_id = ${group}`

export async function groupProgress(db: Db, filter: JobFilter): Promise<GroupProgress> {
  const { rows } = await sql<GroupProgress>`select ${countByState} from pgboss.job where ${inGroup(filter)}`.execute(db)
  return rows[0] ?? { total: 0, completed: 0, failed: 0, active: 0, queued: 0 }
}

export async function jobCounts(db: Db): Promise<JobCounts[]> {
  const { rows } = await sql<GroupProgress & { queue: string }>`
    select name as queue, ${countByState} from pgboss.job group by name order by name`.execute(db)
  return rows.flatMap(({ queue, ...counts }) => {
    const job = jobOf(queue)
    return job ? [{ ...job, ...counts }] : []
  })
}

export async function forgetGroup(db: Db, filter: JobFilter): Promise<number> {
  const { rows } = await sql<{ active: number; forgotten: number }>`
    with
      active as (select count(*)::int4 as n from pgboss.job where ${inGroup(filter)} and state = 'active'),
      forgotten as (
        delete from pgboss.job where ${inGroup(filter)} and (select n from active) = 0 returning 1
      )
    select (select n from active) as active, (select count(*)::int4 from forgotten) as forgotten`.execute(db)
  const { active = 0, forgotten = 0 } = rows[0] ?? {}
  if (active > 0) throw jobErrors['platform.job-group-active']({ group: filter.group, active })
  return forgotten
}

/** The first job of the group that failed for good, as an error. */
export async function firstFailure(db: Db, filter: JobFilter, { failed, total }: GroupProgress): Promise<Error> {
  const { rows } = await sql<{ name: string; output: unknown }>`
    select name, output from pgboss.job
    where ${inGroup(filter)} and state in ('failed', 'cancelled')
    order by completed_on, id limit 1`.execute(db)
  const first = rows[0]
  const job = first ? (jobOf(first.name)?.name ?? first.name) : ''
  return jobErrors['platform.job-failed']({ failed, total, group: filter.group, job, reason: reasonIn(first?.output) })
}

/** pg-boss keeps an error as `{message, stack, …}`, its own verdicts as `{value: {message}}`. */
function reasonIn(output: unknown): string {
  if (typeof output !== 'object' || output === null) return 'cancelled'
  if ('message' in output && typeof output.message === 'string') return output.message
  return 'value' in output ? reasonIn(output.value) : JSON.stringify(output)
}
