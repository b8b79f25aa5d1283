import { sql } from 'kysely'
import type { z } from 'zod'
import { recordEvents, type SaidType, type saidEvents } from '../../collect/index.ts'
import type { App } from '../../platform/app.ts'
import { callChanged } from '../calls/push.ts'
import { openCase } from '../cases/open-case.ts'
import { askForCall } from '../tasks/ask-for-call.ts'
import { stopOffer, stopOffers } from '../tasks/stop-offers.ts'

export interface Said {
  eventId: string
  customerId: number
  channel: string
  at: Date
  communicationId: string
}

type Payload<Type extends SaidType> = z.output<(typeof saidEvents)[Type]>
export type Consequences = { [Type in SaidType]: (app: App, said: Said, payload: Payload<Type>) => Promise<void> }

const ALL = ['email', 'sms', 'call', 'letter'] as const

export const consequences: Consequences = {
  /** As an answer in the portal: it teaches the offer's acceptance, and calls that would make it again are not made. */
  async choice(app, { eventId, customerId, channel, at, communicationId }, { offer, answer }) {
    const type = answer === 'accept' ? 'accepted' : answer === 'refuse' ? 'declined' : 'replied'
    await recordEvents(app, [
      {
        eventId: `said:${eventId}`,
        customerId,
        type,
        channel,
        at,
        communicationId,
        payload: { offer, how: channel, said: answer },
      },
    ])
    if (answer !== 'later') await stopOffer(app, customerId, offer, type)
  },

  async 'callback-wished'(app, { eventId, customerId, channel }, { reason, at }) {
    const wanted = at ? new Date(at) : null
    await askForCall(app, {
      kind: 'callback',
      customerId,
      id: `said-${eventId}`,
      title: { en: `Wished for a call (${channel})`, zh: `客户要求回电（${channel}）` },
      reason: reason ?? '',
      // A time that is past by now is as soon as somebody is free.
      ...(wanted && wanted.getTime() > Date.now() ? { at: wanted } : {}),
    })
  },

  /** The desk shows the customer as the call rings on; once an agent has it, only the agent says who it is. */
  async 'identity-verified'(app, { customerId }, { call }) {
    await sql`UPDATE desk_calls SET customer_id = ${customerId}::int8, how = 'id', candidates = ${JSON.stringify([customerId])}::json,
      change = nextval('desk_calls_changes')
      WHERE call_id = ${call} AND task_id = '' AND state <> 'ended' AND NOT (how = 'id' AND customer_id = ${customerId}::int8)`.execute(
      app.workflow.db,
    )
    callChanged(app)
  },

  async 'stop-said'(app, { eventId, customerId, channel, at, communicationId }, { channels = ALL }) {
    await recordEvents(app, [
      {
        eventId: `said:${eventId}`,
        customerId,
        type: 'unsubscribed',
        channel,
        at,
        communicationId,
        payload: { consents: channels.map(one => ({ channel: one, granted: false })) },
      },
    ])
    if (channels.some(one => one === 'call')) await stopOffers(app, customerId, 'no-consent')
  },

  async 'case-said'(app, { eventId, customerId, channel, at, communicationId }, { kind, words, line }) {
    await openCase(app, {
      customerId,
      kind,
      words,
      communicationId,
      source: channel,
      sourceKey: `said:${eventId}`,
      at,
      ...(line ? { line } : {}),
    })
  },
}
