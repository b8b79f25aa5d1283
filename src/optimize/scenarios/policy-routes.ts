import { z } from 'zod'
import { segmentNames } from '../../analyze/index.ts'
import type { App, Http } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { sha256Of } from '../../platform/sha256.ts'
import { optimizeErrors } from '../errors.ts'
import { planLimitsOf } from '../offers/plan-limits.ts'
import { measuredCapacities } from '../policy/measured-capacity.ts'
import { policyInWords } from '../policy/policy-in-words.ts'
import { policyAt, policyVersion, policyVersions, releasePolicy } from '../policy/policy-versions.ts'
import { contactPolicy, offers } from '../settings.ts'
import * as api from './api.ts'
import { soon, startTask, taskOf } from './long-task.ts'
import { effectOfPolicy, type PolicyEffect } from './policy-effect.ts'
import { planIdOf } from './scenarios.ts'
import { answerOf } from './task-answer.ts'

export function policyRoutes(http: Http, app: App): void {
  const read = { config: { permission: 'plan.read' as const } }
  const write = { config: { permission: 'plan.write' as const } }
  const tags = ['optimize']

  const detail = async () => {
    const version = await policyVersion(app)
    const policy = await contactPolicy(app)
    const known = await app.facts.query<{ type: string }>(
      'SELECT DISTINCT toString(type) AS type FROM events ORDER BY type',
    )
    return { version, policy, rules: policyInWords(policy), events: known.map(e => e.type), ...(await named()) }
  }
  const named = async () => ({
    offers: (await offers(app)).map(({ id, name }) => ({ id, name })),
    segments: [...(await segmentNames(app))].map(([id, name]) => ({ id, name })),
    measured: await measuredCapacities(app),
  })

  http.get(
    '/contact-policy/rules',
    {
      ...read,
      schema: { tags, summary: 'The contact policy whole, in words too', response: { 200: api.policyDetail } },
    },
    detail,
  )

  http.post(
    '/contact-policy/words',
    {
      ...read,
      schema: {
        tags,
        summary: 'A draft of the policy in words',
        body: api.policyTry,
        response: { 200: z.object({ rules: api.policyDetail.shape.rules }) },
      },
    },
    async req => ({ rules: policyInWords(req.body.policy) }),
  )

  http.get(
    '/contact-policy/versions',
    { ...read, schema: { tags, summary: 'Releases of the policy', response: { 200: api.policyVersionList } } },
    async () => ({ rows: await policyVersions(app) }),
  )

  http.get(
    '/contact-policy/versions/:version',
    {
      ...read,
      schema: {
        tags,
        summary: 'One release of the policy',
        params: z.object({ version: z.coerce.number().int().min(1) }),
        response: { 200: api.policyDetail },
      },
    },
    async req => {
      const policy = await policyAt(app, req.params.version)
      return { version: req.params.version, policy, rules: policyInWords(policy), events: [], ...(await named()) }
    },
  )

  http.post(
    '/contact-policy/release',
    {
      ...write,
      schema: { tags, summary: 'Release a policy', body: api.policyRelease, response: { 200: api.policyDetail } },
    },
    async req => {
      const { policy, version, note } = req.body
      const { budgets, quotas } = planLimitsOf(policy)
      const known = new Set((await named()).segments.map(s => s.id))
      for (const { segment } of [...budgets, ...quotas])
        if (segment !== undefined && !known.has(segment))
          throw optimizeErrors['optimize.limit-unknown-segment']({ segment })
      const made = await releasePolicy(app, policy, { version, note }, req.user)
      const object = `contact-policy/${made}`
      await audit(app, { userId: req.user.userId, action: 'policy.release', object })
      return detail()
    },
  )

  http.post(
    '/contact-policy/restore',
    {
      ...write,
      schema: {
        tags,
        summary: 'Release an earlier version again',
        body: api.policyRestore,
        response: { 200: api.policyDetail },
      },
    },
    async req => {
      const { version, to, note } = req.body
      const made = await releasePolicy(app, await policyAt(app, to), { version, note, restored: to }, req.user)
      await audit(app, { userId: req.user.userId, action: 'policy.restore', object: `contact-policy/${made}` })
      return detail()
    },
  )

  http.post(
    '/contact-policy/effect',
    {
      ...read,
      schema: {
        tags,
        summary: 'What a policy would have refused in the past quarter, and what the plan would be worth under it',
        body: api.policyTry,
        response: { 200: api.effectTask },
      },
    },
    async req => {
      const { policy } = req.body
      // The same question about the same plan and history has the same answer.
      const asked = JSON.stringify([policy, await planIdOf(app), await policyVersion(app)])
      const key = sha256Of(asked).slice(0, 24)
      return answerOf(await soon(startTask(`effect-${key}`, progress => effectOfPolicy(app, policy, progress))))
    },
  )

  http.get(
    '/contact-policy/effect/:task',
    {
      ...read,
      schema: {
        tags,
        summary: 'How the counting goes on',
        params: z.object({ task: z.string().startsWith('effect-').max(100) }),
        response: { 200: api.effectTask },
      },
    },
    async req => {
      const task = taskOf<PolicyEffect>(req.params.task)
      if (!task) throw optimizeErrors['optimize.no-such-task']()
      return answerOf(await soon(task))
    },
  )
}
