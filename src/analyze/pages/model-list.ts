import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import type { modelList as shape } from '../api.ts'
import type { ModelId } from '../models/model-record.ts'
import { modelsOf } from '../models/registry.ts'
import { type ModelVerdict, modelVerdicts } from '../registry/verdicts.ts'

export const titles: Record<ModelId, Text> = {
  purchases: { en: 'Purchases to come (buy till you die)', zh: '未来购买（购买直至流失模型）' },
  value: { en: 'Value of 12 months (Gamma-Gamma)', zh: '12 个月价值（Gamma-Gamma）' },
  churn: { en: 'Churn: who leaves', zh: '流失：谁会离开' },
  leaving: { en: 'Churn: when they leave (discrete-time hazard)', zh: '流失：何时离开（离散时间风险）' },
  uplift: { en: 'Uplift: whom an offer moves', zh: '增益：优惠对谁有效' },
  'preferred-channel': { en: 'Preferred channel (beta-binomial, shrunk)', zh: '偏好渠道（收缩的贝塔二项）' },
  'next-product': { en: 'Next product (shrunk lift)', zh: '下一件商品（收缩提升度）' },
}

export const problems: Record<string, Text> = {
  'too-few-customers': { en: 'too few customers to fit', zh: '客户太少，无法拟合' },
  'no-repeats': { en: 'nobody has bought twice', zh: '没有客户购买过两次' },
  'no-optimum': { en: 'the fit did not converge', zh: '拟合未收敛' },
  'one-class': { en: 'everybody left or nobody did', zh: '全部流失或无人流失' },
  'too-few': { en: 'too few examples to train', zh: '样本太少，无法训练' },
  'too-short': { en: 'too little history to tell when', zh: '历史太短，无法判断何时' },
  'no-trial': { en: 'no random control group has been measured', zh: '尚无可衡量的随机对照组' },
  'no-contacts': { en: 'nobody has been contacted yet', zh: '尚未触达任何客户' },
  'not-trained': { en: 'no approved model, and training waits for a person', zh: '没有已批准的模型，训练等待人工' },
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
  const verdicts = await modelVerdicts(app)
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
      verdict: verdicts.get(row.model as ModelId)?.verdict ?? row.verdict,
      evidence: row.problem ? standIn(row.problem) : evidenceOf(row, verdicts.get(row.model as ModelId)),
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

const evidenceOf = (row: { evidence: Text | null }, verdict: ModelVerdict | undefined): Text =>
  verdict?.evidence ?? row.evidence ?? { en: 'Not judged yet.', zh: '尚未评判。' }

/** Nothing is wrong with these; they have nothing to learn from yet. */
const waiting = new Set(['no-contacts', 'no-trial', 'too-short'])

const standIn = (problem: string): Text => {
  const why = problems[problem] ?? { en: problem, zh: problem }
  if (waiting.has(problem)) return { en: `Waiting: ${why.en}.`, zh: `等待中：${why.zh}。` }
  return {
    en: `Not used: ${why.en}; the simple rule stands in.`,
    zh: `未使用：${why.zh}；以简单规则代替。`,
  }
}
