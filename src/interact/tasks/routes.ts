import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { outcomeBody, outcomeResult, taskDetail, taskList, taskState } from '../api.ts'
import * as api from './api.ts'
import { askForCall } from './ask-for-call.ts'
import { bringTasks } from './bring.ts'
import { keepTask, releaseTask } from './claim.ts'
import { saveDraft } from './drafts.ts'
import { recordOutcome } from './outcome.ts'
import { takeChosen, takeNext } from './take-next.ts'
import { listTasks, taskById } from './task-table.ts'
import { taskRows, taskWithScript } from './task-view.ts'

const byTask = z.object({ id: z.string().max(64) })
const tags = ['interact']

export function taskRoutes(http: Http, app: App): void {
  const work = { config: { permission: 'tasks.work' as const } }

  http.get(
    '/tasks',
    {
      ...work,
      schema: {
        tags,
        summary: 'Calls to make, in order',
        querystring: z.object({
          state: taskState.optional(),
          list: z.string().max(120).optional(),
          customer: z.coerce.number().int().positive().optional(),
          mine: z.stringbool().default(false),
          offset: z.coerce.number().int().min(0).default(0),
          limit: z.coerce.number().int().min(1).max(500).default(50),
        }),
        response: { 200: taskList },
      },
    },
    async req => {
      const { customer, mine, ...query } = req.query
      await bringTasks(app, true)
      const { total, rows } = await listTasks(app, {
        ...query,
        customerId: customer,
        of: mine ? req.user.userId : undefined,
      })
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
      const task = await takeNext(app, req.user.userId)
      if (!task) return reply.code(204).send(null)
      return taskWithScript(app, task, req.user)
    },
  )

  http.post(
    '/tasks/:id/hold',
    { ...work, schema: { tags, summary: 'Take this task', params: byTask, response: { 200: taskDetail } } },
    async req => taskWithScript(app, await takeChosen(app, req.params.id, req.user.userId), req.user),
  )

  http.post(
    '/tasks/:id/keep',
    {
      ...work,
      schema: {
        tags,
        summary: 'The desk is still at this task',
        params: byTask,
        response: { 200: z.object({ held: z.boolean() }) },
      },
    },
    async req => ({ held: await keepTask(app, req.params.id, req.user.userId) }),
  )

  http.put(
    '/tasks/:id/draft',
    {
      ...work,
      schema: {
        tags,
        summary: 'What was typed so far',
        params: byTask,
        body: api.draftBody,
        response: { 200: api.draftResult },
      },
    },
    async req => saveDraft(app, req.params.id, req.user.userId, req.body),
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

  http.post(
    '/desk/callbacks',
    {
      ...work,
      schema: {
        tags: ['desk'],
        summary: 'Have a customer called: asked for by the customer, or an opportunity somebody saw',
        body: api.askBody,
        response: { 200: api.askResult },
      },
    },
    async req => {
      const { mine, at, ...asked } = req.body
      return askForCall(app, {
        ...asked,
        ...(at ? { at: new Date(at) } : {}),
        ...(mine ? { forUser: req.user.userId } : {}),
      })
    },
  )
}
