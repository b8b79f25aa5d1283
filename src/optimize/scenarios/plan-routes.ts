import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { optimizeErrors } from '../errors.ts'
import * as api from './api.ts'
import { answerPlan, setApprovalMode } from './approvals.ts'
import { soon, startTask, taskOf } from './long-task.ts'
import { listKeptPlans } from './plans.ts'
import { type RepeatView, repeatPlan } from './repeat.ts'
import { answerOf } from './task-answer.ts'

const byId = z.object({ id: z.coerce.number().int().min(1) })
const page = z.object({
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(25),
})

export function planRoutes(http: Http, app: App): void {
  const read = { config: { permission: 'plan.read' as const } }
  const approve = { config: { permission: 'plan.approve' as const } }
  const tags = ['optimize']

  http.get(
    '/plans/kept',
    {
      ...read,
      schema: {
        tags,
        summary: 'Plans with what they were made from',
        querystring: page,
        response: { 200: api.keptPlans },
      },
    },
    req => listKeptPlans(app, req.query.offset, req.query.limit),
  )

  const answer = (verb: 'approve' | 'refuse' | 'withdraw', summary: string) =>
    http.post(
      `/plans/:id/${verb}`,
      {
        ...approve,
        schema: {
          tags,
          summary,
          params: byId,
          body: api.approvalBody,
          response: { 200: z.object({ standing: api.keptPlan.shape.standing }) },
        },
      },
      async req => {
        const { id } = req.params
        const { standing } = await answerPlan(app, id, verb, req.body?.note ?? '', req.user)
        await audit(app, { userId: req.user.userId, action: `plan.${verb}`, object: `plan/${id}` })
        return { standing }
      },
    )
  answer('approve', 'Approve a plan: the next turn’s campaign carries it out')
  answer('refuse', 'Refuse a plan')
  answer('withdraw', 'Take an approval back')

  http.put(
    '/plans/approval',
    {
      ...approve,
      schema: {
        tags,
        summary: 'Who has to approve plans',
        body: api.settingsBody,
        response: { 200: api.settingsBody },
      },
    },
    async req => {
      await setApprovalMode(app, req.body.approval)
      const detail = { approval: req.body.approval }
      await audit(app, { userId: req.user.userId, action: 'plan.approval', object: 'plan-settings', detail })
      return req.body
    },
  )

  http.post(
    '/plans/:id/repeat',
    {
      ...read,
      schema: {
        tags,
        summary: 'Solve a plan again from scratch and compare',
        params: byId,
        body: api.repeatBody,
        response: { 200: api.repeatTask },
      },
    },
    async req => {
      const { id } = req.params
      const threads = req.body?.threads ?? [1, 2]
      const task = startTask(`repeat-${id}-${threads.join('-')}-${Date.now()}`, () => repeatPlan(app, id, threads))
      return answerOf(await soon(task))
    },
  )

  http.get(
    '/plans/repeat/:task',
    {
      ...read,
      schema: {
        tags,
        summary: 'How a repetition goes on',
        params: z.object({ task: z.string().startsWith('repeat-').max(100) }),
        response: { 200: api.repeatTask },
      },
    },
    async req => {
      const task = taskOf<RepeatView>(req.params.task)
      if (!task) throw optimizeErrors['optimize.no-such-task']()
      return answerOf(await soon(task))
    },
  )
}
