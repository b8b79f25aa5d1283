/** What a customer answered at the end of a call, or that they would rather not, goes along with the outcome. */
import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { HuiyinError } from '../../platform/errors.ts'
import type { outcomeBody } from '../api.ts'
import type { AfterCall } from '../tasks/after-calls.ts'
import { declineSurvey } from './ask-here.ts'
import { surveyErrors } from './errors.ts'
import { readAnswers } from './survey.ts'
import { surveyOf } from './survey-store.ts'
import { answerId, takeAnswer } from './take-answer.ts'

type Said = z.output<typeof outcomeBody>['survey']

/** Before anything of the call is written: an answer that is none of those asked for is the agent's to put right. */
export async function checkSurveySaid(app: App, said: Said): Promise<void> {
  if (!said) return
  const { body } = await surveyOf(app, said.surveyId)
  if (!readAnswers(body, said.answers)) throw surveyErrors['survey.bad-answer']()
}

export const surveyAnswered: AfterCall = async (app, { task, outcome, userId, eventId, at }) => {
  const said = outcome.survey
  if (!said || task.customer_id === 0) return []
  const { surveyId, answers } = said
  const whose = { surveyId, customerId: task.customer_id, channel: 'desk' }
  if (Object.values(answers).every(value => value.trim() === '')) {
    await declineSurvey(app, whose)
    return []
  }
  try {
    await takeAnswer(app, { ...whose, answers, actor: String(userId), key: eventId }, at)
    const told = { customerId: task.customer_id, at: at.toISOString(), told: answers }
    return [
      {
        what: 'event',
        type: 'survey-answered',
        eventId: answerId(whose, eventId),
        offer: '',
        customerId: task.customer_id,
      },
      { what: 'attributes', ...told },
    ]
  } catch (error) {
    // Closed while they talked: the call is as it was.
    if (!(error instanceof HuiyinError) || error.code !== 'survey.not-live') throw error
    app.log.warn({ survey: surveyId }, 'answers to a survey that was closed meanwhile')
    return []
  }
}
