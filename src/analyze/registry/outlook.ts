import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { inWords } from '../churn/definition.ts'
import { errors } from '../errors.ts'
import { type HazardModel, leavingCurve } from '../hazard/hazard-model.ts'
import { predictors } from '../models/buyers.ts'
import { modelOf } from '../models/registry.ts'
import type { ChannelRates } from '../preferred-channel/fill-preferred-channels.ts'
import { runsOfTurn } from '../runs-of-turn.ts'
import type { customerOutlook } from './api.ts'
import { churnSettings } from './plan-training.ts'
import { modelVerdicts } from './verdicts.ts'

type Outlook = z.infer<typeof customerOutlook>

interface ChannelRow {
  channel: string
  contacts: number
  responses: number
  rate: number
  low: number
  high: number
  best: number
}

/** When a customer may leave, by which channel they answer, and what being contacted adds. */
export async function outlookOf(app: App, customerId: number): Promise<Outlook> {
  const runs = await runsOfTurn(app)
  const known = { models: runs.models, features: runs.features, segments: runs.segments, customerId }
  const [[score], [feature], [member], channels, churn, leaving, channelModel, uplift, verdicts, settings] =
    await Promise.all([
      app.facts.query<{ churn_probability: number; uplift: number | null }>(
        `SELECT churn_probability, uplift FROM scores
       WHERE run_id = {models:UInt64} AND customer_id = {customerId:UInt64}`,
        known,
      ),
      app.facts.query<Record<string, number | null>>(
        `SELECT ${predictors.map(({ id }) => `toFloat64(${id}) AS ${id}`).join(', ')} FROM features
       WHERE run_id = {features:UInt64} AND customer_id = {customerId:UInt64}`,
        known,
      ),
      app.facts.query<{ segment: string }>(
        'SELECT segment FROM segment_members WHERE run_id = {segments:UInt64} AND customer_id = {customerId:UInt64}',
        known,
      ),
      app.facts.query<ChannelRow & Record<string, number | string>>(
        `SELECT channel, contacts, responses, rate, low, high, best FROM preferred_channels
       WHERE run_id = {models:UInt64} AND customer_id = {customerId:UInt64} ORDER BY rate DESC`,
        known,
      ),
      modelOf(app.workflow, runs.models, 'churn'),
      modelOf(app.workflow, runs.models, 'leaving'),
      modelOf(app.workflow, runs.models, 'preferred-channel'),
      modelOf(app.workflow, runs.models, 'uplift'),
      modelVerdicts(app),
      churnSettings(app),
    ])
  if (!score || !feature) throw errors['analyze.no-such-customer']({ customer: customerId, asOf: runs.asOf })
  const probability = score.churn_probability
  const hazard = leaving && !leaving.problem ? (leaving.definition as HazardModel) : null
  const matrix = {
    rows: 1,
    features: predictors,
    columns: predictors.map(({ id }) => Float64Array.of(feature[id] ?? Number.NaN)),
  }
  return {
    asOf: runs.asOf,
    definition: inWords(hazard?.definition ?? settings.definition),
    churn:
      probability > 0 ? { probability, learner: churn?.learner ?? null, verdict: verdicts.get('churn') ?? null } : null,
    leavingBy: hazard && probability > 0 ? leavingCurve(hazard, matrix, 0, probability) : null,
    monthsSeen: hazard?.observed ?? null,
    channels:
      channels.length > 0
        ? channels.map(row => ({
            ...row,
            best: row.best === 1,
            basis: row.contacts > 0 ? ('own' as const) : ('segment' as const),
          }))
        : ofSegment((channelModel?.definition ?? null) as ChannelRates | null, member?.segment ?? ''),
    uplift:
      score.uplift !== null && uplift ? { value: score.uplift, average: uplift.parameters['average'] ?? 0 } : null,
  }
}

/** Never contacted: what customers of the same segment, or all, answer by. */
function ofSegment(rates: ChannelRates | null, segment: string): Outlook['channels'] {
  return Object.entries(rates?.channels ?? {})
    .map(([channel, { all, bySegment }]) => {
      const own = bySegment[segment]
      const rate = own ?? all
      const basis = own === undefined ? ('all' as const) : ('segment' as const)
      return { channel, contacts: 0, responses: 0, rate, low: rate, high: rate, best: false, basis }
    })
    .sort((a, b) => b.rate - a.rate)
}
