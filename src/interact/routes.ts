import { z } from 'zod'
import type { App, Http } from '../platform/app.ts'
import { deliveryList, outcomeBody, outcomeResult, taskDetail, taskList, taskState } from './api.ts'
import { deliveryRoutes } from './delivery/routes.ts'
import { deliveriesOf } from './delivery-states.ts'
import { reasonText } from './gate/reasons.ts'
import { printRoutes } from './print-runs/routes.ts'
import { bringAlarms } from './tasks/alarm-task.ts'
import { recordOutcome } from './tasks/outcome.ts'
import { listTasks, releaseTask, takeNext, takeTask, taskById } from './tasks/task-table.ts'
import { taskRows, taskWithScript } from './tasks/task-view.ts'
import { bringQuestions } from './tasks/verification-task.ts'
import { waveRoutes } from './waves/routes.ts'

const byTask = z.object({ id: z.string().max(64) })

export function routes(http: Http, app: App): void {
  deliveryRoutes(http, app)
  waveRoutes(http, app)
  printRoutes(http, app)
  const work = { config: { permission: 'tasks.work' as const } }
  const tags = ['interact']

  http.get(
    '/customers/:id/deliveries',
    {
      config: { permission: 'communications.read' },
      schema: {
        tags,
        summary: "What became of a customer's communications",
        params: z.object({ id: z.coerce.number().int().min(0) }),
        response: { 200: deliveryList },
      },
    },
    async req => ({
      rows: (await deliveriesOf(app, req.params.id)).map(({ communication_id, reason, ...rest }) => ({
        communicationId: communication_id,
        ...rest,
        reason: reasonText(reason),
      })),
    }),
  )

  http.get(
    '/tasks',
    {
      ...work,
      schema: {
        tags,
        summary: 'Calls to make, in order',
        querystring: z.object({
          state: taskState.optional(),
          offset: z.coerce.number().int().min(0).default(0),
          limit: z.coerce.number().int().min(1).max(500).default(50),
        }),
        response: { 200: taskList },
      },
    },
    async req => {
      await bringQuestions(app)
      await bringAlarms(app)
      const { total, rows } = await listTasks(app, req.query)
      return { total, rows: await taskRows(app, rows, req.user) }
    },
  )

  http.get(
    '/tasks/:id',
    { ...work, schema: { tags, summary: 'One task with its script', params: byTask, response: { 200: taskDetail } } },
    async req => taskWithScript(app, await taskById(app, req.params.id), req.user),
  )

  http.post(
    '/tasks/next',
    { ...work, schema: { tags, summary: 'Take the next task', response: { 200: taskDetail, 204: z.null() } } },
    async (req, reply) => {
      await bringQuestions(app)
      await bringAlarms(app)
      const task = await takeNext(app, req.user.userId)
      if (!task) return reply.code(204).send(null)
      return taskWithScript(app, task, req.user)
    },
  )

  http.post(
    '/tasks/:id/hold',
    { ...work, schema: { tags, summary: 'Take this task', params: byTask, response: { 200: taskDetail } } },
    async req => taskWithScript(app, await takeTask(app, req.params.id, req.user.userId), req.user),
  )

  http.post(
    '/tasks/:id/release',
    { ...work, schema: { tags, summary: 'Give a task back', params: byTask, response: { 200: taskDetail } } },
    async req => taskWithScript(app, await releaseTask(app, req.params.id, req.user.userId), req.user),
  )

  http.post(
    '/tasks/:id/outcome',
    {
      ...work,
      schema: {
        tags,
        summary: 'How the call ended',
        params: byTask,
        body: outcomeBody,
        response: { 200: outcomeResult },
      },
    },
    async req => {
      const { task, eventId } = await recordOutcome(app, req.params.id, req.user.userId, req.body)
      return { taskId: task.task_id, state: task.state, eventId }
    },
  )
}
