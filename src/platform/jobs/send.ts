import { fromKysely, type PgBoss } from 'pg-boss'
import type { Workflow } from '../stores/workflow/index.ts'
import { jobErrors } from './errors.ts'
import type { JobDefinition } from './job.ts'
import { jobId } from './job-id.ts'
import { reviveJobs } from './job-table.ts'
import type { SendManyOptions } from './jobs.ts'
import { queueName } from './queues.ts'

/** One statement each; 5,000 jobs are a text of a megabyte or so. */
const AT_A_TIME = 5000

/** Returns the ids in the order of `datas`. */
export async function sendJobs<T>(
  boss: PgBoss,
  workflow: Workflow,
  definition: JobDefinition<T>,
  datas: readonly T[],
  { tx, group, key, startAfter, priority }: SendManyOptions<T>,
): Promise<string[]> {
  const queue = queueName(definition)
  const jobs = new Map<string, { id: string; data: T }>()
  const ids = datas.map(data => {
    assertValid(definition, data)
    const id = jobId(queue, group, key?.(data))
    jobs.set(id, { id, data })
    return id
  })
  const options = { priority, startAfter: startAfter?.toISOString(), ...(group ? { group: { id: group } } : {}) }
  const connection = tx ? { db: fromKysely(tx) } : {}
  const pending = [...jobs.values()]
  while (pending.length > 0) {
    const some = pending.splice(0, AT_A_TIME).map(job => ({ ...job, ...options }) as { id: string; data: object })
    const made = new Set(await boss.insert(queue, some, { ...connection, returnId: true }))
    const known = some.map(job => job.id).filter(id => !made.has(id))
    if (known.length === 0) continue
    const revived = await reviveJobs(tx ?? workflow.db, queue, known)
    if (revived[0]) await wakeWorkers(boss, queue, revived[0], connection)
  }
  return ids
}

/** pg-boss notifies the queue's workers, wherever they are, when a waiting job is brought forward. */
const wakeWorkers = (boss: PgBoss, queue: string, id: string, connection: Parameters<PgBoss['update']>[2]) =>
  boss.update(queue, undefined, { ...connection, id, startAfter: 0 })

export function assertValid<T>({ name, schema }: JobDefinition<T>, data: unknown): T {
  const parsed = schema.safeParse(data)
  if (parsed.success) return parsed.data
  throw jobErrors['platform.job-invalid']({ job: name, reason: parsed.error.message }, parsed.error)
}
