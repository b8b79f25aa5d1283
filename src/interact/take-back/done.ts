/**
 * What something that was said has set in motion, kept with it so that a person who corrects it (a message's class, an outcome of a call)
 * can take it back. Written before it is done.
 */
import { z } from 'zod'

const wishChannel = z.enum(['email', 'sms', 'call', 'letter'])

/** `had`: of `channels`, those for which the customer had consented until then. Said at `at`. */
const wishes = { at: z.string(), channels: z.array(wishChannel), had: z.array(wishChannel), customerId: z.number() }

export const doneSchema = z.discriminatedUnion('what', [
  /** `customerId`: the number of that day, under which events stay. */
  z.object({
    what: z.literal('event'),
    type: z.enum(['accepted', 'declined', 'called', 'answer', 'complaint', 'survey-answered']),
    eventId: z.string(),
    offer: z.string(),
    customerId: z.number(),
  }),
  z.object({ what: z.literal('consents'), ...wishes }),
  z.object({ what: z.literal('granted'), ...wishes }),
  /** The address of the thread, of nobody we know, is not used any more. */
  z.object({ what: z.literal('address'), at: z.string() }),
  z.object({
    what: z.literal('case'),
    caseId: z.number(),
    customerId: z.number(),
    /** Of the event that told it; none: the case's own. */
    eventId: z.string().optional(),
  }),
  /** Calls that left the agents' lists. */
  z.object({ what: z.literal('tasks'), reason: z.string(), ids: z.array(z.string()) }),
  /** A telephone number that is not rung any more, by its hash; `fresh`: it was rung until then. */
  z.object({ what: z.literal('number'), hash: z.string(), reason: z.string(), fresh: z.boolean() }),
  /** Research answers told at `at`: name → value. */
  z.object({
    what: z.literal('attributes'),
    at: z.string(),
    told: z.record(z.string(), z.string()),
    customerId: z.number(),
  }),
  /** A survey answered, or put off: what its invitation was before; none: there was no invitation. */
  z.object({
    what: z.literal('survey'),
    surveyId: z.number(),
    customerId: z.number(),
    before: z
      .object({ state: z.string(), reason: z.string(), asked_at: z.string(), answered_at: z.string().nullable() })
      .nullable(),
  }),
  /** A question or an alarm that the call settled: the kind of the task knows how to open it again. */
  z.object({ what: z.literal('settled'), kind: z.string() }),
])
export type Done = z.output<typeof doneSchema>
export type DoneOf<W extends Done['what']> = Extract<Done, { what: W }>

export const doneOf = <W extends Done['what']>(done: readonly Done[], what: W): DoneOf<W> | undefined =>
  done.find((one): one is DoneOf<W> => one.what === what)
