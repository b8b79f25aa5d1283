import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { codeSchema } from '../compose/template.ts'
import { sendDocument } from '../document-headers.ts'
import { manifestOf } from '../ledger.ts'
import { templateBreaches } from '../sms-policies/check-template.ts'
import { smsPolicies } from '../sms-policies/index.ts'
import { forbidden } from '../sms-policies/policy.ts'
import { liveTemplates, type StoredVersion } from '../template-store.ts'
import { kindBody, kindList, smsPolicyList, wayAnswer, wayTaken } from './api.ts'
import { type Reason, readWhy, verdicts } from './decide-ways.ts'
import { carriedDocumentOf } from './document-of.ts'
import { kindErrors } from './errors.ts'
import type { Kind } from './kind.ts'
import { kindOf, kinds, removeKind, saveKind } from './kind-store.ts'
import { routesFor } from './route-for.ts'
import { carriedIn } from './with-document.ts'

const byCode = z.object({ code: codeSchema })
const tags = ['personalize']

export function kindRoutes(http: Http, app: App): void {
  const read = { permission: 'content.read' as const }
  const write = { permission: 'content.write' as const }

  http.get(
    '/kinds',
    { config: read, schema: { tags, summary: 'Kinds of communication', response: { 200: kindList } } },
    () => listOf(app),
  )

  http.put(
    '/kinds/:code',
    {
      config: write,
      schema: { tags, summary: 'A kind, new or changed', params: byCode, body: kindBody, response: { 200: kindList } },
    },
    async req => {
      await saveKind(app, req.user.userId, { ...req.body, code: req.params.code })
      return listOf(app)
    },
  )

  http.delete(
    '/kinds/:code',
    { config: write, schema: { tags, summary: 'A kind nothing was ever made of goes', params: byCode } },
    async (req, reply) => {
      await removeKind(app, req.user.userId, req.params.code)
      return reply.code(204).send()
    },
  )

  http.get(
    '/kinds/:code/way',
    {
      config: { permission: 'communications.read' as const },
      schema: {
        tags,
        summary: 'How a communication of the kind would go to a customer today, and why',
        params: byCode,
        querystring: z.object({ customer: z.coerce.number().int().positive() }),
        response: { 200: wayAnswer },
      },
    },
    async req => {
      const { customer } = req.query
      const kind = await kindOf(app, req.params.code)
      const run = (await app.runs.latest('identity')) ?? 0
      const route = (await routesFor(app, kind, run, [customer])).get(customer)
      if (!route) throw kindErrors['personalize.no-customer']({ customer })
      const { standing, channels, why } = route
      return {
        agreed: [...standing.agreed],
        wish: standing.wish,
        reached: [...standing.reached],
        channels,
        reasons: reasonsOf(why, channels),
      }
    },
  )

  http.get(
    '/communications/:id/way',
    {
      config: { permission: 'communications.read' as const },
      schema: {
        tags,
        summary: 'Which way it went and why, and what stood in its slots',
        params: z.object({ id: z.string().max(64) }),
        response: { 200: wayTaken },
      },
    },
    async req => {
      const row = await manifestOf(app, req.params.id)
      const { why, copy } = await app.facts.one<{ why: string; copy: number }>(
        `SELECT toString(why) AS why, copy FROM communications
         WHERE communication_id = {id:FixedString(32)} AND customer_id = {customer:UInt64} AND run_id = {run:UInt64} LIMIT 1`,
        { id: row.communication_id, customer: row.customer_id, run: row.run_id },
      )
      const slots = row.slots === '' ? [] : (JSON.parse(row.slots) as z.infer<typeof wayTaken>['slots'])
      const document = row.data === '' ? undefined : carriedIn(JSON.parse(row.data))
      return {
        copy: copy === 1,
        document: document?.as ?? null,
        reasons: reasonsOf(readWhy(why), [row.channel]),
        slots,
      }
    },
  )

  http.get(
    '/communications/:id/document',
    {
      config: { permission: 'communications.content' as const },
      schema: {
        tags,
        summary: 'The printed document an e-mail carried or leads to',
        params: z.object({ id: z.string().max(64) }),
      },
    },
    async (req, reply) => {
      const { id } = req.params
      const { bytes } = await carriedDocumentOf(app, id)
      return sendDocument(reply, { bytes, mediaType: 'application/pdf', name: `${id}.pdf`, disposition: 'inline' })
    },
  )

  http.get(
    '/sms-policies',
    {
      config: read,
      schema: {
        tags,
        summary: 'What SMS providers take, and where templates break it',
        response: { 200: smsPolicyList },
      },
    },
    async () => {
      const short = (await liveTemplates(app)).filter(({ content }) => content.manifest.channel === 'sms')
      return {
        current: short[0]?.content.brand.smsProvider ?? 'general',
        rows: smsPolicies.map(policy => ({
          code: policy.code,
          name: policy.name,
          source: policy.source,
          ...policy.most,
          signature: policy.signature,
          optOut: policy.optOut ? [...policy.optOut] : null,
          variables: policy.variables.most,
          longest: policy.variables.longest,
          adjacent: policy.variables.adjacent,
          without: policy.variables.without.map(code => ({ code, name: forbidden[code].name })),
          links: policy.links,
          breaches: short.flatMap(({ content }) =>
            templateBreaches(content, policy).map(breach => ({ template: content.id, ...breach })),
          ),
        })),
      }
    },
  )
}

async function listOf(app: App): Promise<z.infer<typeof kindList>> {
  const [all, live] = await Promise.all([kinds(app), liveTemplates(app)])
  return {
    rows: all.map(kind => rowOf(kind, live)),
    templates: live.map(({ content: { id, manifest } }) => ({ id, kind: manifest.kind, channel: manifest.channel })),
  }
}

const rowOf = (kind: Kind, live: readonly StoredVersion[]) => ({
  ...kind,
  ways: kind.ways.map(way => {
    const found = live.find(({ content }) => content.id === way.template && content.manifest.channel === way.channel)
    return { ...way, live: found?.number ?? null, languages: found ? [...found.content.manifest.languages] : [] }
  }),
})

const reasonsOf = (why: readonly Reason[], taken: readonly string[]) =>
  why.map(({ channel, verdict }) => ({
    channel,
    taken: taken.includes(channel) || verdict === 'copy',
    verdict,
    text: verdicts[verdict],
  }))
