import type { App } from '../../platform/app.ts'
import type { ChurnModel } from '../churn/candidates.ts'
import { sameDefinition } from '../churn/definition.ts'
import type { ChurnPlan } from '../models/churn-plan.ts'
import { type ChurnSettings, churnSettingsSchema, defaultChurnSettings } from './churn-settings.ts'
import type { Drift } from './drift.ts'
import { championOf } from './versions.ts'

export async function churnSettings({ workflow }: Pick<App, 'workflow'>): Promise<ChurnSettings> {
  const row = await workflow.db
    .selectFrom('model_settings')
    .select('body')
    .where('model', '=', 'churn')
    .executeTakeFirst()
  return row ? churnSettingsSchema.parse(row.body) : defaultChurnSettings
}

const days = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000

/** Whether the settings call for a training, and the champion that goes on where they do not. */
export async function planTraining(app: Pick<App, 'workflow'>, asOf: string): Promise<ChurnPlan> {
  const { workflow } = app
  const settings = await churnSettings(app)
  const row = await championOf(workflow, 'churn', asOf)
  const fits =
    row?.definition && row.reference && sameDefinition(row.about as ChurnSettings['definition'], settings.definition)
  const champion: ChurnPlan['champion'] = fits
    ? {
        ...{ versionId: row.id, learner: row.learner, trainedAsOf: row.as_of, trainedOn: row.trained_on },
        ...{ metrics: row.metrics, model: row.definition as ChurnModel, reference: row.reference! },
      }
    : null
  return { settings, champion, train: !champion || (await called(workflow, settings, row!.known_until, asOf)) }
}

async function called(
  workflow: App['workflow'],
  { retrain }: ChurnSettings,
  trained: string,
  asOf: string,
): Promise<boolean> {
  const asked = await workflow.db
    .selectFrom('model_requests')
    .select('model')
    .where('model', '=', 'churn')
    .executeTakeFirst()
  if (asked || retrain.mode === 'every-turn') return true
  if (retrain.mode === 'schedule') return days(trained, asOf) >= retrain.days
  if (retrain.mode === 'person') return false
  const last = await workflow.db
    .selectFrom('models')
    .select(['drift', 'verdict'])
    .where('model', '=', 'churn')
    .where('as_of', '<=', asOf)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last ? needsTraining(last.verdict, last.drift ?? []) : true
}

/** Since it came into use the scores have moved, or a tenth of the inputs; or what followed said so. */
export function needsTraining(verdict: string, drift: readonly Drift[]): boolean {
  if (verdict === 'retrain' || verdict === 'stop' || verdict === 'recalibrate') return true
  const inputs = drift.filter(({ id }) => id !== 'score')
  const moved = drift.filter(({ since }) => since?.level === 'drifted')
  return moved.some(({ id }) => id === 'score') || moved.length > inputs.length / 10
}
