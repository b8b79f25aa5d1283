import { sql } from 'kysely'
import type { Step, StepId, Turn, WaveRun } from './app.ts'
import { defineErrors } from './errors.ts'
import { dropRun, type Facts } from './stores/facts/index.ts'
import { asJson, type Workflow } from './stores/workflow/index.ts'

/**
 * Turns and the runs of their steps. A run is what makes rows in the facts visible: rows carry `run_id`, readers ask for a
 * committed run, and the commit is one row changed in the workflow store. What a killed process left behind is dropped by
 * partition when the step runs again.
 */
export interface Runs {
  /** The unfinished turn as of that date, unless a fresh one is asked for, or a new one; throws when another is running. */
  openTurn(asOf: string, fresh?: boolean): Promise<Turn>
  /** Throws when a turn is running: two at a time would answer each other's questions. */
  refuseWhileRunning(): Promise<void>
  /** Embedded: a turn that still says running when the folder was just taken belonged to a process that died. */
  markInterrupted(): Promise<void>
  closeTurn(turn: Turn, error?: string): Promise<void>
  heartbeat(turn: Turn): Promise<void>
  begin(turn: Turn, step: RunOf): Promise<{ runId: number; committed: boolean; figures: Figures }>
  commit(runId: number, figures: Figures): Promise<void>
  fail(runId: number): Promise<void>
  progress(runId: number, done: number, total: number, note: string): Promise<void>
  /** Newest committed run of a step, whichever turn; null before the first. */
  latest(step: StepId): Promise<number | null>
  /** The same of several steps in one question. */
  latestOf<S extends StepId>(steps: readonly S[]): Promise<Record<S, number | null>>
  /** Committed run of a step in a turn. */
  of(turnId: number, step: StepId): Promise<number>
  turnOf(runId: number): Promise<Turn>
  latestTurn(): Promise<TurnRecord | null>
  turns(): Promise<TurnRecord[]>
  runsOf(turnId: number): Promise<RunRecord[]>
  /** Replaces the counts of a run, e.g. per channel; read by stages that may not look at the tables to their right. */
  recordCounts(runId: number, rows: CountRow[]): Promise<void>
  /** Counts of all runs of a turn. */
  countsOf(turnId: number): Promise<CountRow[]>
  /** 1, 2, 3 … per kind. */
  nextId(kind: string): Promise<number>
}

/** What is run: a step of a turn, or one of its waves later. */
export type RunOf = Pick<Step, 'resumes' | 'writes'> & Partial<Pick<Step, 'title' | 'run'>> & { id: StepId | WaveRun }
export type Figures = Record<string, number | string | Record<string, number>>
export interface CountRow {
  scope: string
  name: string
  value: number
}
export interface TurnRecord extends Turn {
  state: 'running' | 'done' | 'failed'
  error: string | null
  startedAt: Date
  finishedAt: Date | null
}
export interface RunRecord {
  id: number
  step: string
  state: 'running' | 'committed' | 'abandoned' | 'failed'
  figures: Figures
  done: number
  total: number
  note: string
  startedAt: Date
  finishedAt: Date | null
}

const errors = defineErrors({
  'platform.turn-running': {
    status: 409,
    en: 'Turn {turn} as of {asOf} is still running. Wait for it, or watch it on the loop page.',
    zh: '第 {turn} 轮（截至 {asOf}）仍在运行。请等待其完成，或在“回路”页面查看进度。',
  },
  'platform.no-run': {
    status: 409,
    en: 'Turn {turn} has no finished step "{step}".',
    zh: '第 {turn} 轮的步骤“{step}”尚未完成。',
  },
  'platform.no-such-run': { status: 404, en: 'There is no run {run}.', zh: '没有编号为 {run} 的运行。' },
})

/** A server's turn whose process has not been heard of for so long is taken over; embedded, the folder's lock tells. */
const DEAD_AFTER_SECONDS = 30

