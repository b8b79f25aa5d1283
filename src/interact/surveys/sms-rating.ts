/** A number sent back by SMS answers the first question of the survey that the number was last asked by SMS. */
import type { App } from '../../platform/app.ts'
import { sha256Of } from '../../platform/sha256.ts'
import { customersAt } from '../portal/known-by.ts'
import { readAnswers, stepsOf } from './survey.ts'
import { surveyOf } from './survey-store.ts'
import { takeAnswer } from './take-answer.ts'

const ANSWERED_WITHIN_MS = 14 * 24 * 3600_000
/** A number alone, or before a mark and words: "9", "9分", "9, thank you"; "10 days late" and "3.5" are none. */
const RATING = /^(10|\d)\s*(?:分|星|points?|stars?)?\s*(?:$|(?:[.,;:!。、\n]\s*)(?!\d)([\s\S]*)$)/iu

export interface Rating {
  value: string
  words: string
}

export function readRating(text: string): Rating | null {
  const read = RATING.exec(text.normalize('NFKC').trim())
  return read ? { value: read[1]!, words: (read[2] ?? '').trim() } : null
}

interface Reply {
  /** E.164. */
  from: string
  text: string
  /** Told twice, it is one. */
  key: string
  /** When the number was last sent anything else: what came after the question is what a number answers. */
  after: Date | null
}

/** null: this is no answer to a survey. `words`: what else was said, for a person to read. */
export async function takeSmsRating(app: App, { from, text, key, after }: Reply): Promise<Rating | null> {
  const said = readRating(text)
  const customers = said ? await customersAt(app, { channel: 'sms', address: from }) : []
  if (!said || customers.length === 0) return null
  const asked = await app.workflow.db
    .selectFrom('survey_invitations')
    .select(['survey_id', 'customer_id', 'asked_at'])
    .where('customer_id', 'in', customers)
    .where('channel', '=', 'sms')
    .where('state', 'in', ['asked', 'answered'])
    .where('asked_at', '>', new Date(Math.max(Date.now() - ANSWERED_WITHIN_MS, after?.getTime() ?? 0)))
    .orderBy('asked_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!asked) return null
  const { state, body } = await surveyOf(app, asked.survey_id)
  const [first, ...others] = body.questions
  if (state !== 'live' || !first || stepsOf(first).length === 0) return null
  const open = others.find(({ kind }) => kind === 'text')
  const answers = {
    [first.attribute]: said.value,
    ...(open && said.words !== '' ? { [open.attribute]: said.words } : {}),
  }
  if (!readAnswers(body, answers)) return null
  const whose = { surveyId: asked.survey_id, customerId: asked.customer_id, channel: 'sms' }
  const kept = await takeAnswer(app, { ...whose, answers, key: `sms:${sha256Of(key).slice(0, 32)}` })
  return kept ? said : null
}
