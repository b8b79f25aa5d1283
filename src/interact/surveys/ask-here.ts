/** Asking whoever is here anyway: in the portal or at a kiosk after what they did, on the telephone at the end of the call. */
import { randomUUID } from 'node:crypto'
import type { App } from '../../platform/app.ts'
import { sha256Of } from '../../platform/sha256.ts'
import { numbersOf } from '../portal/known-by.ts'
import { type Survey, type SurveyPlace, surveySchema } from './survey.ts'

/** Whoever was asked something is left in peace so long. */
const PEACE_MS = 30 * 24 * 3600_000
export const NOT_NOW = 'not-now'

export interface SurveyHere {
  surveyId: number
  survey: Survey
}

/** The newest live survey of this place that the customer was not asked; null: none, or they were asked something lately. */
export async function surveyFor(app: App, customerId: number, place: SurveyPlace): Promise<SurveyHere | null> {
  const live = await app.workflow.db
    .selectFrom('surveys')
    .select(['survey_id', 'body'])
    .where('state', '=', 'live')
    .orderBy('live_at', 'desc')
    .limit(100)
    .execute()
  const here = live.flatMap(({ survey_id: surveyId, body }) => {
    const survey = surveySchema.parse(body)
    return survey.where.includes(place) ? { surveyId, survey } : []
  })
  if (here.length === 0) return null
  const asked = await app.workflow.db
    .selectFrom('survey_invitations')
    .select(['survey_id', 'asked_at'])
    .where('customer_id', 'in', await numbersOf(app, customerId))
    // What the gate refused or the network lost never reached them.
    .where(eb => eb.or([eb('state', 'in', ['asked', 'answered']), eb('reason', '=', NOT_NOW)]))
    .execute()
  if (asked.some(({ asked_at }) => Date.now() - asked_at.getTime() < PEACE_MS)) return null
  return here.find(({ surveyId }) => !asked.some(row => row.survey_id === surveyId)) ?? null
}

/** They would rather not: not asked again. */
export async function declineSurvey(
  { workflow }: Pick<App, 'workflow'>,
  { surveyId, customerId, channel }: { surveyId: number; customerId: number; channel: string },
): Promise<void> {
  await workflow.db
    .insertInto('survey_invitations')
    .values({
      survey_id: surveyId,
      customer_id: customerId,
      token_hash: sha256Of(randomUUID()),
      channel,
      language: '',
      state: 'refused',
      reason: NOT_NOW,
      asked_at: new Date(),
      answered_at: null,
    })
    .onConflict(conflict =>
      conflict
        .columns(['survey_id', 'customer_id'])
        .doUpdateSet({ state: 'refused', reason: NOT_NOW, asked_at: new Date() })
        .where('survey_invitations.state', '!=', 'answered'),
    )
    .execute()
}
