import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { permits } from '../../platform/auth/permissions.ts'
import * as api from './api.ts'
import { caseRows, caseView } from './case-view.ts'
import { addNote, assign, goOn, recategorise, resolveCase, wait } from './change-case.ts'
import { resolveMistaken } from './close-mistaken.ts'
import { countCases, findCases } from './list-cases.ts'
import { noteTold } from './note-told.ts'
import { openCase } from './open-case.ts'
import { caseSettings, saveCaseSettings } from './settings.ts'
import type { Case } from './with-note.ts'
import { workersOf } from './workers.ts'

const byId = z.object({ id: z.coerce.number().int().positive() })
const tags = ['cases']

export function caseRoutes(http: Http, app: App): void {
  const read = { config: { permission: 'cases.read' as const } }
  const work = { config: { permission: 'cases.work' as const } }

  http.get(
    '/cases',
    {
      ...read,
      schema: {
        tags,
        summary: 'Cases, the most urgent first',
        querystring: api.caseQuery,
        response: { 200: api.caseList },
      },
    },
    async req => {
      const [{ total, rows }, counts] = await Promise.all([
        findCases(app, req.query, req.user.userId),
        countCases(app, req.user.userId),
      ])
      return { total, rows: await caseRows(app, rows, permits(req.user, 'customers.contact')), counts }
    },
  )

  http.post(
    '/cases',
    { ...work, schema: { tags, summary: 'Open a case', body: api.openBody, response: { 200: api.opened } } },
    async req => {
      const { key, ...body } = req.body
      const given = { ...body, source: 'agent', userId: req.user.userId, ...(key ? { sourceKey: `agent:${key}` } : {}) }
      const { caseId } = await openCase(app, given)
      await audit(app, { userId: req.user.userId, action: 'case.open', object: `case/${caseId}` })
      return { caseId }
    },
  )

  http.get(
    '/cases/owners',
    {
      ...read,
      schema: {
        tags,
        summary: 'Who may work a case of a category',
        querystring: api.ownersQuery,
        response: { 200: api.owners },
      },
    },
    async req => ({ rows: await workersOf(app, req.query.category) }),
  )

  http.get(
    '/cases/settings',
    {
      ...read,
      schema: { tags, summary: 'Categories, deadlines and working hours', response: { 200: api.caseSettingsView } },
    },
    () => caseSettings(app),
  )

  http.put(
    '/cases/settings',
    {
      config: { permission: 'cases.manage' },
      schema: {
        tags,
        summary: 'Change them; open cases keep their deadline',
        body: api.caseSettingsView,
        response: { 200: api.caseSettingsView },
      },
    },
    async req => {
      await saveCaseSettings(app, req.body)
      await audit(app, { userId: req.user.userId, action: 'case.settings', object: 'cases/settings' })
      return caseSettings(app)
    },
  )

  http.get(
    '/cases/:id',
    {
      ...read,
      schema: {
        tags,
        summary: 'A case with everything done about it',
        params: byId,
        response: { 200: api.caseDetail },
      },
    },
    req => caseView(app, req.params.id, permits(req.user, 'customers.contact')),
  )

  const action = <Body extends z.ZodType>(
    name: string,
    summary: string,
    body: Body,
    change: (caseId: number, userId: number, body: z.output<Body>) => Promise<Case>,
  ): void => {
    http.post(
      `/cases/:id/${name}`,
      { ...work, schema: { tags, summary, params: byId, body, response: { 200: api.caseDetail } } },
      async req => {
        const { userId } = req.user
        await change(req.params.id, userId, req.body as z.output<Body>)
        await audit(app, { userId, action: `case.${name}`, object: `case/${req.params.id}` })
        return caseView(app, req.params.id, permits(req.user, 'customers.contact'))
      },
    )
  }

  action('note', 'Write something down', api.noteBody, (id, user, { text }) => addNote(app, id, user, text))
  action('owner', 'Take it, give it to somebody or back', api.ownerBody, (id, user, { owner }) =>
    assign(app, id, owner === 'me' ? user : owner, user),
  )
  action('wait', 'It waits for the customer; the clock stands', api.noteBody, (id, user, { text }) =>
    wait(app, id, user, text),
  )
  action('go-on', 'Go on with it, or open it again', api.noteBody, (id, user, { text }) => goOn(app, id, user, text))
  action('category', 'It is about something else', api.categoryBody, (id, user, { category }) =>
    recategorise(app, id, category, user),
  )
  action('resolve', 'It is resolved, or should never have been', api.resolveBody, (id, user, body) =>
    body.outcome === 'mistaken' ? resolveMistaken(app, id, user, body) : resolveCase(app, id, user, body),
  )
  action('told', 'The customer knows', api.noteBody, (id, user, { text }) => noteTold(app, id, user, text))
}
