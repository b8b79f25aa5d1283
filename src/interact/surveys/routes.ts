import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { hider } from '../hide-personal.ts'
import * as api from './api.ts'
import { surveyFor } from './ask-here.ts'
import { ask } from './invite.ts'
import { resultsOf } from './results.ts'
import { addSurvey, changeSurvey, listSurveys, setSurveyState, surveyOf } from './survey-store.ts'
import { takeAnswer } from './take-answer.ts'

const byId = z.object({ id: z.coerce.number().int().positive() })
const tags = ['surveys']

export function surveyRoutes(http: Http, app: App): void {
  const read = { config: { permission: 'surveys.read' as const } }
  const write = { config: { permission: 'surveys.write' as const } }

  http.get(
    '/surveys',
    { ...read, schema: { tags, summary: 'Surveys, the newest first', response: { 200: api.surveyList } } },
    async () => {
      const counts = await app.workflow.db
        .selectFrom('survey_invitations')
        .select(eb => ['survey_id', 'state', eb.fn.countAll<number>().as('n')])
        .groupBy(['survey_id', 'state'])
        .execute()
      const of = (id: number, states: readonly string[]) =>
        counts.reduce((sum, row) => sum + (row.survey_id === id && states.includes(row.state) ? Number(row.n) : 0), 0)
      return {
        rows: (await listSurveys(app)).map(row => ({
          surveyId: row.survey_id,
          name: row.body.name,
          state: row.state,
          questions: row.body.questions.length,
          asked: of(row.survey_id, ['asked', 'answered']),
          answered: of(row.survey_id, ['answered']),
          createdAt: row.created_at.toISOString(),
        })),
      }
    },
  )

  http.post(
    '/surveys',
    { ...write, schema: { tags, summary: 'A new draft', body: api.surveyBody, response: { 200: api.surveyMade } } },
    async req => {
      const surveyId = await addSurvey(app, req.body, req.user.userId)
      await audit(app, { userId: req.user.userId, action: 'survey.add', object: `survey/${surveyId}` })
      return { surveyId }
    },
  )

  http.put(
    '/surveys/:id',
    {
      ...write,
      schema: {
        tags,
        summary: 'Change a draft',
        params: byId,
        body: api.surveyBody,
        response: { 200: api.surveyMade },
      },
    },
    async req => {
      await changeSurvey(app, req.params.id, req.body)
      await audit(app, { userId: req.user.userId, action: 'survey.change', object: `survey/${req.params.id}` })
      return { surveyId: req.params.id }
    },
  )

  http.get(
    '/surveys/to-ask',
    {
      config: { permission: 'tasks.work' },
      schema: {
        tags,
        summary: 'What to ask a customer at the end of a call',
        querystring: api.toAskQuery,
        response: { 200: api.toAsk },
      },
    },
    async req => {
      const found = await surveyFor(app, req.query.customer, 'desk')
      return { survey: found && { surveyId: found.surveyId, body: found.survey } }
    },
  )

  http.get(
    '/surveys/:id',
    {
      ...read,
      schema: { tags, summary: 'A survey and what it told', params: byId, response: { 200: api.surveyDetail } },
    },
    async req => {
      const survey = await surveyOf(app, req.params.id)
      const results = await resultsOf(app, survey.survey_id)
      const hide = hider('', req.user)
      return {
        surveyId: survey.survey_id,
        state: survey.state,
        body: survey.body,
        liveAt: survey.live_at?.toISOString() ?? null,
        ...results,
        words: results.words.map(said => ({ ...said, rows: said.rows.map(row => ({ ...row, text: hide(row.text) })) })),
      }
    },
  )

  http.post(
    '/surveys/:id/state',
    {
      ...write,
      schema: {
        tags,
        summary: 'Open it for answers, or close it',
        params: byId,
        body: api.stateBody,
        response: { 200: api.surveyMade },
      },
    },
    async req => {
      await setSurveyState(app, req.params.id, req.body.state)
      await audit(app, {
        userId: req.user.userId,
        action: `survey.${req.body.state}`,
        object: `survey/${req.params.id}`,
      })
      return { surveyId: req.params.id }
    },
  )

  http.post(
    '/surveys/:id/ask',
    {
      ...write,
      schema: {
        tags,
        summary: 'Ask customers drawn at random, each once',
        params: byId,
        body: api.askBody,
        response: { 200: api.asked },
      },
    },
    async req => {
      const customers = await ask(app, { surveyId: req.params.id, ...req.body })
      await audit(app, {
        userId: req.user.userId,
        action: 'survey.ask',
        object: `survey/${req.params.id}`,
        detail: { ...req.body, customers },
      })
      return { customers }
    },
  )

  http.post(
    '/surveys/:id/answers',
    {
      config: { permission: 'customers.answer' },
      schema: {
        tags,
        summary: 'What a customer answers on the line',
        params: byId,
        body: api.answerBody,
        response: { 200: api.answerTaken },
      },
    },
    async req => {
      const kept = await takeAnswer(app, {
        surveyId: req.params.id,
        customerId: req.body.customerId,
        channel: 'desk',
        answers: req.body.answers,
        actor: String(req.user.userId),
      })
      return { kept }
    },
  )
}
