import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import type { modelList as shape } from '../api.ts'
import type { ModelId } from '../models/model-record.ts'
import { modelsOf } from '../models/registry.ts'

const titles: Record<ModelId, Text> = {
  purchases: { en: 'Purchases to come (BG/NBD)', zh: '未来购买（BG/NBD）' },
  value: { en: 'Value of 12 months (Gamma-Gamma)', zh: '12 个月价值（Gamma-Gamma）' },
  churn: { en: 'Churn (logistic regression)', zh: '流失（逻辑回归）' },
  'next-product': { en: 'Next product (shrunk lift)', zh: '下一件商品（收缩提升度）' },
}

const problems: Record<string, Text> = {
  'too-few-customers': { en: 'too few customers to fit', zh: '客户太少，无法拟合' },
  'no-repeats': { en: 'nobody has bought twice', zh: '没有客户购买过两次' },
  'no-optimum': { en: 'the fit did not converge', zh: '拟合未收敛' },
  'one-class': { en: 'everybody left or nobody did', zh: '全部流失或无人流失' },
  'too-few': { en: 'too few examples to train', zh: '样本太少，无法训练' },
  'no-features': { en: 'no feature varies', zh: '没有任何特征有差异' },
}

interface Check {
  model: string
  decile: number
  customers: number
  expected: number
  actual: number
  baseline: number
}

/** The models of the newest turn, with what became of what they said. */
export async function modelList(app: App): Promise<z.infer<typeof shape>> {
  const run = await app.runs.latest('models')
  if (run === null) return { rows: [] }
  const models = await modelsOf(app.workflow, run)
  const judged = models.find(row => row.judged_by_run !== null)?.judged_by_run ?? null
  const checks =
    judged === null
      ? []
      : await app.facts.query<Check>(
          `SELECT model, decile, customers, expected, actual, baseline FROM model_checks
           WHERE run_id = {judged:UInt64} ORDER BY model, decile`,
          { judged },
        )
  return {
    rows: models.map(row => ({
      id: row.model,
      title: titles[row.model as ModelId],
      kind: row.model,
      asOf: row.as_of,
      trainedOn: row.trained_on,
      parameters: row.parameters,
      verdict: row.verdict,
      evidence: row.problem ? standIn(row.problem) : (row.evidence ?? { en: 'Not judged yet.', zh: '尚未评判。' }),
      metrics: row.metrics,
      deciles: checks
        .filter(check => check.model === row.model)
        .map(({ decile, customers, expected, actual, baseline }) => ({
          decile,
          customers,
          expected,
          actual,
          baseline,
        })),
    })),
  }
}

const standIn = (problem: string): Text => {
  const why = problems[problem] ?? { en: problem, zh: problem }
  return {
    en: `Not used: ${why.en}; the simple rule stands in.`,
    zh: `未使用：${why.zh}；以简单规则代替。`,
  }
}
