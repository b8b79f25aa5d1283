import { z } from 'zod'

/** How a call can end. */
export const outcomeCode = z.enum([
  'accepted',
  'refused',
  'served',
  'no-answer',
  'busy',
  'voicemail',
  'callback',
  'wrong-number',
  'complaint',
  'do-not-call',
])
export type OutcomeCode = z.infer<typeof outcomeCode>

/** Nobody was spoken to. */
const UNREACHED: ReadonlySet<string> = new Set(['no-answer', 'busy', 'voicemail', 'wrong-number'])
export const reachedBy = (outcome: string): boolean => !UNREACHED.has(outcome)
