/** HTTP shapes of the rights of people: requests, holds, certificates, the log of unmasked values. */
import { z } from 'zod'
import { REQUEST_STATES } from './tables.ts'

export const requestRow = z.object({
  id: z.number(),
  kind: z.enum(['export', 'erasure']),
  customerId: z.number(),
  state: z.enum(REQUEST_STATES),
  receivedBy: z.string(),
  requestedBy: z.string(),
  requestedAt: z.string(),
  dueAt: z.string(),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  doneSteps: z.number(),
  totalSteps: z.number(),
  error: z.string(),
  certificateId: z.number().nullable(),
  /** Asked by the reader, who then may not approve it. */
  mine: z.boolean(),
  onHold: z.boolean(),
})
export const requestList = z.object({ total: z.number(), rows: z.array(requestRow) })
export const newRequest = z.object({
  kind: z.enum(['export', 'erasure']),
  customerId: z.number().int().positive(),
  receivedBy: z.enum(['call', 'letter', 'email', 'portal', 'branch', 'other']),
})
export const decision = z.object({ approve: z.boolean() })

export const holdRow = z.object({
  id: z.number(),
  customerId: z.number(),
  reason: z.string(),
  until: z.string().nullable(),
  placedBy: z.string(),
  placedAt: z.string(),
  releasedAt: z.string().nullable(),
})
export const holdList = z.object({ rows: z.array(holdRow) })
export const newHold = z.object({
  customerId: z.number().int().positive(),
  reason: z.string().min(3).max(300),
  until: z.iso.date().nullable().default(null),
})

export const certificateView = z.object({
  body: z.object({
    certificate: z.number(),
    request: z.number(),
    customer: z.number(),
    requestedAt: z.string(),
    requestedBy: z.number(),
    approvedBy: z.number(),
    approvedAt: z.string(),
    erasedAt: z.string(),
    erased: z.array(z.object({ what: z.string(), rows: z.number(), how: z.string() })),
    kept: z.array(z.object({ what: z.string(), reason: z.string(), until: z.string().nullable() })),
    tombstones: z.number(),
    backups: z.array(z.string()),
    outside: z.array(z.string()),
    oldParts: z.number(),
    previous: z.string(),
  }),
  signature: z.string(),
  publicKey: z.string(),
  hash: z.string(),
  genuine: z.boolean(),
})

export const accessLog = z.object({
  total: z.number(),
  rows: z.array(
    z.object({
      id: z.number(),
      at: z.string(),
      user: z.string(),
      action: z.string(),
      object: z.string(),
      field: z.string(),
      reason: z.string(),
    }),
  ),
})

export type RequestRow = z.infer<typeof requestRow>
export type CertificateView = z.infer<typeof certificateView>
