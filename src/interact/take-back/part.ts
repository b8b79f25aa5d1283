/** Part by part, what would be taken back and what stays: shown to a person before anything is touched. */
import { z } from 'zod'
import type { WishChannel } from '../answers/wishes.ts'
import type { Done } from './done.ts'

/** Why something stays as it is. */
const stays = z.enum([
  'refused-elsewhere',
  'granted-elsewhere',
  'no-consent-before',
  'other-stop',
  'worked-on',
  'complaint-open',
  'asked-again',
])
export type Stays = z.output<typeof stays>

export interface Part {
  done: Done
  /** Of consents: those it is about. */
  channels: WishChannel[]
  stays: Stays | null
}

export const partView = z.object({
  what: z.enum([
    'accepted',
    'declined',
    'called',
    'answer',
    'complaint',
    'survey-answered',
    'consents',
    'granted',
    'address',
    'case',
    'tasks',
    'number',
    'attributes',
    'survey',
    'settled',
  ]),
  channels: z.array(z.enum(['email', 'sms', 'call', 'letter'])), // of consents
  number: z.number(), // of the case; how many calls, or answers
  stays: stays.nullable(),
})

export const shownPart = ({ done, channels, stays }: Part): z.input<typeof partView> => ({
  what: done.what === 'event' ? done.type : done.what,
  channels,
  number: numberOf(done),
  stays,
})

function numberOf(done: Done): number {
  if (done.what === 'case') return done.caseId
  if (done.what === 'tasks') return done.ids.length
  return done.what === 'attributes' ? Object.keys(done.told).length : 0
}

/**
 * Calls come back with what had stopped them, and a number is rung again with the consent that was refused on it. A channel that was closed
 * before had not stopped any.
 */
export function keptBy({ done }: Part, parts: readonly Part[]): Stays | null {
  const cause = done.what === 'number' ? 'consents' : done.what === 'tasks' ? CAUSES[done.reason] : undefined
  const left = parts.find(part => part.done.what === cause && part.stays && part.stays !== 'no-consent-before')
  return left?.stays ?? null
}

const CAUSES: Readonly<Record<string, Done['what']>> = { 'no-consent': 'consents', complaint: 'case' }
