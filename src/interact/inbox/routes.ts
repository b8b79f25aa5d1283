import { z } from 'zod'
import { customerContacts } from '../../collect/index.ts'
import { companyName } from '../../personalize/index.ts'
import type { App, Http } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { permits } from '../../platform/auth/permissions.ts'
import { peopleWho } from '../../platform/auth/users.ts'
import { textIn } from '../../platform/text.ts'
import { shownPart } from '../take-back/part.ts'
import { fragmentsFor } from './answer-fragments.ts'
import { answerThread } from './answer-thread.ts'
import {
  answerBody,
  classBody,
  correctionView,
  customerBody,
  answerFragments as fragmentsShape,
  labelBody,
  modelList,
  ownerBody,
  settingsView,
  stateBody,
  threadCustomer,
  threadDetail,
  threadList,
  threadOwners,
  threadQuery,
} from './api.ts'
import { attachmentBytes } from './attachments.ts'
import { giveTo, labelsWaiting, setClass, setCustomer, setOwner, setState } from './change-thread.ts'
import { correction } from './correction.ts'
import { customerBeside } from './customer-beside.ts'
import { inboxErrors } from './errors.ts'
import { listThreads } from './list-threads.ts'
import { retrain } from './model-store.ts'
import { readInboxSettings, saveInboxSettings } from './settings.ts'
import { threadById, threadView } from './thread-view.ts'
import { todaysNumber } from './todays-number.ts'

const byId = z.object({ id: z.coerce.number().int().positive() })
const tags = ['inbox']

