/** The jobs that work the queue. Two threads send; while they do, the next parts are read, asked at the gate and claimed. */
import { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { defineJob, type JobDefinition } from '../../platform/jobs/index.ts'
import { dueParts } from './parts.ts'
import { sendPart } from './send-part.ts'

export const sendPartJob = defineJob({
  name: 'interact.send-part',
  version: 1,
  schema: z.object({ runId: z.number(), partition: z.number(), priority: z.number() }),
  concurrency: 3,
  retry: { limit: 5, delaySeconds: 5, backoff: true },
  expireSeconds: 12 * 3600,
  async handle({ runId, partition, priority }, { services, jobs }) {
    const next = await sendPart(services.app, runId, partition)
    if (next instanceof Date)
      await jobs.send(sendPartJob, { runId, partition, priority }, { startAfter: next, priority })
  },
})

/** Looks each minute for parts that are due and that no job knows of: left by a killed process, or resumed. */
const sweepJob = defineJob({
  name: 'interact.sweep-queue',
  version: 1,
  schema: z.object({}),
  async handle(_data, { services }) {
    await wakeParts(services.app)
  },
})

export const sendJobs: readonly JobDefinition[] = [sendPartJob, sweepJob] as JobDefinition[]

export async function wakeParts(app: App, channel?: string): Promise<number> {
  const due = await dueParts(app, channel)
  const byPriority = Map.groupBy(due, part => part.priority)
  for (const [priority, parts] of byPriority)
    await app.jobs.sendMany(
      sendPartJob,
      parts.map(part => ({ runId: part.run_id, partition: part.partition, priority })),
      { priority },
    )
  return due.length
}

/** Starts on what is queued and sees to it that nothing is forgotten. */
export async function sendQueued(app: App): Promise<void> {
  await app.jobs.schedule(sweepJob, '* * * * *', {})
  await wakeParts(app)
}
