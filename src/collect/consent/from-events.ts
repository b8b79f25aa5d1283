/** Consent that customers gave or took back in an event (an answer, a call, an unsubscribe): into the ledger, with the event as evidence. */
import { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { type Purpose, purposes } from './purposes.ts'
import { recordStatements } from './record-statements.ts'
import { ALL_CHANNELS, CHANNELS, type Statement } from './statement.ts'

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

/** Events that come in bulk, whatever their type, are stored without passing here; answers always pass. `of`: SQL that holds for some. */
export const saidInEvents = (of: string): string => `
SELECT event_id AS eventId, customer_id AS customerId, toString(type) AS type, toString(channel) AS channel, at, actor, payload
FROM events FINAL
WHERE type != 'answer' AND position(payload, '"consents"') > 0 AND ${of}`

export interface StoredEvent extends Omit<ConsentEvent, 'at' | 'payload'> {
  at: string
  payload: string
}

/** Statements that stand in stored events, in the ledger already or not. */
export const statementsInStored = (rows: readonly StoredEvent[]): Statement[] =>
  statementsIn(
    rows.map(row => ({
      ...row,
      at: new Date(row.at),
      payload: JSON.parse(row.payload) as Record<string, unknown>,
    })),
  )

/** Takes up into the ledger what came in bulk since the last time; each turn does it before anybody is resolved. */
export async function takeUpEventConsents(app: App): Promise<{ recorded: number }> {
  const taken = await app.workflow.db.selectFrom('consent_taken_up').select('up_to').executeTakeFirst()
  const since = taken?.up_to ?? new Date(0)
  // Clocks of several processes: a minute is looked at again, and an id makes a statement once.
  const from = new Date(Math.max(0, since.getTime() - 60_000))
  const { newest } = await app.facts.one<{ newest: string }>('SELECT max(received_at) AS newest FROM events')
  const rows = await app.facts.query<StoredEvent>(saidInEvents('received_at >= {from:DateTime64(3)}'), { from })
  const good: Statement[] = []
  const known = new Map((await purposes(app)).map(purpose => [purpose.code, purpose]))
  for (const statement of statementsInStored(rows)) if (isSayable(statement, known)) good.push(statement)
  const result = await recordStatements(app, good)
  await app.workflow.db
    .insertInto('consent_taken_up')
    .values({ one: true, up_to: newest })
    .onConflict(conflict => conflict.column('one').doUpdateSet({ up_to: newest }))
    .execute()
  return result
}

/** What others send may be anything; what cannot be a statement here stays an event. */
function isSayable(statement: Statement, known: ReadonlyMap<string, Purpose>): boolean {
  if (statement.kind !== 'consent' || (statement.wordingVersion ?? 0) > 0) return false
  const its = known.get(statement.purpose ?? 'marketing')
  const at = statement.at instanceof Date ? statement.at.getTime() : Date.now()
  const named = (CHANNELS as readonly string[]).includes(statement.channel ?? ALL_CHANNELS)
  return its !== undefined && at <= Date.now() && (its.byChannel ? named : statement.channel === ALL_CHANNELS)
}
