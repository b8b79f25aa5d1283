import type { App, Progress, Step } from '../../platform/app.ts'
import { dropRun } from '../../platform/stores/facts/index.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { runInWorker } from '../run-in-worker.ts'
import type { MeasureFigures } from './found.ts'
import { settingsOf } from './settings.ts'
import { alarmsFound, customerAlarms } from './tables.ts'
import { type WatchInput, watchCustomers } from './watch-customers.ts'
import { type TurnBefore, watchGroups } from './watch-groups.ts'

/** Behaviour of customers and segments against what was to be expected, without being asked. */
export const alarmsStep: Step = {
  id: 'alarms',
  title: { en: 'Changes of behaviour', zh: '行为变化' },
  resumes: false,
  writes: [alarmsFound, customerAlarms],
  async run({ app, turn, runId, runOf, progress }) {
    const settings = await settingsOf(app)
    const identityRun = runOf('identity')
    const { customers } = await app.facts.one<{ customers: number }>(
      'SELECT count() AS customers FROM golden_records WHERE run_id = {identityRun:UInt64}',
      { identityRun },
    )
    const last = await lastRun(app, runId, turn.asOf)
    const input: WatchInput = {
      runId,
      identityRun,
      asOf: turn.asOf,
      before: last?.run_id ?? 0,
      customers,
      window: settings.window,
      rate: settings.rate,
      measures: settings.customers,
    }
    const [figures, groups] = await Promise.all([
      watch(app, input, progress),
      watchGroups(app, {
        asOf: turn.asOf,
        identityRun,
        modelsRun: runOf('models'),
        before: await turnBefore(app, turn.id, turn.asOf),
        earlier: last?.groups ?? [],
        settings,
      }),
    ])
    await dropRun(app.facts, alarmsFound, runId)
    const made = { as_of: turn.asOf, settings: asJson(settings), figures: asJson(figures), groups: asJson(groups) }
    await app.workflow.db
      .insertInto('alarm_runs')
      .values({ run_id: runId, ...made })
      .onConflict(conflict => conflict.column('run_id').doUpdateSet(made))
      .execute()
    return {
      customers: figures.reduce((sum, figure) => sum + figure.alarms, 0),
      expectedFalse: Math.round(figures.reduce((sum, figure) => sum + figure.expectedFalse, 0)),
      segments: groups.filter(figure => figure.alarm).length,
    }
  },
}

/** So many customers are watched in half a second; starting a thread takes as long. */
const IN_PLACE = 10_000

function watch(app: App, input: WatchInput, progress: Progress): Promise<MeasureFigures[]> {
  if (input.measures.length === 0) return Promise.resolve([])
  return input.customers <= IN_PLACE
    ? watchCustomers(app.facts, input, progress)
    : runInWorker('watch-customers', app.facts, input, progress)
}

/** The newest committed alarms of an earlier date: a turn done again begins where the first one did. */
const lastRun = (app: App, runId: number, asOf: string) =>
  app.workflow.db
    .selectFrom('alarm_runs')
    .innerJoin('runs', 'runs.id', 'alarm_runs.run_id')
    .selectAll('alarm_runs')
    .where('runs.state', '=', 'committed')
    .where('alarm_runs.run_id', '<', runId)
    .where('alarm_runs.as_of', '<', asOf)
    .orderBy('alarm_runs.run_id', 'desc')
    .limit(1)
    .executeTakeFirst()

/** The newest finished turn as of an earlier date. */
async function turnBefore(app: App, turnId: number, asOf: string): Promise<TurnBefore | null> {
  const turns = (await app.runs.turns())
    .filter(turn => turn.id !== turnId && turn.state === 'done' && turn.asOf < asOf)
    .sort((a, b) => (a.asOf === b.asOf ? b.id - a.id : a.asOf < b.asOf ? 1 : -1))
  const before = turns[0]
  if (!before) return null
  const [features, models, segments] = await Promise.all([
    app.runs.of(before.id, 'features'),
    app.runs.of(before.id, 'models'),
    app.runs.of(before.id, 'segments'),
  ])
  return { asOf: before.asOf, features, models, segments }
}
