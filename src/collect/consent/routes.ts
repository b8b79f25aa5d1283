import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { permits } from '../../platform/auth/permissions.ts'
import { mask } from '../../platform/masking.ts'
import { goldenRecord } from '../customers/detail.ts'
import { currentNumber, identityRun } from '../customers/run.ts'
import {
  changedList,
  customerConsentView,
  entriesQuery,
  lookedUp,
  newList,
  newWording,
  purposeList,
  recorded,
  statementBody,
  suppressionList,
  uploaded,
  verified,
  wordingList,
} from './api.ts'
import { customerConsents } from './customer-view.ts'
import { PREFERENCES } from './preference-values.ts'
import { purposes } from './purposes.ts'
import { recordStatements } from './record-statements.ts'
import type { Statement } from './statement.ts'
import { changeEntries, listSizes, listsWith, undoUpload } from './suppression/entries.ts'
import { addList, changeList, suppressionLists } from './suppression/lists.ts'
import { verifyConsents } from './verify.ts'
import { addWording, wordings } from './wordings.ts'

const tags = ['consent']
const byId = z.object({ id: z.coerce.number().int().positive() })
const byCode = z.object({ code: z.string() })
/** A do-not-call file of a million numbers with names beside them. */
const MOST_UPLOAD = 64 * 1024 * 1024

