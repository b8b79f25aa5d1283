/** What a message has set in motion, kept with it so that a person who corrects its class can take it back. Written before it is done. */
import { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'

const wishChannel = z.enum(['email', 'sms', 'call', 'letter'])

export const doneSchema = z.discriminatedUnion('what', [
  /** Recorded under an id made from the message. `customerId`: the number of that day, under which events stay. */
  z.object({
    what: z.literal('event'),
    type: z.enum(['accepted', 'declined']),
    eventId: z.string(),
    offer: z.string(),
    customerId: z.number(),
  }),
  /** Withdrawn at `at`; `had`: those for which the customer had consented until then. */
  z.object({
    what: z.literal('consents'),
    at: z.string(),
    channels: z.array(wishChannel),
    had: z.array(wishChannel),
    customerId: z.number(),
  }),
  /** The address of the thread, of nobody we know, is not used any more. */
  z.object({ what: z.literal('address'), at: z.string() }),
  z.object({ what: z.literal('case'), caseId: z.number(), customerId: z.number() }),
  /** Calls that left the agents' lists. */
  z.object({ what: z.literal('tasks'), reason: z.string(), ids: z.array(z.string()) }),
])
export type Done = z.output<typeof doneSchema>

export const doneOf = <W extends Done['what']>(
  done: readonly Done[],
  what: W,
): Extract<Done, { what: W }> | undefined => done.find((one): one is Extract<Done, { what: W }> => one.what === what)

export async function keepDone(
  { workflow }: Pick<App, 'workflow'>,
  messageId: number,
  done: readonly Done[],
): Promise<void> {
  await workflow.db
    .updateTable('inbox_messages')
    .set({ done: asJson([...done]) })
    .where('message_id', '=', messageId)
    .execute()
}
