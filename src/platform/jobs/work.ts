import type { JobResult, JobWithMetadata, PgBoss } from 'pg-boss'
import { HuiyinError } from '../errors.ts'
import type { JobDefinition, JobServices } from './job.ts'
import type { Jobs } from './jobs.ts'
import { queueName } from './queues.ts'
import { assertValid } from './send.ts'

/**
 * Workers are woken by a notification when a job is sent, when a batch is done and when a failed job's next try is due.
 * Polling is for what those miss: `startAfter`, a lost connection.
 */
const polling = { pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 5 }

/** What this process has claimed and not settled, by queue. */
export type InFlight = Map<string, Set<string>>

export interface Crew {
  boss: PgBoss
  jobs: Jobs
  services: JobServices
  inFlight: InFlight
  stopped: AbortSignal
  onSettled(): void
}

/** One worker handles one batch at a time. */
export async function startWorker(crew: Crew, definition: JobDefinition): Promise<void> {
  const queue = queueName(definition)
  const options = { ...polling, batchSize: definition.batch ?? 1, includeMetadata: true, perJobResults: true } as const
  const wakeMe = () => crew.boss.notifyWorker(worker)
  const worker = await crew.boss.work<object, unknown, typeof options>(queue, options, async batch => {
    const release = claim(crew.inFlight, queue, batch)
    const results = await runBatch(crew, definition, batch)
    release(results)
    // More may wait: pg-boss would sleep until the next poll.
    wakeMe()
    if (results.some(result => result.status === 'failed')) setTimeout(wakeMe, retryDelayMs(definition)).unref()
    // pg-boss sends the statement that settles the batch when this returns.
    setTimeout(() => crew.onSettled(), 1).unref()
    return results
  })
}

type Batch = readonly JobWithMetadata<object>[]

/** What is cut short by a stop has no result; it stays claimed, and the stop puts it back. */
async function runBatch(crew: Crew, definition: JobDefinition, batch: Batch): Promise<JobResult[]> {
  const results: JobResult[] = []
  for (const job of batch) {
    if (crew.stopped.aborted || job.signal.aborted) break
    const result = await runOne(crew, definition, job)
    if (result.status === 'failed' && (crew.stopped.aborted || waitedInVain(result.output))) break
    results.push(result)
  }
  return results
}

function claim(inFlight: InFlight, queue: string, batch: Batch): (settled: Batch | JobResult[]) => void {
  const claimed = inFlight.get(queue) ?? new Set()
  inFlight.set(queue, claimed)
  for (const { id } of batch) claimed.add(id)
  let returned = false
  const release = (jobs: readonly { id: string }[]) => {
    returned = true
    for (const { id } of jobs) claimed.delete(id)
  }
  // Aborted before the handler returned: the batch has outlived `expireSeconds` and pg-boss has failed all of it. (pg-boss
  // aborts the signal of every batch in the end.)
  batch[0]?.signal.addEventListener('abort', () => returned || release(batch), { once: true })
  return release
}

async function runOne(crew: Crew, definition: JobDefinition, job: JobWithMetadata<object>): Promise<JobResult> {
  const { id, retryCount } = job
  try {
    await definition.handle(assertValid(definition, job.data), {
      id,
      name: definition.name,
      group: job.groupId ?? undefined,
      attempt: retryCount + 1,
      signal: AbortSignal.any([job.signal, crew.stopped]),
      jobs: crew.jobs,
      services: crew.services,
    })
    return { id, status: 'completed' }
  } catch (error) {
    return { id, status: 'failed', output: error }
  }
}

/** It was waiting for other jobs when the process stopped. */
const waitedInVain = (error: unknown): boolean => error instanceof HuiyinError && error.code === 'platform.jobs-stopped'

const retryDelayMs = ({ retry }: JobDefinition): number => (retry?.delaySeconds ?? 1) * 1000 + 20
