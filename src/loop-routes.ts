import { z } from 'zod'
import { countsOf, parseAsOf, runTurn, stages, steps } from './loop.ts'
import type { App, Http } from './platform/app.ts'
import { audit } from './platform/audit.ts'
import { defineJob, type JobDefinition } from './platform/jobs/index.ts'
import { textSchema } from './platform/text.ts'

const figures = z.record(z.string(), z.unknown())
const turnView = z.object({
  id: z.number(),
  asOf: z.string(),
  state: z.enum(['running', 'done', 'failed']),
  error: z.string().nullable(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
})
export const loopView = z.object({
  turn: turnView.nullable(),
  running: z.object({ step: z.string(), done: z.number(), total: z.number(), note: z.string() }).nullable(),
  steps: z.array(
    z.object({
      id: z.string(),
      stage: z.string(),
      title: textSchema,
      state: z.enum(['waiting', 'running', 'done', 'failed']),
      seconds: z.number().nullable(),
      runId: z.number().nullable(),
      figures,
    }),
  ),
  counts: figures,
})

/** A turn started from the app: a job, so that it goes on after a crash and any worker may take it. */
export const turnJob = defineJob({
  name: 'loop.run-turn',
  version: 1,
  schema: z.object({ asOf: z.string() }),
  retry: { limit: 3, delaySeconds: 5 },
  expireSeconds: 6 * 3600,
  async handle({ asOf }, { services }) {
    await runTurn(services.app, asOf)
  },
})

/** Every job of the house. */
export const jobs: readonly JobDefinition[] = [...stages.flatMap(stage => stage.jobs), turnJob]

export function loopRoutes(http: Http, app: App): void {
  http.get(
    '/loop',
    {
      config: { permission: 'turn.read' },
      schema: { tags: ['loop'], summary: 'The newest turn, step by step', response: { 200: loopView } },
    },
    async () => {
      const turn = await app.runs.latestTurn()
      const runs = turn ? await app.runs.runsOf(turn.id) : []
      const states = { running: 'running', committed: 'done', failed: 'failed', abandoned: 'waiting' } as const
      const byStep = new Map(runs.map(run => [run.step, run]))
      const active = turn?.state === 'running' ? runs.find(run => run.state === 'running') : undefined
      return {
        turn: turn && {
          ...turn,
          startedAt: turn.startedAt.toISOString(),
          finishedAt: turn.finishedAt?.toISOString() ?? null,
        },
        running: active ? { step: active.step, done: active.done, total: active.total, note: active.note } : null,
        steps: steps.map(({ step, stage }) => {
          const run = byStep.get(step.id)
          return {
            id: step.id,
            stage: stage.name,
            title: step.title,
            state: run ? states[run.state] : ('waiting' as const),
            seconds: run?.finishedAt ? (run.finishedAt.getTime() - run.startedAt.getTime()) / 1000 : null,
            runId: run?.id ?? null,
            figures: run?.figures ?? {},
          }
        }),
        counts: countsOf(Object.fromEntries(runs.map(run => [run.step, run.figures]))),
      }
    },
  )

  http.get(
    '/turns',
    {
      config: { permission: 'turn.read' },
      schema: {
        tags: ['loop'],
        summary: 'Turns, newest first',
        response: { 200: z.object({ rows: z.array(turnView) }) },
      },
    },
    async () => ({
      rows: (await app.runs.turns()).map(turn => ({
        ...turn,
        startedAt: turn.startedAt.toISOString(),
        finishedAt: turn.finishedAt?.toISOString() ?? null,
      })),
    }),
  )

  http.post(
    '/turns',
    {
      config: { permission: 'turn.run' },
      schema: {
        tags: ['loop'],
        summary: 'Start a turn as of a date',
        body: z.object({ asOf: z.string() }),
        response: { 202: z.object({ jobId: z.string() }) },
      },
    },
    async (req, reply) => {
      const asOf = parseAsOf(req.body.asOf)
      await app.runs.refuseWhileRunning()
      const jobId = await app.jobs.send(turnJob, { asOf }, { group: 'turns' })
      await audit(app, { userId: req.user.userId, action: 'turn.start', object: `turn/${asOf}`, detail: { jobId } })
      return reply.code(202).send({ jobId })
    },
  )
}
