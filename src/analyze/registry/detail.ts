import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import { gainImportance } from '../boosting/tree.ts'
import type { ChurnModel } from '../churn/candidates.ts'
import { inWords } from '../churn/definition.ts'
import { featureById, scoreFeatures } from '../features/catalogue.ts'
import { verdictOf } from '../judge/verdict.ts'
import type { ModelId } from '../models/model-record.ts'
import { problems, titles } from '../pages/model-list.ts'
import type { StoredUplift } from '../uplift/uplift-version.ts'
import type { modelDetail } from './api.ts'
import { registryErrors } from './errors.ts'
import { churnSettings } from './plan-training.ts'
import { findingsOf, modelVerdicts } from './verdicts.ts'

type Detail = z.infer<typeof modelDetail>

/** Models whose training people steer. */
export const managed = (model: string): boolean => model === 'churn' || model === 'uplift'

const what: Record<ModelId, Text> = {
  purchases: { en: 'How often a customer will buy', zh: '客户将购买多少次' },
  value: { en: 'What a customer will bring', zh: '客户将带来多少价值' },
  churn: { en: 'Whether a customer will leave', zh: '客户是否会流失' },
  leaving: { en: 'When a customer will leave, month by month', zh: '客户将在何时流失（按月）' },
  uplift: { en: 'What being contacted adds to the chance of buying', zh: '触达能使购买机会增加多少' },
  'preferred-channel': { en: 'By which channel a customer answers', zh: '客户通过哪个渠道回应' },
  'next-product': { en: 'What a customer will want next', zh: '客户接下来想要什么' },
}

export const nameOf = (id: string): Text =>
  id === 'score'
    ? { en: 'Scores', zh: '评分' }
    : (featureById.get(id)?.name ?? scoreFeatures.find(feature => feature.id === id)?.name ?? { en: id, zh: id })

export async function readModel(app: App, model: string): Promise<Detail> {
  const { db } = app.workflow
  const run = await app.runs.latest('models')
  const row =
    run === null
      ? undefined
      : await db
          .selectFrom('models')
          .selectAll()
          .where('run_id', '=', run)
          .where('model', '=', model)
          .executeTakeFirst()
  const known = model in titles
  // What nobody has learned yet can still be asked to be learned.
  if (!known || (!row && !managed(model))) throw registryErrors['analyze.no-such-model']({ model })
  const id = model as ModelId
  const [versions, backtests, turns, verdicts, settings, waiting] = await Promise.all([
    db.selectFrom('model_versions').selectAll().where('model', '=', id).orderBy('id', 'desc').limit(40).execute(),
    db.selectFrom('model_backtests').selectAll().where('model', '=', id).orderBy('as_of').orderBy('learner').execute(),
    db.selectFrom('models').selectAll().where('model', '=', id).orderBy('id', 'desc').limit(60).execute(),
    modelVerdicts(app),
    churnSettings(app),
    app.jobs.progress({ group: groupOf(id) }),
  ])
  const champion = versions.find(version => version.id === row?.version_id) ?? versions.find(v => v.role === 'champion')
  const uplift = id === 'uplift' ? ((champion ?? versions[0])?.definition as StoredUplift | null | undefined) : null
  return {
    id,
    title: titles[id],
    about: id === 'churn' || id === 'leaving' ? withDefinition(what[id], inWords(settings.definition)) : what[id],
    asOf: row?.as_of ?? '',
    learner: row?.learner ?? champion?.learner ?? null,
    code: row?.code ?? champion?.code ?? null,
    trainedAsOf: row?.trained_as_of ?? champion?.as_of ?? null,
    trainedOn: row?.trained_on ?? champion?.trained_on ?? 0,
    versionId: row?.version_id ?? null,
    problem: row?.problem ? (problems[row.problem] ?? { en: row.problem, zh: row.problem }) : null,
    verdict: verdicts.get(id) ?? null,
    parameters: row?.parameters ?? {},
    metrics: row?.metrics ?? champion?.metrics ?? {},
    importance: id === 'churn' && row?.definition ? importanceOf(row.definition as ChurnModel) : [],
    managed: managed(id),
    versions: versions.map(version => ({
      ...{ id: version.id, learner: version.learner, role: version.role, asOf: version.as_of },
      ...{ knownUntil: version.known_until, code: version.code, trainedOn: version.trained_on },
      ...{ inputs: version.inputs.length, metrics: version.metrics, deciles: version.deciles, why: version.why },
      ...{ decidedBy: version.decided_name, byRule: version.decided_by === null },
      ...{ decidedAt: version.decided_at.toISOString(), usable: version.definition !== null },
    })),
    backtests: backtests.map(test => ({
      ...{ learner: test.learner, code: test.code, asOf: test.as_of, until: test.until },
      ...{ trainedOn: test.trained_on, judgedOn: test.judged_on, metrics: test.metrics, deciles: test.deciles },
      verdict: verdictOf(findingsOf(test.metrics)),
    })),
    drift: (row?.drift ?? []).map(drift => ({ ...drift, since: drift.since ?? null, name: nameOf(drift.id) })),
    history: turns.toReversed().map(turn => ({
      ...{ asOf: turn.as_of, verdict: turn.verdict, learner: turn.learner, metrics: turn.metrics },
      scorePsi: turn.drift?.find(drift => drift.id === 'score')?.psi ?? null,
      drifted: turn.drift?.filter(drift => (drift.since ?? drift).level === 'drifted').length ?? 0,
      inputs: turn.drift?.length ?? 0,
    })),
    byMonth: id === 'leaving' && row?.definition ? (row.definition as { byMonth: Detail['byMonth'] }).byMonth : [],
    qini: uplift ? { points: uplift.curve.points, deciles: uplift.deciles } : null,
    busy: waiting.active + waiting.queued > 0,
  }
}

export const groupOf = (model: string): string => `models/${model}`

const withDefinition = (text: Text, definition: Text): Text => ({
  en: `${text.en}: ${definition.en}`,
  zh: `${text.zh}：${definition.zh}`,
})

/** Inputs by what they do: mean size of the standardised weight, or the part of what the trees' splits won. */
function importanceOf(model: ChurnModel): Detail['importance'] {
  const weight = new Map<string, number>()
  if (model.kind === 'trees') {
    const gain = gainImportance(model.forest, model.columns.length)
    for (const [k, { name }] of model.columns.entries()) weight.set(name, gain[k]!)
  } else {
    const all = model.weights.reduce((sum, w) => sum + Math.abs(w), 0)
    for (const [j, { feature }] of model.terms.entries())
      weight.set(feature, (weight.get(feature) ?? 0) + Math.abs(model.weights[j]!) / Math.max(1e-12, all))
  }
  return [...weight]
    .map(([id, part]) => ({ id, name: nameOf(id), weight: part }))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, 15)
}
