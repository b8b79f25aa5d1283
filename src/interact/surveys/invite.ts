/** Asking customers: drawn at random, each once, through the gate like an offer, by e-mail or SMS with a link of their own. */

import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { customerContacts, recordEvents } from '../../collect/index.ts'
import { companyName, linkSettings } from '../../personalize/index.ts'
import type { App } from '../../platform/app.ts'
import { defineJob, type JobDefinition } from '../../platform/jobs/index.ts'
import { sha256Of } from '../../platform/sha256.ts'
import { textIn } from '../../platform/text.ts'
import { sendDirect } from '../direct/send-direct.ts'
import { refusals } from '../gate/gate.ts'
import { surveyErrors } from './errors.ts'
import { type Survey, stepsOf } from './survey.ts'
import { surveyOf } from './survey-store.ts'

const BLOCK = 200
const LATER_MS = 3600_000

export interface Ask {
  surveyId: number
  channel: 'email' | 'sms'
  /** Code of a segment; '' everybody. */
  segment: string
  most: number
}

export const inviteJob = defineJob({
  name: 'interact.ask-survey',
  version: 1,
  schema: z.object({
    surveyId: z.number(),
    channel: z.enum(['email', 'sms']),
    customers: z.array(z.number()).max(BLOCK),
  }),
  concurrency: 1,
  // What was sent before a kill has its row and is not asked again.
  retry: { limit: 5, delaySeconds: 30, backoff: true },
  async handle(data, { services: { app }, jobs }) {
    const customers = await inviteSome(app, data)
    if (customers.length > 0)
      await jobs.send(
        inviteJob as JobDefinition,
        { ...data, customers },
        { startAfter: new Date(Date.now() + LATER_MS) },
      )
  },
})
export const surveyJobs: readonly JobDefinition[] = [inviteJob as JobDefinition]

/** Drawn by the hash of survey and customer: a second round asks others. */
const DRAW = `
SELECT customer_id FROM golden_records
WHERE run_id = {identityRun:UInt64} AND if({channel:String} = 'email', email, mobile) != ''
  AND ({segment:String} = '' OR customer_id IN (
    SELECT customer_id FROM segment_members WHERE run_id = {segmentsRun:UInt64} AND segment = {segment:String}))
  AND customer_id NOT IN {asked:Array(UInt64)}
ORDER BY cityHash64(customer_id, {survey:UInt32}) LIMIT {most:UInt32}`

/** How many will be asked; the asking itself goes on in the background. */
export async function ask(app: App, { surveyId, channel, segment, most }: Ask): Promise<number> {
  const survey = await surveyOf(app, surveyId)
  if (survey.state !== 'live') throw surveyErrors['survey.not-live']({ id: surveyId, state: survey.state })
  const asked = await app.workflow.db
    .selectFrom('survey_invitations')
    .select('customer_id')
    .where('survey_id', '=', surveyId)
    .execute()
  const rows = await app.facts.query<{ customer_id: number }>(DRAW, {
    identityRun: (await app.runs.latest('identity')) ?? 0,
    segmentsRun: (await app.runs.latest('segments')) ?? 0,
    channel,
    segment,
    survey: surveyId,
    asked: asked.map(row => row.customer_id),
    most,
  })
  if (rows.length === 0) throw surveyErrors['survey.nobody']({ channel })
  for (let from = 0; from < rows.length; from += BLOCK)
    await app.jobs.send(inviteJob, {
      surveyId,
      channel,
      customers: rows.slice(from, from + BLOCK).map(row => row.customer_id),
    })
  return rows.length
}

/** Returns whom to ask later, since it is an hour they keep quiet. */
export async function inviteSome(
  app: App,
  { surveyId, channel, customers }: { surveyId: number; channel: 'email' | 'sms'; customers: readonly number[] },
  now = new Date(),
): Promise<number[]> {
  const survey = await surveyOf(app, surveyId)
  if (survey.state !== 'live') return []
  const later: number[] = []
  const identityRun = (await app.runs.latest('identity')) ?? 0
  const [contacts, sender, { publicUrl }] = await Promise.all([
    customerContacts(app, identityRun, customers),
    companyName(app),
    linkSettings(app),
  ])
  const today = now.toISOString().slice(0, 10)
  const wanted = [...contacts.values()].map(contact => ({
    contact,
    gate: {
      id: `survey-${surveyId}-${contact.customerId}`,
      customerId: contact.customerId,
      channel,
      class: 'offer',
      address: channel === 'email' ? contact.email : contact.mobile,
    },
  }))
  const refused = await refusals(
    app,
    { identityRun, asOf: today },
    wanted.map(({ gate }) => gate),
    now,
  )
  for (const { contact, gate } of wanted) {
    const token = randomBytes(16).toString('base64url')
    const reason = refused.get(gate.id) ?? ''
    if (reason === 'quiet-hours') {
      later.push(contact.customerId)
      continue
    }
    const fresh = await app.workflow.db
      .insertInto('survey_invitations')
      .values({
        survey_id: surveyId,
        customer_id: contact.customerId,
        token_hash: sha256Of(token),
        channel,
        language: contact.language,
        state: reason === '' ? 'asked' : 'refused',
        reason,
        asked_at: new Date(),
        answered_at: null,
      })
      .onConflict(conflict => conflict.columns(['survey_id', 'customer_id']).doNothing())
      .executeTakeFirst()
    if (reason !== '' || fresh.numInsertedOrUpdatedRows !== 1n) continue
    const link = `${publicUrl}/s/${token}`
    const language = contact.language === 'en' ? 'en' : 'zh-CN'
    const words = invitation(survey.body, { channel, sender: textIn(sender, language), language, link })
    const { verdict } = await sendDirect(app, {
      customerId: contact.customerId,
      language: contact.language,
      kind: 'survey',
      to: { channel, address: gate.address },
      ...words,
    })
    if (verdict.state === 'settled')
      await recordEvents(app, [
        {
          eventId: `sent:${gate.id}`,
          customerId: contact.customerId,
          type: 'sent',
          channel,
          at: new Date(),
          payload: { asOf: today, class: 'offer', offer: '', kind: 'survey', survey: surveyId },
        },
      ])
    else
      await app.workflow.db
        .updateTable('survey_invitations')
        .set({ state: 'failed', reason: verdict.reason })
        .where('survey_id', '=', surveyId)
        .where('customer_id', '=', contact.customerId)
        .execute()
  }
  return later
}

interface Invitation {
  channel: 'email' | 'sms'
  sender: string
  language: 'en' | 'zh-CN'
  link: string
}

/** Short enough for one SMS of the longer kind; where the first question wants a number, the number may be sent back as it is. */
function invitation(
  { name, questions }: Survey,
  { channel, sender, language, link }: Invitation,
): { subject: string; text: string } {
  const subject = textIn(name, language)
  const first = questions[0]
  const steps = first ? stepsOf(first) : []
  const range = { from: steps[0] ?? '', to: steps.at(-1) ?? '' }
  if (channel === 'sms' && first && steps.length > 0) {
    const ask = textIn(first.ask, language)
    return language === 'en'
      ? {
          subject,
          text: `${sender}: ${ask} Reply with a number from ${range.from} to ${range.to}, or answer here: ${link}`,
        }
      : { subject, text: `【${sender}】${ask}请直接回复 ${range.from} 到 ${range.to} 的数字，或点此作答：${link}` }
  }
  return language === 'en'
    ? { subject, text: `${sender}: ${subject}. ${questions.length} short question(s): ${link}` }
    : { subject, text: `【${sender}】${subject}，共 ${questions.length} 题：${link}` }
}
