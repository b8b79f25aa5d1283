import { join } from 'node:path'
import { dropSpool } from '../personalize/index.ts'
import type { App, Progress, Step } from '../platform/app.ts'
import type { Figures } from '../platform/runs.ts'
import { carrierOf } from './channels/channel-store.ts'
import { channelKind } from './channels/index.ts'
import { dropToPrintShops } from './channels/sftp/drop-job.ts'
import { type DeliverPart, deliverPartJob } from './deliver-part.ts'
import { errors } from './errors.ts'
import { queuedPartitions, queueParts } from './queue/parts.ts'
import { keepCounts } from './queue/run-counts.ts'
import { sendQueued } from './queue/send-jobs.ts'
import { deliveries } from './tables.ts'
import { transports } from './transports/index.ts'
import type { DeliveryRun } from './transports/transport.ts'

export const deliverStep: Step = {
  id: 'deliver',
  title: { en: 'Deliver', zh: '投递' },
  resumes: true,
  writes: [deliveries],
  async run(ctx) {
    const { app, turn, runId } = ctx
    const run = {
      turnId: turn.id,
      asOf: turn.asOf,
      runId,
      composeRun: ctx.runOf('compose'),
      identityRun: ctx.runOf('identity'),
      campaignRun: ctx.runOf('campaign'),
    }
    return deliverComposed(app, run, `turn-${turn.id}/deliver`, ctx.progress)
  },
}

/**
 * Everything a compose run made: what transports of this house carry is delivered before this returns; what goes out over the network
 * is queued and counts as waiting, for a provider may take hours and some customers' night is not over.
 */
export async function deliverComposed(
  app: App,
  run: Omit<DeliveryRun, 'app'>,
  group: string,
  progress: Progress,
): Promise<Figures> {
  const waiting = await composedParts(app, run.composeRun)
  const total = waiting.reduce((sum, { composed }) => sum + composed, 0)
  const remote = await remoteChannels(app, [...new Set(waiting.map(({ channel }) => channel))])
  // Queued before a kill or a change of the settings: it may be on its way, and stays where it is.
  const before = new Set(await queuedPartitions(app, run.runId))
  const goesOut = ({ partition, channel }: ComposedPart) => remote.has(channel) || before.has(partition)
  const here = waiting.filter(part => !goesOut(part))
  const parts = here.map(({ partition }): DeliverPart => ({ ...run, partition }))
  await app.jobs.sendMany(deliverPartJob, parts, { group, key: part => String(part.partition) })
  await app.jobs.drain({ group }, ({ completed, total: jobs }) =>
    progress(Math.round((total * completed) / Math.max(1, jobs)), total),
  )
  for (const transport of transports) await transport.finish?.({ app, ...run })
  if (here.some(({ channel }) => channel === 'print'))
    await dropToPrintShops(app, 'documents', join('out', 'print', String(run.runId)), `run-${run.runId}`)
  const queued = waiting.filter(goesOut)
  await queueParts(
    app,
    queued.map(({ partition, channel, class: kind, composed }) => ({
      ...run,
      partition,
      channel,
      class: kind,
      messages: composed,
    })),
  )
  const counts = await keepCounts(app, run.runId)
  const sum = (state: 'settled' | 'refused' | 'failed' | 'uncertain') =>
    counts.reduce((all, row) => all + row[state], 0)
  const figures = { settled: sum('settled'), refused: sum('refused'), failed: sum('failed') }
  const uncertain = sum('uncertain')
  const left = total - figures.settled - figures.refused - figures.failed - uncertain
  if (left < 0 || (left > 0 && queued.length === 0))
    throw errors['interact.counts-differ']({ composed: total, ...figures })
  if (queued.length === 0) {
    await dropSpool(app, run.composeRun)
    return figures
  }
  await sendQueued(app)
  return { ...figures, waiting: left, uncertain }
}

interface ComposedPart {
  partition: number
  channel: string
  class: string
  composed: number
}

const composedParts = (app: App, composeRun: number): Promise<ComposedPart[]> =>
  app.facts.query(
    `SELECT partition, toString(any(channel)) AS channel, toString(any(class)) AS class, uniqExact(communication_id) AS composed
     FROM communications
     WHERE run_id = {composeRun:UInt64} AND state = 'composed' AND reason != 'erased' GROUP BY partition ORDER BY partition`,
    { composeRun },
  )

async function remoteChannels(app: App, channels: readonly string[]): Promise<Set<string>> {
  const remote = new Set<string>()
  for (const channel of channels) {
    const carrier = await carrierOf(app, channel)
    if (carrier && channelKind(carrier.kind).works === 'thread') remote.add(channel)
  }
  return remote
}
