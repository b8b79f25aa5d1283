import { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { defineJob, type JobDefinition } from '../../platform/jobs/index.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { runInWorker } from '../run-in-worker.ts'
import { runsOfTurn } from '../runs-of-turn.ts'
import { learnUplift } from '../uplift/uplift-version.ts'
import { codeOf } from './code-of.ts'
import { churnSettings, planTraining } from './plan-training.ts'
import { trainForCorrection } from './train-for-correction.ts'
import { keepVersions, NO_RUN } from './versions.ts'

const quiet = () => undefined

const customersOf = async (app: App, featuresRun: number): Promise<number> =>
  (
    await app.facts.one<{ customers: number }>(
      'SELECT count() AS customers FROM features WHERE run_id = {featuresRun:UInt64}',
      { featuresRun },
    )
  ).customers

/** The past again, on the data of the newest turn; a date tried before with the same code is replaced. */
export async function backtestNow(app: App, dates: number): Promise<number> {
  const runs = await runsOfTurn(app)
  const settings = await churnSettings(app)
  const customers = await customersOf(app, runs.features)
  const { champion } = await planTraining(app, runs.asOf)
  const inUse = champion?.model ?? null
  const input = { identityRun: runs.identity, asOf: runs.asOf, settings, dates, customers, inUse }
  const found = await runInWorker('backtest-churn', app.facts, input, quiet)
  const code = codeOf('churn')
  await app.workflow.transaction(async tx => {
    for (const one of found) {
      const found = {
        ...{ trained_on: one.trainedOn, judged_on: one.judgedOn, until: one.until, created_at: new Date() },
        metrics: asJson(one.metrics),
        deciles: asJson(one.deciles),
      }
      await tx
        .insertInto('model_backtests')
        .values({ model: 'churn', learner: one.learner, code, as_of: one.asOf, ...found })
        .onConflict(oc => oc.columns(['model', 'learner', 'as_of', 'code']).doUpdateSet(found))
        .execute()
    }
  })
  return found.length
}

/**
 * Trains on the data of the newest turn; what comes out is used from the next turn on, at once by rule or when a person approves it. `approvedBy`:
 * somebody has approved whatever comes out (a correction of the customer model): the better learner takes over. Returns the version that does;
 * null: none.
 */
export async function trainNow(app: App, approvedBy?: string): Promise<number | null> {
  const runs = await runsOfTurn(app)
  const plan = await planTraining(app, runs.asOf)
  const { settings } = plan
  const promotion = { ...settings.promotion, ...(approvedBy === undefined ? {} : { mode: 'rule' as const }) }
  const input = {
    identityRun: runs.identity,
    featuresRun: runs.features,
    asOf: runs.asOf,
    plan: { ...plan, train: true, settings: { ...settings, promotion } },
  }
  const record = await runInWorker('train-churn', app.facts, input, quiet)
  const inUse = await app.workflow.transaction(async tx => {
    const trained = { runId: NO_RUN, asOf: runs.asOf }
    const version = await keepVersions(tx, trained, record, settings.definition, approvedBy ?? promotion.mode)
    await tx.deleteFrom('model_requests').where('model', '=', 'churn').execute()
    return version
  })
  return record.candidates?.some(one => one.used) ? inUse : null
}

export const backtestModelsJob = defineJob({
  name: 'analyze.backtest-models',
  version: 1,
  schema: z.strictObject({ dates: z.number().int().min(1).max(12) }),
  async handle({ dates }, { services }) {
    await backtestNow(services.app, dates)
  },
})

/** From all trials known to the newest turn; nothing where none is over. */
export const learnUpliftJob = defineJob({
  name: 'analyze.learn-uplift',
  version: 1,
  schema: z.strictObject({}),
  async handle(_, { services }) {
    await learnUplift(services.app)
  },
})

export const trainModelsJob = defineJob({
  name: 'analyze.train-models',
  version: 1,
  schema: z.strictObject({
    model: z.literal('churn'),
    approvedBy: z.string().optional(),
    /** Number of the correction that asked for it: taken back meanwhile, nothing is trained; else it is told what came of it. */
    correction: z.number().optional(),
  }),
  async handle({ approvedBy, correction }, { services: { app } }) {
    if (correction === undefined) await trainNow(app, approvedBy)
    else await trainForCorrection(app, correction, () => trainNow(app, approvedBy))
  },
})

/** Daily: has the schedule come round, or have inputs, scores or outcomes moved? Then a training, and the past again with the new code or data. */
export const mindModelsJob = defineJob({
  name: 'analyze.mind-models',
  version: 1,
  schema: z.strictObject({}),
  async handle(_, { services: { app } }) {
    const asOf = new Date().toISOString().slice(0, 10)
    const { settings, train } = await planTraining(app, asOf)
    if (settings.retrain.mode === 'every-turn' || !train) return
    await trainNow(app)
    await backtestNow(app, 4)
  },
})

/** Schedules belong to settings: a company whose turns train needs nobody to look. */
export async function scheduleMinding(app: App): Promise<void> {
  const { retrain } = await churnSettings(app)
  if (retrain.mode === 'schedule' || retrain.mode === 'drift') await app.jobs.schedule(mindModelsJob, '17 3 * * *', {})
  else await app.jobs.unschedule(mindModelsJob)
}

export const registryJobs: readonly JobDefinition[] = [
  backtestModelsJob as JobDefinition,
  trainModelsJob as JobDefinition,
  mindModelsJob as JobDefinition,
  learnUpliftJob as JobDefinition,
]
