/** What an outcome sets in motion, written down with it (../tasks/ending.ts) so that it can be taken back. */
import { type Selectable, sql } from 'kysely'
import { standingConsents } from '../../collect/index.ts'
import type { App } from '../../platform/app.ts'
import { asJson, type WorkflowSchema } from '../../platform/stores/workflow/index.ts'
import type { WishChannel } from '../answers/wishes.ts'
import type { Done } from '../take-back/done.ts'
import type { Store } from '../tasks/task-table.ts'
import './tables.ts'

export type Ending = Selectable<WorkflowSchema['desk_endings']>

export const endingOf = ({ workflow }: Store, outcomeId: string): Promise<Ending | undefined> =>
  workflow.db.selectFrom('desk_endings').selectAll().where('outcome_id', '=', outcomeId).executeTakeFirst()

/** What else followed; told twice it is kept once. */
export async function remember({ workflow }: Store, outcomeId: string, done: readonly Done[]): Promise<void> {
  for (const one of done)
    await sql`UPDATE desk_endings SET done = (done::jsonb || ${asJson([one])}::jsonb)::json
      WHERE outcome_id = ${outcomeId} AND NOT done::jsonb @> ${asJson([one])}::jsonb`.execute(workflow.db)
}

interface Said {
  customerId: number
  outcomeId: string
  at: Date
  /** What the events say of consents. */
  consents: readonly { channel: WishChannel; granted: boolean }[]
  attributes: Readonly<Record<string, string>>
  surveyId: number | undefined
  events: readonly { eventId: string; type: string; offer: string }[]
}

/** Known before anything is written. Consents and a survey's invitation are looked at as they were until then. */
export async function whatFollows(app: App, said: Said): Promise<Done[]> {
  const { customerId, consents, attributes, surveyId } = said
  if (customerId === 0) return []
  const at = said.at.toISOString()
  const had = consents.length > 0 ? await consented(app, customerId) : []
  const wishes = (what: 'consents' | 'granted', granted: boolean): Done[] => {
    const channels = consents.flatMap(one => (one.granted === granted ? one.channel : []))
    return channels.length === 0
      ? []
      : [{ what, at, channels, had: had.filter(one => channels.includes(one)), customerId }]
  }
  return [
    ...said.events.flatMap(({ eventId, type, offer }): Done[] =>
      type === 'called' || type === 'answer' ? [{ what: 'event', type, eventId, offer, customerId }] : [],
    ),
    ...wishes('consents', false),
    ...wishes('granted', true),
    ...(Object.keys(attributes).length > 0 ? [{ what: 'attributes' as const, at, told: attributes, customerId }] : []),
    ...(surveyId === undefined
      ? []
      : [{ what: 'survey' as const, surveyId, customerId, before: await invitationOf(app, surveyId, customerId) }]),
  ]
}

async function consented(app: App, customerId: number): Promise<WishChannel[]> {
  const standing = await standingConsents(app, (await app.runs.latest('identity')) ?? 0, [customerId])
  return (['email', 'sms', 'call', 'letter'] as const).filter(one => standing.get(`${customerId}/${one}`)?.granted)
}

async function invitationOf({ workflow }: Store, surveyId: number, customerId: number) {
  const row = await workflow.db
    .selectFrom('survey_invitations')
    .select(['state', 'reason', 'asked_at', 'answered_at'])
    .where('survey_id', '=', surveyId)
    .where('customer_id', '=', customerId)
    .executeTakeFirst()
  return row
    ? { ...row, asked_at: row.asked_at.toISOString(), answered_at: row.answered_at?.toISOString() ?? null }
    : null
}
