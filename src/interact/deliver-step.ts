import { dropSpool } from '../personalize/index.ts'
import type { App, Step } from '../platform/app.ts'
import { type DeliverPart, deliverPartJob } from './deliver-part.ts'
import { errors } from './errors.ts'
import { deliveries } from './tables.ts'
import { transports } from './transports/index.ts'

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
    const waiting = await composedParts(app, run.composeRun)
    const total = waiting.reduce((sum, { composed }) => sum + composed, 0)
    const parts = waiting.map(({ partition }): DeliverPart => ({ ...run, partition }))
    const group = `turn-${turn.id}/deliver`
    await app.jobs.sendMany(deliverPartJob, parts, { group, key: part => String(part.partition) })
    await app.jobs.drain({ group }, ({ completed, total: jobs }) =>
      ctx.progress(Math.round((total * completed) / Math.max(1, jobs)), total),
    )
    for (const transport of transports) await transport.finish?.({ app, ...run })
    const counts = await countByChannel(app, runId)
    const sum = (state: 'settled' | 'refused' | 'failed') => counts.reduce((all, row) => all + row[state], 0)
    const figures = { settled: sum('settled'), refused: sum('refused'), failed: sum('failed') }
    if (total !== figures.settled + figures.refused + figures.failed)
      throw errors['interact.counts-differ']({ composed: total, ...figures })
    await app.runs.recordCounts(
      runId,
      counts.flatMap(({ channel, ...states }) =>
        Object.entries(states).map(([name, value]) => ({ scope: channel, name, value })),
      ),
    )
    await dropSpool(app, run.composeRun)
    return figures
  },
}

const composedParts = (app: App, composeRun: number): Promise<{ partition: number; composed: number }[]> =>
  app.facts.query(
    `SELECT partition, uniqExact(communication_id) AS composed FROM communications
     WHERE run_id = {composeRun:UInt64} AND state = 'composed' AND reason != 'erased' GROUP BY partition ORDER BY partition`,
    { composeRun },
  )

interface ChannelCount {
  channel: string
  settled: number
  refused: number
  failed: number
}

/** Each communication once, by what came after its claim. */
const countByChannel = (app: App, runId: number): Promise<ChannelCount[]> =>
  app.facts.query(
    `SELECT toString(channel) AS channel, countIf(state = 'settled') AS settled, countIf(state = 'refused') AS refused, countIf(state = 'failed') AS failed
     FROM (
       SELECT communication_id, any(channel) AS channel, argMax(state, (state != 'claimed', at)) AS state
       FROM deliveries WHERE run_id = {runId:UInt64} GROUP BY customer_id, communication_id
     )
     GROUP BY channel ORDER BY channel`,
    { runId },
  )