export function consentRoutes(http: Http, app: App): void {
  const read = { permission: 'customers.read' } as const
  const manage = { permission: 'consent.manage' } as const

  http.get(
    '/consent/purposes',
    { config: read, schema: { tags, summary: 'What consent is asked for', response: { 200: purposeList } } },
    async () => ({ rows: await purposes(app) }),
  )

  http.get(
    '/consent/wordings',
    { config: read, schema: { tags, summary: 'The words people agreed to', response: { 200: wordingList } } },
    async () => ({ rows: await wordings(app) }),
  )

  http.post(
    '/consent/wordings',
    {
      config: manage,
      schema: {
        tags,
        summary: 'A new version of a wording',
        body: newWording,
        response: { 201: z.object({ version: z.number() }) },
      },
    },
    async (req, reply) => {
      const version = await addWording(app, req.body, req.user.userId)
      const object = `wording/${req.body.code}`
      await audit(app, { userId: req.user.userId, action: 'consent.wording', object, detail: { version } })
      return reply.code(201).send({ version })
    },
  )

  http.get(
    '/consent/verify',
    {
      config: manage,
      schema: { tags, summary: 'Whether the ledger is as it was written', response: { 200: verified } },
    },
    async () => verifyConsents(app),
  )

  http.get(
    '/customers/:id/consents',
    {
      config: read,
      schema: {
        tags,
        summary: 'Consent and preferences of a customer, with evidence',
        params: byId,
        response: { 200: customerConsentView },
      },
    },
    async req => {
      const run = await identityRun(app)
      const view = await customerConsents(app, run, await currentNumber(app, run, req.params.id))
      if (permits(req.user, 'customers.contact')) return view
      // Where the evidence lies may name a person: an address, a recording.
      const history = view.history.map(row => ({ ...row, evidenceRef: mask('id', row.evidenceRef) }))
      return { ...view, history }
    },
  )

  http.post(
    '/customers/:id/consents',
    {
      config: { permission: 'customers.answer' },
      schema: {
        tags,
        summary: 'What the customer says of consent and preferences; holds at once',
        params: byId,
        body: statementBody,
        response: { 200: recorded },
      },
    },
    async req => {
      const run = await identityRun(app)
      const id = await currentNumber(app, run, req.params.id)
      await goldenRecord(app, run, id)
      const { consents, preferences, id: statementId, ...evidence } = req.body
      const common = { customerId: id, at: new Date(), source: 'app', actor: req.user.userId, ...evidence }
      const statements: Statement[] = [
        ...consents.map(consent => ({
          ...common,
          ...consent,
          kind: 'consent' as const,
          id: `${statementId}:${consent.purpose}:${consent.channel}`,
        })),
        ...PREFERENCES.filter(name => preferences[name] !== undefined).map(name => ({
          ...common,
          kind: 'preference' as const,
          id: `${statementId}:${name}`,
          name,
          value: preferences[name]!,
        })),
      ]
      const result = await recordStatements(app, statements)
      await audit(app, {
        userId: req.user.userId,
        action: 'consent.record',
        object: `customer/${id}`,
        detail: { statements: statements.map(statement => statement.id.split(':').slice(1).join('/')) },
      })
      return result
    },
  )

  http.get(
    '/suppression',
    { config: manage, schema: { tags, summary: 'Suppression lists', response: { 200: suppressionList } } },
    async () => {
      const [lists, sizes, uploads] = await Promise.all([
        suppressionLists(app),
        listSizes(app),
        app.workflow.db.selectFrom('suppression_uploads').selectAll().orderBy('id', 'desc').limit(100).execute(),
      ])
      return {
        rows: lists.map(list => ({ ...list, entries: sizes.get(list.code) ?? 0 })),
        uploads: uploads.map(({ by_user, at, ...upload }) => ({ ...upload, byUser: by_user, at: at.toISOString() })),
      }
    },
  )

  http.post(
    '/suppression',
    {
      config: manage,
      schema: { tags, summary: 'A new list', body: newList, response: { 201: z.object({ code: z.string() }) } },
    },
    async (req, reply) => {
      await addList(app, { ...req.body, active: true }, req.user.userId)
      const object = `suppression/${req.body.code}`
      await audit(app, { userId: req.user.userId, action: 'suppression.list', object, detail: req.body })
      return reply.code(201).send({ code: req.body.code })
    },
  )

  http.put(
    '/suppression/:code',
    {
      config: manage,
      schema: { tags, summary: 'What a list closes', params: byCode, body: changedList, response: { 204: z.null() } },
    },
    async (req, reply) => {
      await changeList(app, req.params.code, req.body)
      const object = `suppression/${req.params.code}`
      await audit(app, { userId: req.user.userId, action: 'suppression.change', object, detail: req.body })
      return reply.code(204).send(null)
    },
  )

  http.post(
    '/suppression/:code/entries',
    {
      bodyLimit: MOST_UPLOAD,
      config: manage,
      schema: {
        tags,
        summary: 'Entries of a file, one a line: put on the list, or taken off; holds at once',
        params: byCode,
        querystring: entriesQuery,
        body: z.object({ text: z.string() }),
        response: { 200: uploaded },
      },
    },
    async req => {
      const { kind, hashed, removes, until, why, file } = req.query
      const upload = {
        kind,
        hashed,
        removes,
        why,
        file,
        until: until ?? null,
        list: req.params.code,
        userId: req.user.userId,
      }
      const result = await changeEntries(app, upload, req.body.text.split(/\r?\n/))
      await audit(app, {
        userId: req.user.userId,
        action: removes ? 'suppression.remove' : 'suppression.add',
        object: `suppression/${req.params.code}`,
        detail: { upload: result.uploadId, kind, entries: result.entries, refused: result.refused, why },
      })
      return result
    },
  )

  http.delete(
    '/suppression/uploads/:id',
    {
      config: manage,
      schema: {
        tags,
        summary: 'Takes an upload back',
        params: byId,
        response: { 200: z.object({ entries: z.number() }) },
      },
    },
    async req => {
      const result = await undoUpload(app, req.params.id)
      const object = `suppression-upload/${req.params.id}`
      await audit(app, { userId: req.user.userId, action: 'suppression.undo', object, detail: result })
      return result
    },
  )

  http.post(
    '/suppression/lookup',
    {
      config: manage,
      schema: {
        tags,
        summary: 'The lists a value stands on',
        body: z.object({ value: z.string().min(1).max(300) }),
        response: { 200: lookedUp },
      },
    },
    async req => ({ rows: await listsWith(app, req.body.value) }),
  )
}
