/** `POST /events`: other systems hand in what happened, in batches. Answered when it is on disk. */
import { isUtf8 } from 'node:buffer'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { permits } from '../../platform/auth/permissions.ts'
import { HuiyinError } from '../../platform/errors.ts'
import { httpErrors, langOf } from '../../platform/http/errors.ts'
import { textIn } from '../../platform/text.ts'
import { type IntakeAnswer, incomingEvents, intakeAnswer } from './event-schema.ts'
import { type IntakeReply, intakeErrors, intakeOf } from './intake.ts'
import { problemTexts } from './problems.ts'
import { tellReported } from './reported.ts'
import { closedTo } from './said-events.ts'
import { waitingCounts } from './waiting-counts.ts'

const unpack = promisify(gunzip)
/** Of one request, as sent and unpacked. */
const MOST_SENT = 32 << 20
const MOST_UNPACKED = 64 << 20

const giveBack = Symbol('what a request reserved')
type Reserved = FastifyRequest & { [giveBack]?: () => void }

export function eventRoutes(http: Http, app: App): void {
  void http.register(async scope => {
    const api = scope as unknown as Http
    api.removeAllContentTypeParsers()
    api.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MOST_SENT }, (_req, body, done) => done(null, body))
    api.addHook('onResponse', async (req: Reserved) => req[giveBack]?.())
    api.addHook('onRequestAbort', async (req: Reserved) => req[giveBack]?.())
    api.post(
      '/events',
      {
        config: { permission: 'collect.import', machine: 'events.write' },
        bodyLimit: MOST_SENT,
        schema: {
          tags: ['events'],
          summary: 'Hand in what happened with customers: a batch, each event once however often it is sent',
          description:
            'JSON (an array, or `{ "events": [...] }`) or JSON lines (`application/x-ndjson`), gzip if you like. Machines show a key: `Authorization: Bearer hyk_…`. Answered when everything accepted is on disk; 429 and 503 say in Retry-After when to send the same batch again.',
          body: incomingEvents,
          response: { 200: intakeAnswer, 422: intakeAnswer },
        },
        // The bulk is checked by hand, event by event; see read-event.ts.
        validatorCompiler: () => value => ({ value }),
        // Before the body is read: what there is no room for stays with its sender.
        onRequest: async (req: Reserved, reply: FastifyReply) => {
          const bytes = Number(req.headers['content-length'] ?? MOST_SENT)
          if (bytes > MOST_SENT) throw httpErrors['platform.too-large']()
          req[giveBack] = await orRetryAfter(reply, async () => intakeOf(app).reserve(bytes))
        },
      },
      async (req, reply) => {
        const lines = /ndjson|jsonl|json-seq/.test(req.headers['content-type'] ?? '')
        const bytes = await unpacked(req.body as unknown as Buffer, req.headers['content-encoding'])
        const place = { format: lines ? 'JSON lines' : 'JSON' }
        if (!isUtf8(bytes)) throw intakeErrors['collect.events-unreadable']({ ...place, place: 'UTF-8' })
        const closed = closedTo(({ scope, permission }) =>
          req.machine ? req.machine.scopes.includes(scope) : permits(req.user, permission),
        )
        const taken = await orRetryAfter(reply, () => intakeOf(app).take({ bytes, lines, closed }))
        if (taken.unreadable !== undefined)
          throw intakeErrors['collect.events-unreadable']({ ...place, place: taken.unreadable })
        if (taken.accepted > taken.waiting) await tellReported(app, taken)
        const nothing = taken.refused > 0 && taken.accepted + taken.duplicates === 0
        return reply.code(nothing ? 422 : 200).send(answerOf(taken, req))
      },
    )
  })

  http.get(
    '/events/waiting',
    {
      config: { permission: 'giveback.manage' },
      schema: {
        tags: ['events'],
        summary: 'Events whose customer is not known yet, by what names the customer',
        response: {
          200: z.object({ rows: z.array(z.object({ kind: z.string(), events: z.number(), names: z.number() })) }),
        },
      },
    },
    async () => ({ rows: await waitingCounts(app) }),
  )
}

const answerOf = (
  { accepted, waiting, duplicates, refused, problems }: IntakeReply,
  req: FastifyRequest,
): IntakeAnswer => ({
  accepted,
  waiting,
  duplicates,
  refused,
  problems: problems.map(problem => ({ ...problem, message: textIn(problemTexts[problem.code], langOf(req)) })),
})

async function unpacked(body: Buffer | undefined, encoding: string | undefined): Promise<Buffer> {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0)
  const packed = encoding === 'gzip' || (bytes[0] === 0x1f && bytes[1] === 0x8b)
  if (!packed && encoding !== undefined && encoding !== 'identity') throw intakeErrors['collect.events-encoding']()
  if (!packed) return bytes
  return unpack(bytes, { maxOutputLength: MOST_UNPACKED }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ERR_BUFFER_TOO_LARGE') throw httpErrors['platform.too-large']()
    throw intakeErrors['collect.events-encoding']({}, error)
  })
}

async function orRetryAfter<T>(reply: FastifyReply, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof HuiyinError && typeof error.params['seconds'] === 'number')
      reply.header('retry-after', String(error.params['seconds']))
    throw error
  }
}