export function inboxRoutes(http: Http, app: App): void {
  const read = { config: { permission: 'inbox.read' as const } }
  const work = { config: { permission: 'inbox.work' as const } }

  http.get(
    '/inbox/threads',
    {
      ...read,
      schema: {
        tags,
        summary: 'What customers wrote, the newest first',
        querystring: threadQuery,
        response: { 200: threadList },
      },
    },
    req => listThreads(app, req.query, req.user.userId, permits(req.user, 'customers.contact')),
  )

  http.get(
    '/inbox/threads/:id',
    {
      ...read,
      schema: { tags, summary: 'A thread with every message', params: byId, response: { 200: threadDetail } },
    },
    req => threadView(app, req.params.id, permits(req.user, 'customers.contact')),
  )

  http.get(
    '/inbox/threads/:id/customer',
    {
      ...read,
      schema: {
        tags,
        summary: 'Who writes: value and risk in words, what is open with them, what they last had from us',
        params: byId,
        response: { 200: threadCustomer },
      },
    },
    req => customerBeside(app, req.params.id, req.user),
  )

  http.get(
    '/inbox/settings',
    { ...read, schema: { tags, summary: 'What follows from messages by itself', response: { 200: settingsView } } },
    () => readInboxSettings(app),
  )
  http.put(
    '/inbox/settings',
    {
      config: { permission: 'inbox.manage' },
      schema: { tags, summary: 'Change it', body: settingsView, response: { 200: settingsView } },
    },
    async req => {
      await saveInboxSettings(app, req.body)
      await audit(app, {
        userId: req.user.userId,
        action: 'inbox.settings',
        object: 'inbox/settings',
        detail: req.body,
      })
      return readInboxSettings(app)
    },
  )

  http.get(
    '/inbox/owners',
    { ...work, schema: { tags, summary: 'Who may work a thread', response: { 200: threadOwners } } },
    async () => ({ rows: await peopleWho(app, 'inbox.work') }),
  )

  const action = <Body extends z.ZodType>(
    name: string,
    summary: string,
    body: Body,
    change: (id: number, userId: number, body: z.output<Body>) => Promise<void>,
  ): void => {
    http.post(
      `/inbox/threads/:id/${name}`,
      { ...work, schema: { tags, summary, params: byId, body, response: { 200: threadDetail } } },
      async req => {
        const { userId } = req.user
        await change(req.params.id, userId, req.body as z.output<Body>)
        await audit(app, { userId, action: `inbox.${name}`, object: `inbox/${req.params.id}` })
        return threadView(app, req.params.id, permits(req.user, 'customers.contact'))
      },
    )
  }

  action('owner', 'Take it, give it to a colleague or back', ownerBody, (id, user, { owner }) =>
    typeof owner === 'number' ? giveTo(app, id, owner) : setOwner(app, id, owner === 'me' ? user : null),
  )
  action('state', 'Close it, let it rest, open it again', stateBody, (id, _, { state, until }) =>
    setState(app, id, state, until),
  )
  action('customer', 'Whose it is', customerBody, (id, _, { customerId }) => setCustomer(app, id, customerId))
  action('answer', 'Answer by the channel of the thread', answerBody, (id, user, body) =>
    answerThread(app, id, user, body),
  )

  http.get(
    '/inbox/threads/:id/fragments',
    {
      ...work,
      schema: { tags, summary: 'Sentences to answer with', params: byId, response: { 200: fragmentsShape } },
    },
    async req => {
      const thread = await threadById(app, req.params.id)
      const runId = await app.runs.latest('identity')
      const customerId = await todaysNumber(app, thread.customer_id)
      const contact = runId === null ? undefined : (await customerContacts(app, runId, [customerId])).get(customerId)
      const company = await companyName(app)
      const known = {
        'customer.name': contact?.name ?? '',
        'customer.familyName': contact?.familyName ?? '',
        'brand.name': textIn(company, thread.language === 'en' ? 'en' : 'zh-CN'),
      }
      return { rows: await fragmentsFor(app, thread.language, known) }
    },
  )

  http.get(
    '/inbox/messages/:id/correction',
    {
      ...work,
      schema: {
        tags,
        summary:
          'What would happen if a person said that a message means this: what is taken back, what stays, what follows',
        params: byId,
        querystring: classBody,
        response: { 200: correctionView },
      },
    },
    req => correction(app, req.params.id, req.query.class, req.user.userId),
  )

  http.post(
    '/inbox/messages/:id/class',
    {
      ...work,
      schema: {
        tags,
        summary: 'Say what a message means',
        params: byId,
        body: labelBody,
        response: { 200: threadDetail },
      },
    },
    async req => {
      const { userId } = req.user
      const { threadId, from, back } = await setClass(app, req.params.id, userId, req.body.class, req.body.tell)
      await audit(app, {
        userId,
        action: 'inbox.class',
        object: `inbox/${threadId}`,
        detail: {
          class: req.body.class,
          tell: req.body.tell,
          from,
          takenBack: back.filter(part => part.stays === null).map(shownPart),
          stays: back.filter(part => part.stays !== null).map(shownPart),
        },
      })
      return threadView(app, threadId, permits(req.user, 'customers.contact'))
    },
  )

  http.get(
    '/inbox/messages/:id/attachments/:number',
    {
      ...read,
      schema: {
        tags,
        summary: 'A file that came with a message, as a download and nothing else',
        params: byId.extend({ number: z.coerce.number().int().min(0).max(1000) }),
      },
    },
    async (req, reply) => {
      const { id, number } = req.params
      const row = await app.workflow.db
        .selectFrom('inbox_messages')
        .select(['source_key', 'attachments', 'thread_id'])
        .where('message_id', '=', id)
        .executeTakeFirst()
      const file = row?.attachments[number]
      if (!row || !file || file.refused)
        throw inboxErrors['inbox.no-attachment']({
          id: String(id),
          number: String(number),
          reason: file?.refused ?? '–',
        })
      const { userId } = req.user
      await audit(app, { userId, action: 'inbox.attachment', object: `inbox/${row.thread_id}`, detail: { number } })
      return reply
        .header('content-type', 'application/octet-stream')
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`)
        .header('x-content-type-options', 'nosniff')
        .header('content-security-policy', "default-src 'none'; sandbox")
        .send(await attachmentBytes(app, row.source_key, number))
    },
  )

  const models = async (): Promise<z.output<typeof modelList>> => {
    const rows = await app.workflow.db
      .selectFrom('inbox_models')
      .select(['version', 'made_at', 'seed', 'labels', 'f1', 'f1_by'])
      .orderBy('version', 'desc')
      .limit(50)
      .execute()
    return {
      rows: rows.map(({ made_at, f1_by, ...row }) => ({ ...row, madeAt: made_at.toISOString(), f1By: f1_by })),
      waiting: await labelsWaiting(app),
    }
  }
  http.get(
    '/inbox/models',
    {
      ...read,
      schema: { tags, summary: 'Versions of the classifier and how good they are', response: { 200: modelList } },
    },
    models,
  )
  http.post(
    '/inbox/models',
    { ...work, schema: { tags, summary: 'Learn from the corrections now', response: { 200: modelList } } },
    async req => {
      const { version } = await retrain(app)
      await audit(app, { userId: req.user.userId, action: 'inbox.retrain', object: `inbox/model/${version}` })
      return models()
    },
  )
}
