import type { Step } from '../../platform/app.ts'
import { runInWorker } from '../run-in-worker.ts'
import { itemPairs, nextProducts, scores } from '../tables.ts'
import type { AffinityInput } from './find-affinity.ts'
import type { ModelRecord } from './model-record.ts'
import { saveModels } from './registry.ts'
import type { ScoreInput } from './score-customers.ts'

/** Value and churn in one thread, what goes together in another. */
export const modelsStep: Step = {
  id: 'models',
  title: { en: 'Value, churn, next product', zh: '价值、流失与下一件商品' },
  resumes: false,
  writes: [scores, itemPairs, nextProducts],
  async run({ app, turn, runId, runOf, progress }) {
    const identityRun = runOf('identity')
    const featuresRun = runOf('features')
    const common: AffinityInput = { runId, identityRun, asOf: turn.asOf }
    const scoring: ScoreInput = { ...common, featuresRun }
    const at = [0, 0]
    const report = (part: 0 | 1) => (done: number, total: number, note?: string) => {
      at[part] = done / total
      progress(at[0]! + at[1]!, 2, note)
    }
    const [customers, affinity] = await Promise.all([
      runInWorker('score-customers', app.facts, scoring, report(0)),
      runInWorker('find-affinity', app.facts, common, report(1)),
    ])
    const records = [...customers, affinity]
    await saveModels(app.workflow, { runId, asOf: turn.asOf, featuresRun }, records)
    const ofModel = (id: ModelRecord['model']) => records.find(record => record.model === id)!
    return {
      models: records.length,
      notUsed: records.filter(record => record.problem !== null).length,
      churnAuc: ofModel('churn').metrics['auc'] ?? 0,
      itemPairs: ofModel('next-product').metrics['pairs'] ?? 0,
    }
  },
}
