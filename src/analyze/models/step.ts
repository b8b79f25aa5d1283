import type { App, Step } from '../../platform/app.ts'
import { affinityTables } from '../affinity/tables.ts'
import { proposeByNeeds } from '../needs/propose.ts'
import { fillPreferredChannels } from '../preferred-channel/fill-preferred-channels.ts'
import { preferredChannels } from '../preferred-channel/table.ts'
import { planTraining } from '../registry/plan-training.ts'
import { runInWorker } from '../run-in-worker.ts'
import { itemPairs, nextProducts, scores } from '../tables.ts'
import { upliftInUse } from '../uplift/uplift-version.ts'
import { categoryValues, customerValues } from '../worth/tables.ts'
import type { AffinityInput } from './find-affinity.ts'
import type { ModelRecord } from './model-record.ts'
import { saveModels } from './registry.ts'
import type { ScoreInput } from './score-customers.ts'

/** Value and churn in one thread, what goes together in another. */
export const modelsStep: Step = {
  id: 'models',
  title: { en: 'Value, churn, next product', zh: '价值、流失与下一件商品' },
  resumes: false,
  writes: [scores, customerValues, categoryValues, itemPairs, nextProducts, preferredChannels, ...affinityTables],
  async run({ app, turn, runId, runOf, progress }) {
    const identityRun = runOf('identity')
    const featuresRun = runOf('features')
    const common: AffinityInput = { runId, identityRun, asOf: turn.asOf }
    const plan = await planTraining(app, turn.asOf)
    const scoring: ScoreInput = {
      ...common,
      featuresRun,
      withValues: true,
      churn: plan,
      uplift: await upliftInUse(app, turn.asOf),
    }
    const at = [0, 0]
    const report = (part: 0 | 1) => (done: number, total: number, note?: string) => {
      at[part] = done / total
      progress(at[0]! + at[1]!, 2, note)
    }
    const [customers, affinity] = await Promise.all([
      runInWorker('score-customers', app.facts, scoring, report(0)),
      runInWorker('find-affinity', app.facts, common, report(1)),
    ])
    const needs = await proposeByNeeds(app, { runId, identityRun, featuresRun, asOf: turn.asOf })
    const segmentsRun = await segmentsBefore(app, turn.asOf)
    const channels = await fillPreferredChannels(app.facts, { ...common, segmentsRun })
    const records = [...customers, affinity, channels]
    await saveModels(app.workflow, { runId, asOf: turn.asOf, featuresRun, plan }, records)
    const ofModel = (id: ModelRecord['model']) => records.find(record => record.model === id)!
    return {
      models: records.length,
      notUsed: records.filter(record => record.problem !== null && !waiting.has(record.problem)).length,
      churnAuc: ofModel('churn').metrics['auc'] ?? 0,
      itemPairs: ofModel('next-product').metrics['pairs'] ?? 0,
      byNeeds: needs.proposals,
    }
  },
}

/** Nothing is wrong with a model that has nothing to learn from yet. */
const waiting = new Set(['no-contacts', 'no-trial', 'too-short'])

/** Segments of the newest turn that knew no more than this one; 0 where there is none. */
async function segmentsBefore(app: App, asOf: string): Promise<number> {
  const run = await app.runs.latest('segments')
  if (run === null) return 0
  return (await app.runs.turnOf(run)).asOf <= asOf ? run : 0
}
