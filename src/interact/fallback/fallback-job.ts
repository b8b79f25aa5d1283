/** Fallback chains: each hour, what did not arrive one way is composed for the next and delivered like anything else. */
import { z } from 'zod'
import { composeInstead } from '../../personalize/index.ts'
import type { App } from '../../platform/app.ts'
import { defineJob } from '../../platform/jobs/index.ts'
import { carrierOf } from '../channels/channel-store.ts'
import { channelKind } from '../channels/index.ts'
import { type DeliverPart, deliverPart } from '../deliver-part.ts'
import { queueParts } from '../queue/parts.ts'
import { sendQueued } from '../queue/send-jobs.ts'
import { type FallbackStep, readDeliverySettings } from '../queue/settings.ts'
import { transportOf } from '../transports/index.ts'
import { missedBy } from './missed.ts'

/** Run numbers of their own, so that a turn's counts stay the turn's: one a look, above every other run's. */
const RUNS_FROM = 3_000_000_000
const PART = 500

export const fallbackJob = defineJob({
  name: 'interact.fallback',
  version: 1,
  schema: z.object({}),
  expireSeconds: 6 * 3600,
  async handle(_data, { services }) {
    await carryOnMissed(services.app)
  },
})

/** Brings the schedule in line with the settings. */
export async function scheduleFallback(app: App, steps: readonly FallbackStep[]): Promise<void> {
  if (steps.length > 0) await app.jobs.schedule(fallbackJob, '7 * * * *', {})
  else await app.jobs.unschedule(fallbackJob)
}

/** Returns how many messages go another way now. */
export async function carryOnMissed(app: App): Promise<number> {
  const { fallback } = await readDeliverySettings(app)
  const identityRun = await app.runs.latest('identity')
  if (identityRun === null) return 0
  let carried = 0
  for (const step of fallback) carried += await carryOn(app, step, identityRun)
  if (carried > 0) await sendQueued(app)
  return carried
}

async function carryOn(app: App, step: FallbackStep, identityRun: number): Promise<number> {
  const missed = await missedBy(app, step)
  if (missed.length === 0) return 0
  const turn = await app.runs.latestTurn()
  const runId = RUNS_FROM + (await app.runs.nextId('fallback'))
  const asOf = new Date().toISOString().slice(0, 10)
  const carrier = await carrierOf(app, step.to)
  const remote = carrier !== undefined && channelKind(carrier.kind).works === 'thread'
  let carried = 0
  for (let from = 0, partition = 0; from < missed.length; from += PART, partition++) {
    const some = missed.slice(from, from + PART)
    const part: DeliverPart = {
      turnId: turn?.id ?? 0,
      asOf,
      runId,
      composeRun: runId,
      identityRun,
      campaignRun: 0,
      partition,
    }
    const composed = await composeInstead(app, { ...part, runId }, some, step.to)
    if (composed === 0) continue
    carried += composed
    const queued = { ...part, channel: step.to, class: some[0]!.class, messages: composed }
    if (remote) await queueParts(app, [queued])
    else await deliverPart(app, part)
  }
  if (!remote && carried > 0)
    await transportOf(step.to).finish?.({
      app,
      turnId: turn?.id ?? 0,
      asOf,
      runId,
      composeRun: runId,
      identityRun,
      campaignRun: 0,
    })
  return carried
}
