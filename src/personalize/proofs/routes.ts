import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { permits } from '../../platform/auth/permissions.ts'
import { sendDocument } from '../document-headers.ts'
import { templateVersion } from '../template-store.ts'
import * as api from './api.ts'
import { proofPicture, proofWords } from './documents.ts'
import { addMember, removeMember } from './proof-set.ts'
import { proofsOf, readProof } from './proof-view.ts'
import { startProof } from './run-proof.ts'
import { markDifferences } from './verdict.ts'

const ofTemplate = z.object({ id: z.string().max(64) })
const ofRun = ofTemplate.extend({ run: z.coerce.number().int().min(1) })
const ofMember = ofRun.extend({ member: z.coerce.number().int().min(1) })
const made = z.object({ id: z.number() })
const changed = z.object({ changed: z.number() })

export function proofRoutes(http: Http, app: App): void {
  const read = { config: { permission: 'content.read' as const } }
  const write = { config: { permission: 'content.write' as const } }
  const tags = ['personalize']
  const version = z.object({ version: z.coerce.number().int().min(1) })

  http.get(
    '/templates/:id/proofs',
    {
      ...read,
      schema: {
        tags,
        summary: 'Proof set and proofs of a version',
        params: ofTemplate,
        querystring: version,
        response: { 200: api.proofsView },
      },
    },
    async req => proofsOf(app, req.params.id, req.query.version),
  )

  http.post(
    '/templates/:id/proofs',
    {
      ...write,
      schema: { tags, summary: 'Make a proof', params: ofTemplate, body: api.startBody, response: { 200: made } },
    },
    async req => {
      const { id: template } = req.params
      const id = await startProof(app, { template, ...req.body, by: req.user.name })
      await audit(app, {
        userId: req.user.userId,
        action: 'template.proof',
        object: `template/${template}/${req.body.version}`,
      })
      return { id }
    },
  )

  http.get(
    '/templates/:id/proofs/:run',
    { ...read, schema: { tags, summary: 'One proof', params: ofRun, response: { 200: api.proofRun } } },
    async req => readProof(app, req.params.id, req.params.run),
  )

  http.post(
    '/templates/:id/proofs/:run/verdict',
    {
      ...write,
      schema: {
        tags,
        summary: 'Mark differences as intended or not',
        params: ofRun,
        body: api.verdictBody,
        response: { 200: changed },
      },
    },
    async req => {
      const { id: template, run } = req.params
      const { members, intended } = req.body
      const count = await markDifferences(app, template, run, members, intended, req.user.name)
      await audit(app, {
        userId: req.user.userId,
        action: intended ? 'template.difference-intended' : 'template.difference-refused',
        object: `template/${template}/proof/${run}`,
      })
      return { changed: count }
    },
  )

  http.get(
    '/templates/:id/proofs/:run/members/:member/picture',
    {
      ...read,
      schema: {
        tags,
        summary:
          'A page of a proof as PNG, or the message; names are disguised for those who may not see contact values',
        params: ofMember,
        querystring: z.object({
          side: z.enum(['before', 'now']),
          page: z.coerce.number().int().min(1).max(1000).default(1),
        }),
      },
    },
    async (req, reply) => {
      const { id: template, run, member } = req.params
      const plain = permits(req.user, 'customers.contact')
      const picture = await proofPicture(app, { template, run, member, plain, ...req.query })
      return sendDocument(reply, { ...picture, name: 'proof', disposition: 'inline' })
    },
  )

  http.get(
    '/templates/:id/proofs/:run/members/:member/words',
    {
      ...read,
      schema: { tags, summary: 'What changed in its words', params: ofMember, response: { 200: api.wordRuns } },
    },
    async req => {
      const { id: template, run, member } = req.params
      return { runs: await proofWords(app, { template, run, member, plain: permits(req.user, 'customers.contact') }) }
    },
  )

  http.post(
    '/templates/:id/proof-members',
    {
      ...write,
      schema: {
        tags,
        summary: 'Add a customer or an example row',
        params: ofTemplate,
        querystring: version,
        body: api.memberBody,
        response: { 200: made },
      },
    },
    async req => {
      const { id: template } = req.params
      const { content } = await templateVersion(app, template, req.query.version)
      const id = await addMember(app, content, req.body, req.user.name)
      await audit(app, {
        userId: req.user.userId,
        action: 'template.proof-member',
        object: `template/${template}/proof-member/${id}`,
      })
      return { id }
    },
  )

  http.delete(
    '/templates/:id/proof-members/:member',
    {
      ...write,
      schema: {
        tags,
        summary: 'Take a document out of the proof set',
        params: ofTemplate.extend({ member: z.coerce.number().int() }),
        response: { 200: changed },
      },
    },
    async req => {
      const { id: template, member } = req.params
      await removeMember(app, template, member)
      await audit(app, {
        userId: req.user.userId,
        action: 'template.proof-member-removed',
        object: `template/${template}/proof-member/${member}`,
      })
      return { changed: 1 }
    },
  )
}
