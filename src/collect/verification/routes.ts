import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { HuiyinError } from '../../platform/errors.ts'
import { userNames } from '../quality/user-names.ts'
import { maskedValue } from './agent-tasks.ts'
import {
  askBody,
  asked,
  cancelBody,
  cancelled,
  linkView,
  publicAnswer,
  publicQuestion,
  publicResult,
  verificationList,
  verificationState,
} from './api.ts'
import { verificationErrors } from './errors.ts'
import { leadOf, VERIFIABLE, type VerifiableField } from './fields.ts'
import { namesOf } from './names.ts'
import { rateLimit } from './rate-limit.ts'
import { makeToken, readToken } from './token.ts'
import {
  answerByLink,
  askCustomers,
  cancelVerifications,
  countRefusal,
  type Verification,
  valueAsked,
  verificationNamed,
} from './verifications.ts'

const LINK_DAYS = 14
/** A link whose page was told this many impossible values is dead. */
const MOST_REFUSALS = 10
const read = { permission: 'quality.read' } as const
const write = { permission: 'quality.write' } as const
const tags = ['verification']
const byId = z.object({ id: z.coerce.number().int().positive() })
const byToken = z.object({ token: z.string().max(80) })

export function verificationRoutes(http: Http, app: App): void {
  http.get(
    '/verifications',
    {
      config: read,
      schema: {
        tags,
        summary: 'Questions to customers',
        querystring: z.object({
          state: verificationState.optional(),
          offset: z.coerce.number().int().min(0).default(0),
          limit: z.coerce.number().int().min(1).max(500).default(50),
        }),
        response: { 200: verificationList },
      },
    },
    async req => listVerifications(app, req.query),
  )

  http.post(
    '/verifications',
    {
      config: write,
      schema: { tags, summary: 'Ask customers whether values still hold', body: askBody, response: { 200: asked } },
    },
    async req => {
      const done = await askCustomers(app, req.body.questions, req.body.way, req.user.userId)
      await audit(app, {
        userId: req.user.userId,
        action: 'verification.ask',
        object: 'verifications',
        detail: { asked: done.asked.length, known: done.known, way: req.body.way },
      })
      return done
    },
  )

  http.post(
    '/verifications/cancel',
    {
      config: write,
      schema: { tags, summary: 'Take questions back', body: cancelBody, response: { 200: cancelled } },
    },
    async req => {
      const count = await cancelVerifications(app, req.body.ids)
      await audit(app, {
        userId: req.user.userId,
        action: 'verification.cancel',
        object: 'verifications',
        detail: { cancelled: count },
      })
      return { cancelled: count }
    },
  )

  http.post(
    '/verifications/:id/link',
    {
      config: write,
      schema: {
        tags,
        summary: 'A link on which the customer confirms or corrects; lasts two weeks',
        params: byId,
        response: { 200: linkView },
      },
    },
    async req => {
      const verification = await verificationNamed(app, req.params.id)
      if (verification.state !== 'open') throw verificationErrors['verification.closed']()
      const expires = new Date(Date.now() + LINK_DAYS * 86_400_000)
      await audit(app, {
        userId: req.user.userId,
        action: 'verification.link',
        object: `verification/${verification.verification_id}`,
      })
      return {
        path: `/v/${await makeToken(app, verification.verification_id, expires)}`,
        expiresAt: expires.toISOString(),
      }
    },
  )

  publicRoutes(http, app)
}

/** Without sign-in: whoever holds the link. Tries are counted by address; a wrong token costs as much as a right one. */
function publicRoutes(http: Http, app: App): void {
  const tries = rateLimit(60, 10 * 60_000)
  const wrong = rateLimit(10, 15 * 60_000)

  async function opened(req: FastifyRequest, token: string): Promise<Verification> {
    const wait = tries.take(req.ip)
    if (wait > 0) throw verificationErrors['verification.too-often']({ seconds: wait })
    try {
      const verification = await verificationNamed(app, await readToken(app, token))
      if (verification.refusals >= MOST_REFUSALS) throw verificationErrors['verification.link-expired']()
      return verification
    } catch (error) {
      const again = wrong.take(req.ip)
      throw again > 0 ? verificationErrors['verification.too-often']({ seconds: again }, error) : error
    }
  }

  http.get(
    '/verify/:token',
    {
      config: { permission: null },
      schema: { tags, summary: 'The question behind a link', params: byToken, response: { 200: publicQuestion } },
    },
    async req => {
      const verification = await opened(req, req.params.token)
      const { field, state } = verification
      const value = state === 'open' ? ((await valueAsked(app, verification))[leadOf(field)] ?? '') : ''
      const [person] = await namesOf(app, [verification.customer_id])
      return {
        field,
        masked: maskedValue(field, value),
        fields: [...VERIFIABLE[field]],
        language: person?.language ?? 'en',
        state,
      }
    },
  )

  http.post(
    '/verify/:token',
    {
      config: { permission: null },
      schema: {
        tags,
        summary: 'Confirm or correct',
        params: byToken,
        body: publicAnswer,
        response: { 200: publicResult },
      },
    },
    async req => {
      const verification = await opened(req, req.params.token)
      if (verification.state !== 'open') throw verificationErrors['verification.closed']()
      try {
        const state = await answerByLink(app, verification, req.body)
        await audit(app, {
          userId: 0,
          action: 'verification.answer',
          object: `verification/${verification.verification_id}`,
          detail: { state },
        })
        return { state }
      } catch (error) {
        if (error instanceof HuiyinError && error.status < 500) await countRefusal(app, verification.verification_id)
        throw error
      }
    },
  )
}

async function listVerifications(
  app: App,
  { state, offset, limit }: { state?: z.infer<typeof verificationState> | undefined; offset: number; limit: number },
): Promise<z.output<typeof verificationList>> {
  const matching = app.workflow.db
    .selectFrom('collect_verifications')
    .$if(state !== undefined, query => query.where('state', '=', state ?? 'open'))
  const { total } = await matching.select(eb => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await matching.selectAll().orderBy('verification_id', 'desc').offset(offset).limit(limit).execute()
  const [people, names] = await Promise.all([
    namesOf(
      app,
      rows.map(row => row.customer_id),
    ),
    userNames(
      app,
      rows.map(row => row.asked_by),
    ),
  ])
  const known = new Map(people.map(person => [person.customerId, person.name]))
  return {
    total: Number(total),
    rows: rows.map(row => ({
      verificationId: row.verification_id,
      customerId: row.customer_id,
      name: known.get(row.customer_id) ?? '',
      field: row.field as VerifiableField,
      way: row.way,
      state: row.state,
      priority: row.priority,
      askedBy: names(row.asked_by),
      askedAt: row.asked_at.toISOString(),
      answeredAt: row.answered_at?.toISOString() ?? null,
    })),
  }
}
