/** What became of a deliver run's messages, each once, by what holds of it. */
import type { App } from '../../platform/app.ts'
import { LATEST } from './ledger.ts'

export interface ChannelCount {
  channel: string
  settled: number
  refused: number
  failed: number
  uncertain: number
}

export const countByChannel = (app: Pick<App, 'facts'>, runId: number): Promise<ChannelCount[]> =>
  app.facts.query(
    `SELECT toString(channel) AS channel, countIf(state = 'settled') AS settled, countIf(state = 'refused') AS refused,
       countIf(state = 'failed') AS failed, countIf(state = 'uncertain') AS uncertain
     FROM (
       SELECT communication_id, any(channel) AS channel, argMax(state, ${LATEST}) AS state
       FROM deliveries WHERE run_id = {runId:UInt64} GROUP BY customer_id, communication_id
     )
     GROUP BY channel ORDER BY channel`,
    { runId },
  )

/** For the pages of stages to the left; what is neither of these waits. */
export async function keepCounts(app: Pick<App, 'facts' | 'runs'>, runId: number): Promise<ChannelCount[]> {
  const counts = await countByChannel(app, runId)
  await app.runs.recordCounts(
    runId,
    counts.flatMap(({ channel, uncertain, ...states }) =>
      Object.entries({ ...states, ...(uncertain > 0 ? { uncertain } : {}) }).map(([name, value]) => ({
        scope: channel,
        name,
        value,
      })),
    ),
  )
  return counts
}
