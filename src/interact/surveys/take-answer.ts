/** An answer becomes research attributes of the customer at once, and an event that tells which survey and channel it came by. */

import { randomUUID } from 'node:crypto'
import { recordEvents, tellAttributes } from '../../collect/index.ts'
import type { App } from '../../platform/app.ts'
import { sha256Of } from '../../platform/sha256.ts'
import { fatesOf } from '../tasks/identity-fate.ts'
import { surveyErrors } from './errors.ts'
import { readAnswers } from './survey.ts'
import { surveyOf } from './survey-store.ts'

export interface SurveyAnswer {
  surveyId: number
  customerId: number
  /** email | sms | portal | kiosk | desk */
  channel: string
  answers: Readonly<Record<string, string>>
  actor?: string
  /** What it came with (a form, a call, a message): told twice, it is one answer. */
  key?: string
}

/** Of the event that says so. */
export const answerId = (
  { surveyId, customerId }: Pick<SurveyAnswer, 'surveyId' | 'customerId'>,
  key: string,
): string => `survey:${surveyId}:${customerId}:${key}`

/** Answered again, the later answer holds. False: the customer is not there any more, nothing is kept. */
export async function takeAnswer(app: App, given: SurveyAnswer, at = new Date()): Promise<boolean> {
  const survey = await surveyOf(app, given.surveyId)
  if (survey.state !== 'live') throw surveyErrors['survey.not-live']({ id: given.surveyId, state: survey.state })
  const answers = readAnswers(survey.body, given.answers)
  if (!answers || Object.keys(answers).length === 0) throw surveyErrors['survey.bad-answer']()
  const asked = await app.workflow.db
    .selectFrom('survey_invitations')
    .select('asked_at')
    .where('survey_id', '=', given.surveyId)
    .where('customer_id', '=', given.customerId)
    .executeTakeFirst()
  const since = asked?.asked_at ?? survey.live_at ?? at
  const fate = (await fatesOf(app, [{ customerId: given.customerId, since }])).get(given.customerId)
  if (!fate || fate.kind === 'erased' || fate.kind === 'gone') return false
  await tellAttributes(app, fate.customerId, answers, at)
  await recordEvents(app, [
    {
      eventId: answerId(given, given.key ?? String(at.getTime())),
      customerId: fate.customerId,
      type: 'survey-answered',
      channel: given.channel,
      at,
      actor: given.actor ?? '',
      payload: { survey: given.surveyId, answers },
    },
  ])
  // Whoever was not invited (a call, a kiosk) has answered all the same.
  await app.workflow.db
    .insertInto('survey_invitations')
    .values({
      survey_id: given.surveyId,
      customer_id: given.customerId,
      token_hash: sha256Of(randomUUID()),
      channel: given.channel,
      language: '',
      state: 'answered',
      reason: '',
      asked_at: at,
      answered_at: at,
    })
    .onConflict(conflict =>
      conflict.columns(['survey_id', 'customer_id']).doUpdateSet({ state: 'answered', answered_at: at }),
    )
    .execute()
  return true
}
