import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import * as api from './api.ts'
import { circleBody } from './circle.ts'
import { addCircle, type Circle, changeCircle, checkOf, circleById, moveCircle, note } from './circles.ts'
import { type Names, namesOf } from './names.ts'

const tags = ['team']
const byId = z.object({ id: z.coerce.number().int().positive() })

export function circleRoutes(http: Http, app: App): void {
  const read = { config: { permission: 'team.read' as const } }
  const write = { config: { permission: 'team.write' as const } }
  const told = (userId: number, action: string, circleId: number): Promise<void> =>
    audit(app, { userId, action: `team.circle-${action}`, object: `circle/${circleId}` })

  http.get(
    '/team/circles',
    { ...read, schema: { tags, summary: 'Circles of improvement', response: { 200: api.circleList } } },
    async () => {
      const rows = await app.workflow.db
        .selectFrom('improvement_circles')
        .selectAll()
        .orderBy('circle_id', 'desc')
        .limit(200)
        .execute()
      const names = await namesOf(app)
      return { rows: rows.map(row => rowView(row, names)) }
    },
  )
  http.post(
    '/team/circles',
    { ...write, schema: { tags, summary: 'A new circle', body: api.circleNew, response: { 200: api.circleMade } } },
    async req => {
      if (req.body.follows !== null) await circleById(app, req.body.follows)
      const circleId = await addCircle(app, { ...req.body, userId: req.user.userId })
      await told(req.user.userId, 'add', circleId)
      return { circleId }
    },
  )
  http.get(
    '/team/circles/:id',
    {
      ...read,
      schema: { tags, summary: 'A circle with its check', params: byId, response: { 200: api.circleDetail } },
    },
    async req => {
      const circle = await circleById(app, req.params.id)
      const { db } = app.workflow
      const [check, notes, next, names] = await Promise.all([
        checkOf(app, circle.body),
        db
          .selectFrom('improvement_notes')
          .selectAll()
          .where('circle_id', '=', circle.circle_id)
          .orderBy('note_id', 'desc')
          .execute(),
        db.selectFrom('improvement_circles').select('circle_id').where('follows', '=', circle.circle_id).execute(),
        namesOf(app),
      ])
      return {
        ...rowView(circle, names),
        check,
        next: next.map(row => row.circle_id),
        notes: notes.map(row => ({
          kind: row.kind,
          text: row.text,
          by: names.user(row.by_user),
          at: row.at.toISOString(),
        })),
      }
    },
  )
  http.put(
    '/team/circles/:id',
    {
      ...write,
      schema: { tags, summary: 'Change it', params: byId, body: circleBody, response: { 200: api.ok } },
    },
    async req => {
      await changeCircle(app, req.params.id, req.body, req.user.userId)
      await told(req.user.userId, 'change', req.params.id)
      return { done: true }
    },
  )
  http.post(
    '/team/circles/:id/state',
    {
      ...write,
      schema: {
        tags,
        summary: 'On to the next step, or back',
        params: byId,
        body: api.stateBody,
        response: { 200: api.ok },
      },
    },
    async req => {
      await moveCircle(app, req.params.id, req.body.state, req.user.userId)
      await told(req.user.userId, req.body.state, req.params.id)
      return { done: true }
    },
  )
  http.post(
    '/team/circles/:id/notes',
    {
      ...write,
      schema: { tags, summary: 'Write a note', params: byId, body: api.noteBody, response: { 200: api.ok } },
    },
    async req => {
      await circleById(app, req.params.id)
      await note(app, req.params.id, { kind: 'note', text: req.body.text, userId: req.user.userId })
      return { done: true }
    },
  )
}

const rowView = (row: Circle, names: Names): z.infer<typeof api.circleRow> => ({
  circleId: row.circle_id,
  state: row.state,
  body: row.body,
  listName: names.list(row.body.plan.list),
  follows: row.follows,
  changedAt: row.changed_at.toISOString(),
})
