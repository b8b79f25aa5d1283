/** Consent that customers gave or took back in an event (an answer, a call, an unsubscribe): into the ledger, with the event as evidence. */
import { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { recordStatements } from './record-statements.ts'
import { ALL_CHANNELS, type Statement } from './statement.ts'

const said = z.object({
  channel: z.string().default(ALL_CHANNELS),
  granted: z.boolean(),
  purpose: z.string().default('marketing'),
  wording: z.string().default(''),
  wordingVersion: z.number().int().default(0),
})

interface ConsentEvent {
  eventId: string
  customerId: number
  type: string
  at: Date
  channel: string
  actor: string
  payload: Record<string, unknown>
}

export function statementsIn(events: readonly ConsentEvent[]): Statement[] {
  return events.flatMap(event => {
    const consents = event.payload['consents']
    if (!Array.isArray(consents)) return []
    return consents.flatMap((item, index): Statement[] => {
      const read = said.safeParse(item)
      if (!read.success) return []
      const { channel, granted, purpose, wording, wordingVersion } = read.data
      return [
        {
          kind: 'consent',
          id: `${event.eventId}:${purpose}:${channel}:${index}`,
          customerId: event.customerId,
          purpose,
          channel,
          state: granted ? 'granted' : 'refused',
          wording,
          wordingVersion,
          evidenceHow: event.type,
          evidenceRef: event.eventId,
          at: event.at,
          source: 'customer',
          actor: Number(event.actor) || 0,
        },
      ]
    })
  })
}

export const recordEventConsents = async (app: App, events: readonly ConsentEvent[]): Promise<void> =>
  void (await recordStatements(app, statementsIn(events)))
