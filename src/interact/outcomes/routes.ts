import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { shownPart } from '../take-back/part.ts'
import * as api from './api.ts'
import { listOutcomes } from './list-outcomes.ts'
import type { By } from './may-take-back.ts'
import { outcomeParts, takeBackOutcome } from './take-back-outcome.ts'

const byOutcome = z.object({ id: z.uuid() })

/** Saved outcomes, and taking them back: the agent's own at the desk, everybody's for whoever leads the team. */
export function outcomeRoutes(http: Http, app: App): void {
  http.get(
    '/desk/outcomes',
    {
      config: { permission: 'tasks.work' },
      schema: {
        tags: ['desk'],
        summary: 'How my last calls ended',
        querystring: api.outcomeQuery,
        response: { 200: api.outcomeList },
      },
    },
    async ({ query, user }) =>
      listOutcomes(app, { ...query, agent: user.userId }, { userId: user.userId, lead: false }, user),
  )
  http.get(
    '/team/outcomes',
    {
      config: { permission: 'team.write' },
      schema: {
        tags: ['team'],
        summary: 'How the last calls ended',
        querystring: api.teamOutcomeQuery,
        response: { 200: api.outcomeList },
      },
    },
    async ({ query, user }) => listOutcomes(app, query, { userId: user.userId, lead: true }, user),
  )
  takeBackRoutes(http, app, '/desk', { permission: 'tasks.work', tag: 'desk', lead: false })
  takeBackRoutes(http, app, '/team', { permission: 'team.write', tag: 'team', lead: true })
}

interface Place {
  permission: 'tasks.work' | 'team.write'
  tag: string
  lead: boolean
}

function takeBackRoutes(http: Http, app: App, root: string, { permission, tag, lead }: Place): void {
  const by = ({ user }: FastifyRequest): By => ({ userId: user.userId, lead })

  http.get(
    `${root}/outcomes/:id/parts`,
    {
      config: { permission },
      schema: {
        tags: [tag],
        summary: 'What would be taken back with an outcome, and what stays',
        params: byOutcome,
        response: { 200: api.outcomeParts },
      },
    },
    async req => {
      const { parts, toList } = await outcomeParts(app, req.params.id, by(req))
      return { parts: parts.map(shownPart), toList }
    },
  )
  http.post(
    `${root}/outcomes/:id/take-back`,
    {
      config: { permission },
      schema: {
        tags: [tag],
        summary: 'Take a saved outcome back',
        params: byOutcome,
        body: api.takeBackBody,
        response: { 200: api.takenBack },
      },
    },
    async req => {
      const { task, parts } = await takeBackOutcome(app, req.params.id, by(req), req.body.to)
      await audit(app, {
        userId: req.user.userId,
        action: 'call.taken-back',
        object: `call/${req.params.id}`,
        detail: { task: task.task_id, to: req.body.to, parts: parts.map(shownPart) },
      })
      return { taskId: task.task_id, state: task.state, parts: parts.map(shownPart) }
    },
  )
}
