import { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { defineJob, type JobDefinition } from '../../platform/jobs/index.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { deliver } from './deliver.ts'
import { givebackErrors } from './errors.ts'
import type { Target } from './target.ts'
import { targets } from './targets.ts'

/** Minutes to the next try: 1, 2, 4 … up to an hour. */
const pauseMs = (tries: number): number => Math.min(60, 2 ** Math.max(0, tries - 1)) * 60_000
const BUSY_MS = 5000

export const deliverJob = defineJob({
  name: 'collect.give-back',
  version: 1,
  schema: z.object({ deliveryId: z.number() }),
  concurrency: 3,
  expireSeconds: 6 * 3600,
  async handle({ deliveryId }, { services, signal, jobs }) {
    const { app } = services
    const outcome = await deliver(app, deliveryId, signal)
    if (outcome !== 'busy' && outcome !== 'again') return
    const { tries } = await app.workflow.db
      .selectFrom('giveback_deliveries')
      .select('tries')
      .where('delivery_id', '=', deliveryId)
      .executeTakeFirstOrThrow()
    const wait = outcome === 'busy' ? BUSY_MS : pauseMs(tries)
    await jobs.send(deliverJob, { deliveryId }, { startAfter: new Date(Date.now() + wait) })
  },
})

/** A target's own schedule. */
const scheduledJob = defineJob({
  name: 'collect.give-back-scheduled',
  version: 1,
  schema: z.object({ targetId: z.number() }),
  async handle({ targetId }, { services }) {
    await startDelivery(services.app, targetId, 'schedule')
  },
})

/** Looks every minute whether a turn has ended since the targets that go after each turn last went. Turns of the command line count too. */
const afterTurnJob = defineJob({
  name: 'collect.give-back-after-turn',
  version: 1,
  schema: z.object({}),
  async handle(_data, { services }) {
    await startAfterTurn(services.app)
  },
})

export const givebackJobs: readonly JobDefinition[] = [deliverJob, scheduledJob, afterTurnJob] as JobDefinition[]

/** One that is under way or waits for its next try is gone on with: two at a time would send the same twice. */
export async function startDelivery(
  app: App,
  targetId: number,
  startedBy: string,
  { full = false }: { full?: boolean } = {},
): Promise<number> {
  const { db } = app.workflow
  const open = await db
    .selectFrom('giveback_deliveries')
    .select(['delivery_id', 'state'])
    .where('target_id', '=', targetId)
    .where('state', 'in', ['running', 'waiting'])
    .orderBy('delivery_id', 'desc')
    .executeTakeFirst()
  if (open && !full) {
    await app.jobs.send(deliverJob, { deliveryId: open.delivery_id })
    return open.delivery_id
  }
  const { delivery_id } = await db
    .insertInto('giveback_deliveries')
    .values({
      target_id: targetId,
      started_by: startedBy,
      state: 'running',
      error: null,
      detail: asJson(full ? { full: true } : {}),
      from_seq: 0,
      to_seq: 0,
      upserts: 0,
      deletes: 0,
      batches: 0,
      tries: 0,
      started_at: new Date(),
      finished_at: null,
    })
    .returning('delivery_id')
    .executeTakeFirstOrThrow()
  await app.jobs.send(deliverJob, { deliveryId: delivery_id })
  return delivery_id
}

export async function startAfterTurn(app: App): Promise<number[]> {
  const turn = await app.runs.latestTurn()
  if (turn?.state !== 'done' || !turn.finishedAt) return []
  const started: number[] = []
  for (const target of await targets(app)) {
    if (target.definition.when.kind !== 'turn' || target.paused) continue
    const last = await app.workflow.db
      .selectFrom('giveback_deliveries')
      .select('started_at')
      .where('target_id', '=', target.targetId)
      .orderBy('delivery_id', 'desc')
      .executeTakeFirst()
    if (!last || last.started_at < turn.finishedAt)
      started.push(await startDelivery(app, target.targetId, `turn ${turn.id}`))
  }
  return started
}

/** Brings the schedules in line with the target; run after every change of it. */
export async function scheduleTarget(
  app: App,
  target: Pick<Target, 'targetId' | 'definition'> & { gone?: boolean },
): Promise<void> {
  const { when } = target.definition
  const key = `target-${target.targetId}`
  if (when.kind === 'cron' && !target.gone) {
    await app.jobs
      .schedule(scheduledJob, when.cron, { targetId: target.targetId }, { key })
      .catch(error => Promise.reject(givebackErrors['collect.bad-cron']({ cron: when.cron }, error)))
  } else await app.jobs.unschedule(scheduledJob, { key })
  if (when.kind === 'turn' && !target.gone) await app.jobs.schedule(afterTurnJob, '* * * * *', {})
}
