import type { PgBoss, QueueOptions, QueueResult } from 'pg-boss'
import type { JobDefinition, JobName } from './job.ts'

const DAY = 86_400
const named = /^(.+)\.v(\d+)$/

export const queueName = ({ name, version }: JobName): string => `${name}.v${version}`

/** The inverse of `queueName`; undefined for pg-boss's own queues. */
export function jobOf(queue: string): JobName | undefined {
  const match = named.exec(queue)
  return match?.[1] && match[2] ? { name: match[1], version: Number(match[2]) } : undefined
}

const optionsOf = ({ retry, expireSeconds = 3600 }: JobDefinition) => ({
  notify: true,
  expireInSeconds: expireSeconds,
  // A job that waits is never thrown away quietly: the longest that pg-boss allows.
  retentionSeconds: 365 * DAY,
  deleteAfterSeconds: 30 * DAY,
  retryLimit: retry?.limit ?? 2,
  retryDelay: retry?.delaySeconds ?? 1,
  retryBackoff: retry?.backoff ?? false,
})

type Options = ReturnType<typeof optionsOf>

/** Makes the queues that are missing and brings the others' options up to date. */
export async function ensureQueues(boss: PgBoss, definitions: readonly JobDefinition[]): Promise<void> {
  const existing = new Map((await boss.getQueues()).map(queue => [queue.name, queue]))
  for (const definition of definitions) {
    const name = queueName(definition)
    const options = optionsOf(definition)
    const queue = existing.get(name)
    if (!queue) await boss.createQueue(name, options)
    else if (differs(queue, options)) await boss.updateQueue(name, options)
    else continue
    await warmCache(boss, name)
  }
}

const differs = (queue: QueueResult, options: Options): boolean =>
  (Object.keys(options) as (keyof Options & keyof QueueOptions)[]).some(option => queue[option] !== options[option])

/**
 * pg-boss looks a queue up before its first use, on its own connection: inside somebody's transaction, where a job is to be
 * sent, that would wait for ever (embedded). Asking for a job that cannot be there makes it look now.
 */
async function warmCache(boss: PgBoss, name: string): Promise<void> {
  await boss.findJobs(name, { id: '00000000-0000-0000-0000-000000000000' })
}
