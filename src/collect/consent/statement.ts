/** One statement of a customer: what was said, to which words, how that can be proven. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { PREFERENCES } from './preference-values.ts'

export const CHANNELS = ['email', 'sms', 'call', 'letter', 'portal'] as const
/** Of purposes that know no channels. */
export const ALL_CHANNELS = '*'
export const STATES = ['granted', 'refused', 'withdrawn'] as const

const evidence = {
  wording: z.string().max(60).default(''),
  wordingVersion: z.number().int().min(0).default(0),
  /** app, call, e-mail, letter, form, event, import … */
  evidenceHow: z.string().max(40).default(''),
  /** Where it lies: a recording, a scan, an event's id. */
  evidenceRef: z.string().max(200).default(''),
  at: z.coerce.date(),
  source: z.string().min(1).max(60),
  actor: z.number().int().default(0),
}

export const statementSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('consent'),
    id: z.string().min(1).max(160),
    customerId: z.number().int().positive(),
    purpose: z.string().min(1).max(40).default('marketing'),
    channel: z.string().max(10).default(ALL_CHANNELS),
    state: z.enum(STATES),
    ...evidence,
  }),
  z.object({
    kind: z.literal('preference'),
    id: z.string().min(1).max(160),
    customerId: z.number().int().positive(),
    name: z.enum(PREFERENCES),
    /** '' takes a preference back. */
    value: z.string().max(60),
    ...evidence,
  }),
])
export type Statement = z.input<typeof statementSchema>
export type ReadStatement = z.output<typeof statementSchema>

/** The columns a hash covers, in this order; what is not here can be derived from them. */
export interface Chained {
  statement_id: string
  customer_id: number
  seq: number
  kind: string
  purpose: string
  channel: string
  state: string
  wording: string
  wording_version: number
  evidence_how: string
  evidence_ref: string
  at: Date
  source: string
  actor: number
  recorded_at: Date
  previous: string
}

/** SHA-256 over the statement and the hash of the one before it: neither can be changed, taken out or put in unseen. */
export const hashOf = (row: Chained): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        row.previous,
        row.statement_id,
        row.customer_id,
        row.seq,
        row.kind,
        row.purpose,
        row.channel,
        row.state,
        row.wording,
        row.wording_version,
        row.evidence_how,
        row.evidence_ref,
        row.at.toISOString(),
        row.source,
        row.actor,
        row.recorded_at.toISOString(),
      ]),
    )
    .digest('hex')