/** `committed` is run after each commit. */
export function openRuns(workflow: Workflow, facts: Facts, committed?: () => Promise<unknown>): Runs {
  const { db } = workflow
  const turnRecord = (row: {
    id: number
    as_of: string
    state: TurnRecord['state']
    error: string | null
    started_at: Date
    finished_at: Date | null
  }): TurnRecord => ({
    id: row.id,
    asOf: row.as_of,
    state: row.state,
    error: row.error,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  })

  return {
    async openTurn(asOf, fresh = false) {
      const running = await db.selectFrom('turns').selectAll().where('state', '=', 'running').executeTakeFirst()
      if (running) {
        const silent = (Date.now() - running.heartbeat.getTime()) / 1000
        const alive = workflow.kind === 'server' && silent < DEAD_AFTER_SECONDS
        if (alive) throw errors['platform.turn-running']({ turn: running.id, asOf: running.as_of })
        if (running.as_of === asOf && !fresh) {
          await db.updateTable('turns').set({ heartbeat: new Date() }).where('id', '=', running.id).execute()
          return { id: running.id, asOf }
        }
        await db
          .updateTable('turns')
          .set({ state: 'failed', error: 'interrupted', finished_at: new Date() })
          .where('id', '=', running.id)
          .execute()
      }
      // A turn that failed goes on where it stopped, as one that was killed does.
      const failed = await db.selectFrom('turns').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirst()
      if (!fresh && failed?.state === 'failed' && failed.as_of === asOf) {
        const now = new Date()
        await db
          .updateTable('turns')
          .set({ state: 'running', error: null, finished_at: null, heartbeat: now })
          .where('id', '=', failed.id)
          .execute()
        return { id: failed.id, asOf }
      }
      const now = new Date()
      const row = await db
        .insertInto('turns')
        .values({ as_of: asOf, state: 'running', started_at: now, heartbeat: now })
        .returning('id')
        .executeTakeFirstOrThrow()
      return { id: row.id, asOf }
    },

    async refuseWhileRunning() {
      const running = await db.selectFrom('turns').selectAll().where('state', '=', 'running').executeTakeFirst()
      if (running) throw errors['platform.turn-running']({ turn: running.id, asOf: running.as_of })
    },

    async markInterrupted() {
      if (workflow.kind === 'server') return
      await db
        .updateTable('turns')
        .set({ state: 'failed', error: 'interrupted', finished_at: new Date() })
        .where('state', '=', 'running')
        .execute()
    },

    async closeTurn(turn, error) {
      await db
        .updateTable('turns')
        .set({ state: error === undefined ? 'done' : 'failed', error: error ?? null, finished_at: new Date() })
        .where('id', '=', turn.id)
        .execute()
    },

    async heartbeat(turn) {
      await db.updateTable('turns').set({ heartbeat: new Date() }).where('id', '=', turn.id).execute()
    },

    async begin(turn, step) {
      const rows = await db
        .selectFrom('runs')
        .select(['id', 'state', 'figures'])
        .where('turn_id', '=', turn.id)
        .where('step', '=', step.id)
        .orderBy('id', 'desc')
        .execute()
      const committed = rows.find(row => row.state === 'committed')
      if (committed) return { runId: committed.id, committed: true, figures: committed.figures as Figures }
      const left = rows.filter(row => row.state !== 'abandoned')
      const last = left[0]
      if (step.resumes && last) {
        await db.updateTable('runs').set({ state: 'running' }).where('id', '=', last.id).execute()
        return { runId: last.id, committed: false, figures: {} }
      }
      for (const row of left) {
        for (const table of step.writes) await dropRun(facts, table, row.id)
        await db.updateTable('runs').set({ state: 'abandoned' }).where('id', '=', row.id).execute()
      }
      const run = await db
        .insertInto('runs')
        .values({
          turn_id: turn.id,
          step: step.id,
          state: 'running',
          figures: asJson({}),
          done: 0,
          total: 0,
          note: '',
          started_at: new Date(),
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      return { runId: run.id, committed: false, figures: {} }
    },

    async commit(runId, figures) {
      await db
        .updateTable('runs')
        .set({ state: 'committed', figures: asJson<Record<string, unknown>>(figures), finished_at: new Date() })
        .where('id', '=', runId)
        .execute()
      await committed?.()
    },

    async fail(runId) {
      await db.updateTable('runs').set({ state: 'failed', finished_at: new Date() }).where('id', '=', runId).execute()
    },

    async progress(runId, done, total, note) {
      await db.updateTable('runs').set({ done, total, note }).where('id', '=', runId).execute()
    },

    async latest(step) {
      const row = await db
        .selectFrom('runs')
        .select('id')
        .where('step', '=', step)
        .where('state', '=', 'committed')
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirst()
      return row?.id ?? null
    },

    async latestOf<S extends StepId>(steps: readonly S[]) {
      const rows = await db
        .selectFrom('runs')
        .select(eb => ['step', eb.fn.max('id').as('id')])
        .where('step', 'in', [...steps])
        .where('state', '=', 'committed')
        .groupBy('step')
        .execute()
      const found = new Map(rows.map(row => [row.step, Number(row.id)]))
      return Object.fromEntries(steps.map(step => [step, found.get(step) ?? null])) as Record<S, number | null>
    },

    async of(turnId, step) {
      const row = await db
        .selectFrom('runs')
        .select('id')
        .where('turn_id', '=', turnId)
        .where('step', '=', step)
        .where('state', '=', 'committed')
        .executeTakeFirst()
      if (!row) throw errors['platform.no-run']({ turn: turnId, step })
      return row.id
    },

    async turnOf(runId) {
      const row = await db
        .selectFrom('runs')
        .innerJoin('turns', 'turns.id', 'runs.turn_id')
        .select(['turns.id as id', 'turns.as_of as asOf'])
        .where('runs.id', '=', runId)
        .executeTakeFirst()
      if (!row) throw errors['platform.no-such-run']({ run: runId })
      return row
    },

    async latestTurn() {
      const row = await db.selectFrom('turns').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirst()
      return row ? turnRecord(row) : null
    },

    async turns() {
      return (await db.selectFrom('turns').selectAll().orderBy('id', 'desc').limit(200).execute()).map(turnRecord)
    },

    async runsOf(turnId) {
      const rows = await db
        .selectFrom('runs')
        .selectAll()
        .where('turn_id', '=', turnId)
        .where('state', '!=', 'abandoned')
        .orderBy('id')
        .execute()
      return rows.map(row => ({
        id: row.id,
        step: row.step,
        state: row.state,
        figures: row.figures as Figures,
        done: row.done,
        total: row.total,
        note: row.note,
        startedAt: row.started_at,
        finishedAt: row.finished_at,
      }))
    },

    async recordCounts(runId, rows) {
      await workflow.transaction(async tx => {
        await tx.deleteFrom('run_counts').where('run_id', '=', runId).execute()
        if (rows.length > 0)
          await tx
            .insertInto('run_counts')
            .values(rows.map(row => ({ run_id: runId, ...row })))
            .execute()
      })
    },

    async countsOf(turnId) {
      return db
        .selectFrom('run_counts')
        .innerJoin('runs', 'runs.id', 'run_counts.run_id')
        .select(['run_counts.scope', 'run_counts.name', 'run_counts.value'])
        .where('runs.turn_id', '=', turnId)
        .where('runs.state', '!=', 'abandoned')
        .execute()
    },

    async nextId(kind) {
      const row = await db
        .insertInto('counters')
        .values({ kind, next: 1 })
        .onConflict(conflict => conflict.column('kind').doUpdateSet({ next: sql`counters.next + 1` }))
        .returning('next')
        .executeTakeFirstOrThrow()
      return row.next
    },
  }
}
