import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import { scoreFeatures } from '../features/catalogue.ts'
import { aucError } from '../judge/statistics.ts'
import { type Findings, type Verdict, verdictOf } from '../judge/verdict.ts'
import type { ModelId } from '../models/model-record.ts'
import { modelsOf } from '../models/registry.ts'
import type { Drift } from './drift.ts'
import { needsTraining } from './plan-training.ts'

export interface ModelVerdict {
  model: ModelId
  verdict: Verdict | 'unjudged'
  evidence: Text
  /** Of the turn it was judged for, or of the backtest. */
  asOf: string
  /** What it stands on: what really followed, the past tried again, or how the inputs have changed since. */
  source: 'outcome' | 'backtest' | 'drift' | 'none'
}

const unjudged: Text = {
  en: 'Not judged yet: the period it speaks of has not passed, and no backtest was made.',
  zh: '尚未评判：其所述期间尚未结束，也没有做过回测。',
}

/** The verdict on each model of the newest turn. */
export async function modelVerdicts(app: Pick<App, 'workflow' | 'runs'>): Promise<Map<ModelId, ModelVerdict>> {
  const run = await app.runs.latest('models')
  const verdicts = new Map<ModelId, ModelVerdict>()
  if (run === null) return verdicts
  const rows = await modelsOf(app.workflow, run)
  for (const row of rows) {
    const model = row.model as ModelId
    if (row.problem) continue
    const outcome = model === 'leaving' ? judgeLeaving(row.metrics, row.as_of) : await lastOutcome(app, model, row.id)
    const backtest = row.learner ? await lastBacktest(app, model, row.learner, row.code) : null
    const stood = outcome ??
      backtest ?? { verdict: 'unjudged' as const, evidence: unjudged, asOf: row.as_of, source: 'none' as const }
    verdicts.set(model, { model, ...withDrift(stood, row.drift ?? [], row.as_of) })
  }
  return verdicts
}

type Stood = Omit<ModelVerdict, 'model'>

/** Judged on what followed: for this turn, or for the last one whose time has passed. */
async function lastOutcome(app: Pick<App, 'workflow'>, model: ModelId, upTo: number): Promise<Stood | null> {
  const row = await app.workflow.db
    .selectFrom('models')
    .select(['verdict', 'evidence', 'as_of'])
    .where('model', '=', model)
    .where('id', '<=', upTo)
    .where('verdict', '!=', 'unjudged')
    .where('evidence', 'is not', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? { verdict: row.verdict, evidence: row.evidence!, asOf: row.as_of, source: 'outcome' } : null
}

async function lastBacktest(
  app: Pick<App, 'workflow'>,
  model: ModelId,
  learner: string,
  code: string | null,
): Promise<Stood | null> {
  const row = await app.workflow.db
    .selectFrom('model_backtests')
    .select(['metrics', 'as_of', 'until', 'judged_on'])
    .where('model', '=', model)
    .where('learner', '=', learner)
    .where('code', '=', code ?? '')
    .orderBy('as_of', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? judgeBacktest(row.metrics, row.as_of, row.until) : null
}

/** The model of when is judged on customers it was not trained on: the months they left in had all passed. */
function judgeLeaving(metrics: Record<string, number>, asOf: string): Stood {
  const of = (name: string) => metrics[name] ?? Number.NaN
  const [auc, expected, actual, periods] = [of('auc'), of('expected'), of('actual'), of('periods')]
  const findings: Findings = {
    ...{ ranking: auc, ruleRanking: 0.5, rankingError: aucError(auc, actual, periods - actual), chance: 0.5 },
    ...{ expected, actual, totalError: 1 / Math.sqrt(actual) },
  }
  const whole = (value: number) => Math.round(value).toLocaleString('en-GB')
  return {
    verdict: verdictOf(findings),
    evidence: {
      en: `Month by month on customers it had not seen: AUC ${auc.toFixed(3)}; expected ${whole(expected)} to leave, ${whole(actual)} did.`,
      zh: `在未见过的客户上逐月评判：AUC ${auc.toFixed(3)}；预期流失 ${whole(expected)} 人，实际 ${whole(actual)} 人。`,
    },
    ...{ asOf, source: 'backtest' },
  }
}

export function findingsOf(metrics: Record<string, number>): Findings {
  const of = (name: string) => metrics[name] ?? Number.NaN
  return {
    ...{ ranking: of('auc'), ruleRanking: of('ruleAuc'), rankingError: of('aucError'), chance: 0.5 },
    ...{ expected: of('expected'), actual: of('actual'), totalError: of('totalError') },
    calibrationError: of('calibrationError'),
  }
}

export function judgeBacktest(metrics: Record<string, number>, asOf: string, until: string): Stood {
  const findings = findingsOf(metrics)
  const whole = (value: number) => Math.round(value).toLocaleString('en-GB')
  const { ranking, ruleRanking, expected, actual } = findings
  return {
    verdict: verdictOf(findings),
    evidence: {
      en: `Backtest as of ${asOf}, judged to ${until}: AUC ${ranking.toFixed(3)}, the simple rule ${ruleRanking.toFixed(3)}; expected ${whole(expected)} to leave, ${whole(actual)} did.`,
      zh: `回测：截至 ${asOf}，评判至 ${until}：AUC ${ranking.toFixed(3)}，简单规则 ${ruleRanking.toFixed(3)}；预期流失 ${whole(expected)} 人，实际 ${whole(actual)} 人。`,
    },
    ...{ asOf, source: 'backtest' },
  }
}

/** A model that was good may have been overtaken by the world: scores or many inputs are spread otherwise than when it was trained. */
function withDrift(stood: Stood, drift: readonly Drift[], asOf: string): Stood {
  if ((stood.verdict !== 'good' && stood.verdict !== 'unjudged') || !needsTraining('', drift)) return stood
  const moved = drift.flatMap(({ id, since }) => (since?.level === 'drifted' ? [`${id} ${since.psi.toFixed(2)}`] : []))
  const list = moved.slice(0, 4).join(', ')
  return {
    verdict: 'retrain',
    evidence: {
      en: `Inputs or scores are spread otherwise than when it came into use (stability index over .25 beyond chance): ${list}. Before: ${stood.evidence.en}`,
      zh: `输入或评分的分布与启用时不同（稳定性指数超出随机 0.25）：${list}。此前：${stood.evidence.zh}`,
    },
    ...{ asOf, source: 'drift' },
  }
}

/** By the id of each feature that a model says: what segments and plans that rest on it must show. */
export async function verdictsOf(app: Pick<App, 'workflow' | 'runs'>): Promise<Map<string, ModelVerdict>> {
  const verdicts = await modelVerdicts(app)
  return new Map(
    scoreFeatures.flatMap(({ id, model }) => {
      const verdict = model && verdicts.get(model)
      return verdict ? [[id, verdict] as const] : []
    }),
  )
}

export const verdictOfFeature = async (
  app: Pick<App, 'workflow' | 'runs'>,
  feature: string,
): Promise<ModelVerdict | null> => (await verdictsOf(app)).get(feature) ?? null
