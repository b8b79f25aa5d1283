/** Three questions at most, asked of whoever just did something here; answered or declined, they do not come back. */
import type { App, Http } from '../../platform/app.ts'
import { declineSurvey, surveyFor } from '../surveys/ask-here.ts'
import { surveyErrors } from '../surveys/errors.ts'
import { readAnswers, type Survey, surveySchema } from '../surveys/survey.ts'
import { questionFields } from '../surveys/survey-form.ts'
import { takeAnswer } from '../surveys/take-answer.ts'
import { portalErrors } from './errors.ts'
import { formOf, taken } from './forms.ts'
import { Html, html } from './html.ts'
import type { Place } from './place.ts'
import { type Answer, type Guest, inPath, notYours, type Page, signedIn } from './visit.ts'

const hide = { schema: { hide: true } } as const
/** Of the fields' names. */
const PREFIX = 'q-'

export function surveyRoutes(http: Http, app: App, place: Place): void {
  http.post(`${place.root}/surveys/:id`, hide, signedIn(app, place, post))
}

export async function surveyBox({ app, customerId, place, ...guest }: Guest): Promise<Html | null> {
  const found = await surveyFor(app, customerId, place.name)
  return found && boxOf({ app, customerId, place, ...guest }, found.surveyId, found.survey)
}

function boxOf(guest: Guest, surveyId: number, survey: Survey): Html {
  const { words, form, place, problem } = guest
  const before = Object.fromEntries(
    survey.questions.map(({ attribute }) => [attribute, form.get(`${PREFIX}${attribute}`) ?? '']),
  )
  // Our own questions alone, escaped.
  const fields = new Html(questionFields(survey, { say: words.text, before, prefix: PREFIX }))
  return html`<section class="survey no-print">${problem ? null : html`<h2>${words.text(survey.name)}</h2>`}
    ${formOf(guest, `${place.root}/surveys/${surveyId}`, html`${fields}<div class="actions"><button>${words.say('survey.send')}</button><button class="quiet" name="later" value="1" formnovalidate>${words.say('survey.later')}</button></div>`)}</section>`
}

async function post(guest: Guest): Promise<Answer> {
  const { app, place, customerId, form } = guest
  const id = inPath(guest, 'id')
  const row = /^\d{1,9}$/.test(id)
    ? await app.workflow.db
        .selectFrom('surveys')
        .select(['survey_id', 'body'])
        .where('survey_id', '=', Number(id))
        .where('state', '=', 'live')
        .executeTakeFirst()
    : undefined
  const survey = row && surveySchema.parse(row.body)
  if (!row || !survey?.where.includes(place.name)) return notYours(guest, id)
  const whose = { surveyId: row.survey_id, customerId, channel: place.name }
  return taken(
    guest,
    `survey-${row.survey_id}`,
    async key => {
      if (form.get('later') === '1') {
        await declineSurvey(app, whose)
        return place.root
      }
      const answers = Object.fromEntries(
        survey.questions.map(({ attribute }) => [attribute, form.get(`${PREFIX}${attribute}`) ?? '']),
      )
      const read = readAnswers(survey, answers)
      if (!read) throw surveyErrors['survey.bad-answer']()
      if (Object.keys(read).length === 0) throw portalErrors['portal.no-answer']()
      await takeAnswer(app, { ...whose, answers, key: `${place.name}:${key}` })
      return `${place.root}?done=survey`
    },
    async (again): Promise<Page> => ({
      title: guest.words.text(survey.name),
      body: boxOf(again, row.survey_id, survey),
    }),
  )
}
