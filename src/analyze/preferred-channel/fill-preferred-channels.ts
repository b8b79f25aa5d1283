import type { Facts } from '../../platform/stores/facts/index.ts'
import type { ModelRecord } from '../models/model-record.ts'
import { insertPreferred, momentsSql } from './contacts-sql.ts'
import { type Moments, segmentPriors } from './shrink.ts'

interface Row extends Moments {
  channel: string
  segment: string
}

/** What the customer's page needs of those never contacted: what their segment, or everybody, answers by. */
export interface ChannelRates {
  channels: Record<string, { all: number; bySegment: Record<string, number> }>
}

/**
 * By which channel each customer answers: empirical Bayes from their own contacts to their segment's to everybody's. Segments are those of
 * the last turn, since this one's are not made yet. All counting happens in the engine.
 */
export async function fillPreferredChannels(
  facts: Facts,
  input: { runId: number; identityRun: number; segmentsRun: number; asOf: string },
): Promise<ModelRecord> {
  const { runId, ...params } = input
  const rows = await facts.query<Row & Record<string, string | number>>(momentsSql, params)
  const record = (rest: Partial<ModelRecord>): ModelRecord => ({
    ...{ model: 'preferred-channel', learner: 'beta-binomial', trainedOn: 0, parameters: {}, metrics: {} },
    ...{ definition: null, problem: null },
    ...rest,
  })
  const channels = [...new Set(rows.map(row => row.channel))].sort()
  const contacts = rows.reduce((sum, row) => sum + row.contacts, 0)
  if (channels.length === 0) return record({ problem: 'no-contacts' })
  const keys: string[] = []
  const rates: number[] = []
  const weights: number[] = []
  const doubts: number[] = []
  const known: ChannelRates['channels'] = {}
  const parameters: Record<string, number> = {}
  const segments = [...new Set(rows.map(row => row.segment))]
  for (const channel of channels) {
    const own = new Map(rows.filter(row => row.channel === channel).map(row => [row.segment, row]))
    const { all, bySegment } = segmentPriors(own)
    known[channel] = { all: all.rate, bySegment: {} }
    parameters[`rate.${channel}`] = all.rate
    parameters[`weight.${channel}`] = all.weight
    for (const segment of segments) {
      const prior = bySegment.get(segment) ?? all
      keys.push(`${segment}\n${channel}`)
      rates.push(prior.rate)
      weights.push(prior.weight)
      doubts.push(prior.doubt)
      known[channel]!.bySegment[segment] = prior.rate
    }
  }
  await facts.exec(insertPreferred, { ...params, runId, channels, keys, rates, weights, doubts })
  const found = await facts.one<{ customers: number; preferring: number }>(
    `SELECT uniqExact(customer_id) AS customers, countIf(best = 1) AS preferring FROM preferred_channels
     WHERE run_id = {runId:UInt64}`,
    { runId },
  )
  const definition: ChannelRates = { channels: known }
  return record({ trainedOn: contacts, parameters, metrics: { ...found, channels: channels.length }, definition })
}
