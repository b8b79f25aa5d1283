/**
 * What a customer said to a machine of another system (a voice menu, a chat program, a terminal), as that system reports it: types whose
 * payload is checked at the door, because stages to the right act on them at once.
 */
import { z } from 'zod'
import type { MachineScope } from '../../platform/auth/api-keys.ts'
import type { Permission } from '../../platform/auth/permissions.ts'

const channel = z.enum(['email', 'sms', 'call', 'letter'])

export const saidEvents = {
  /** To an offer. */
  choice: z.looseObject({ offer: z.string().min(1).max(80), answer: z.enum(['accept', 'refuse', 'later']) }),
  /** To be called; `at`: not before. */
  'callback-wished': z.looseObject({
    reason: z.string().max(400).optional(),
    at: z.iso.datetime({ offset: true }).optional(),
  }),
  /** Who is on the line was verified (PIN, voice); `call`: the telephone system's number of the call, as in POST /calls. */
  'identity-verified': z.looseObject({ call: z.string().min(1).max(120), how: z.string().max(40).optional() }),
  /** No more of it; without channels: by none. */
  'stop-said': z.looseObject({ channels: z.array(channel).min(1).max(4).optional() }),
  'case-said': z.looseObject({
    kind: z.enum(['complaint', 'request', 'dispute']),
    words: z.string().trim().min(1).max(20_000),
    line: z.string().max(500).optional(),
  }),
} as const

export type SaidType = keyof typeof saidEvents
export const saidTypes = Object.keys(saidEvents) as SaidType[]

/**
 * What a sender needs beside the right to hand in events: who is on the line decides whose papers an agent opens, so it is as much as
 * reporting the call (`POST /calls`). The refusal `needs-calls` says so.
 */
const needs: Partial<Record<SaidType, { scope: MachineScope; permission: Permission }>> = {
  'identity-verified': { scope: 'calls.write', permission: 'tasks.manage' },
}

/** Types that this sender may not hand in. */
export const closedTo = (may: (need: { scope: MachineScope; permission: Permission }) => boolean): SaidType[] =>
  saidTypes.filter(type => needs[type] !== undefined && !may(needs[type]))

/** Field that is wrong with the payload of such an event; undefined: none, or another type of event. */
export function payloadFault(type: string, payload: unknown): string | undefined {
  if (!Object.hasOwn(saidEvents, type)) return undefined
  const read = saidEvents[type as SaidType].safeParse(payload ?? {})
  return read.success ? undefined : ['payload', ...(read.error.issues[0]?.path ?? [])].join('.')
}
