import * as analyze from './analyze/index.ts'
import * as campaign from './campaign/index.ts'
import * as collect from './collect/index.ts'
import * as interact from './interact/index.ts'
import * as optimize from './optimize/index.ts'
import * as personalize from './personalize/index.ts'
import type { App, Stage, Step, StepId, Turn } from './platform/app.ts'
import { defineErrors } from './platform/errors.ts'
import type { Figures } from './platform/runs.ts'

/** One turn of the loop. The only file that knows the order of the stages. */

export const parts = [collect, analyze, optimize, campaign, personalize, interact]
export const stages: readonly Stage[] = parts.map(part => part.stage)

const stepOrder: readonly StepId[] = [
  'import',
  'quality',
  'identity',
  'features',
  'models',
  'segments',
  'alarms',
  'plan',
  'campaign',
  'compose',
  'deliver',
  'judge',
  'measure',
]

const errors = defineErrors({
  'loop.bad-date': {
    status: 400,
    en: '"{date}" is not a date; write it as 2010-12-01.',
    zh: '“{date}”不是日期，请写成 2010-12-01 的形式。',
  },
})

/** The steps in the order of the loop, each with the stage that owns it. */
export const steps: readonly { step: Step; stage: Stage }[] = stepOrder.map(id => {
  for (const part of parts) {
    const step = part.steps.find(candidate => candidate.id === id)
    if (step) return { step, stage: part.stage }
  }
  throw new Error(`no stage has the step ${id}`)
})

/** What happens during a turn, for a progress bar. */
export interface TurnWatcher {
  stepStarted?(step: Step, index: number): void
  stepProgress?(step: Step, done: number, total: number, note: string): void
  stepDone?(step: Step, seconds: number, figures: Figures): void
}

export interface TurnResult {
  turn: number
  asOf: string
  seconds: number
  steps: Record<string, { seconds: number; figures: Figures }>
  counts: Record<string, number | Record<string, number>>
}

export function parseAsOf(date: string): string {
  const ok = /^\d{4}-\d{2}-\d{2}$/.test(date) && new Date(`${date}T00:00:00Z`).toISOString().startsWith(date)
  if (!ok) throw errors['loop.bad-date']({ date })
  return date
}

/** Figures of a step that belong to the turn's counts, which must add up. */
const counted: Partial<Record<StepId, readonly string[]>> = {
  import: ['rowsIn', 'stored', 'duplicates', 'quarantined'],
  segments: ['customers', 'segments'],
  plan: ['control'],
  compose: ['planned', 'held', 'composed'],
  deliver: ['refused', 'settled', 'failed'],
}

export function countsOf(figures: Partial<Record<string, Figures>>): TurnResult['counts'] {
  const counts: TurnResult['counts'] = {}
  for (const [step, names] of Object.entries(counted))
    for (const name of names) {
      const value = figures[step]?.[name]
      if (value !== undefined && typeof value !== 'string') counts[name] = value
    }
  return counts
}

/**
 * Runs one turn as of a date, or goes on with the one that a killed process left: steps already committed are not run
 * again. Resolves when the last step is committed.
 */
export async function runTurn(app: App, asOf: string, watcher: TurnWatcher = {}): Promise<TurnResult> {
  const turn = await app.runs.openTurn(parseAsOf(asOf), await isOutdated(app, asOf))
  const beat = setInterval(() => void app.runs.heartbeat(turn).catch(() => undefined), 5000)
  const started = Date.now()
  const done: TurnResult['steps'] = {}
  try {
    for (const [index, { step }] of steps.entries()) {
      watcher.stepStarted?.(step, index)
      const stepStarted = Date.now()
      const figures = await runStep(app, turn, step, watcher)
      const seconds = (Date.now() - stepStarted) / 1000
      done[step.id] = { seconds, figures }
      watcher.stepDone?.(step, seconds, figures)
    }
    await app.runs.closeTurn(turn)
  } catch (error) {
    await app.runs.closeTurn(turn, error instanceof Error ? error.message : String(error)).catch(() => undefined)
    throw error
  } finally {
    clearInterval(beat)
  }
  return {
    turn: turn.id,
    asOf,
    seconds: (Date.now() - started) / 1000,
    steps: done,
    counts: countsOf(Object.fromEntries(Object.entries(done).map(([id, { figures }]) => [id, figures]))),
  }
}

/**
 * Whether the unfinished turn of that date rests on files that are no longer all there is, and has composed nothing yet: then
 * it is not gone on with. One that has composed is, or its customers would get their messages twice.
 */
async function isOutdated(app: App, asOf: string): Promise<boolean> {
  const last = await app.runs.latestTurn()
  if (!last || last.state === 'done' || last.asOf !== asOf) return false
  const runs = await app.runs.runsOf(last.id)
  const imported = runs.find(run => run.step === 'import' && run.state === 'committed')
  if (!imported?.finishedAt || runs.some(run => run.step === 'compose')) return false
  return collect.hasNews(app, imported.finishedAt)
}

/** Progress is shown at once but written at most so often: pages poll, and the store has better things to do. */
const PROGRESS_EVERY_MS = 500

async function runStep(app: App, turn: Turn, step: Step, watcher: TurnWatcher): Promise<Figures> {
  const run = await app.runs.begin(turn, step)
  if (run.committed) return run.figures
  let written = 0
  try {
    const runs = new Map<StepId, number>()
    for (const record of await app.runs.runsOf(turn.id))
      if (record.state === 'committed') runs.set(record.step as StepId, record.id)
    const figures = await step.run({
      app,
      turn,
      runId: run.runId,
      runOf(id) {
        const runId = runs.get(id)
        if (runId === undefined) throw new Error(`step ${step.id} asks for ${id}, which has not run before it`)
        return runId
      },
      progress(doneSoFar, total, note = '') {
        watcher.stepProgress?.(step, doneSoFar, total, note)
        if (Date.now() - written < PROGRESS_EVERY_MS) return
        written = Date.now()
        void app.runs.progress(run.runId, doneSoFar, total, note).catch(() => undefined)
      },
    })
    await app.runs.commit(run.runId, figures)
    return figures
  } catch (error) {
    await app.runs.fail(run.runId).catch(() => undefined)
    throw error
  }
}
