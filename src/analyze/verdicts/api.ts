import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'
import { verdictSchema } from '../registry/api.ts'

/** HTTP shapes of the verdict on the customer model. */

export const standing = z.enum(['held', 'not-held', 'unknown'])
export const evidenceKind = z.enum(['response', 'leaving', 'value'])

const evidence = z.object({
  kind: evidenceKind,
  asOf: z.string(),
  customers: z.number(),
  expected: z.number(),
  observed: z.number(),
  low: z.number(),
  high: z.number(),
  /** Odds that speak against what was said, after all tests are paid for; 20 and more accuse. */
  odds: z.number(),
  against: z.number().nullable(),
  standing,
  words: textSchema,
})

// GET /customer-model/verdict
export const modelVerdict = z.object({
  asOf: z.string(),
  currency: z.string(),
  /** Days of the turns it rests on. */
  turns: z.array(z.string()),
  /** `day/channel` of replayed turns that reached nobody. */
  unheard: z.array(z.string()),
  segments: z.array(
    z.object({
      segment: z.string(),
      name: textSchema,
      rule: textSchema.nullable(),
      standing,
      evidence: z.array(evidence),
      /** Number of a correction that waits. */
      correction: z.number().nullable(),
    }),
  ),
  scores: z.array(verdictSchema.extend({ title: textSchema })),
  needs: z.array(
    z.object({
      code: z.string(),
      version: z.number(),
      name: textSchema,
      asOf: z.string(),
      proposed: z.number(),
      bought: z.number(),
      expected: z.number(),
      times: z.number().nullable(),
      low: z.number(),
      high: z.number(),
      standing,
      words: textSchema,
    }),
  ),
})

// GET /customer-model/customers
export const behindList = z.object({
  total: z.number(),
  rows: z.array(z.object({ customerId: z.number(), name: z.string(), expected: z.number(), observed: z.number() })),
})

// GET /customer-model/corrections
export const correctionList = z.object({
  rows: z.array(
    z.object({
      id: z.number(),
      kind: z.enum(['segment-rule', 'retrain', 'withdraw-need']),
      subject: z.string(),
      name: textSchema,
      asOf: z.string(),
      evidence: textSchema,
      words: textSchema,
      how: z.enum(['moved', 'added']).nullable(),
      /** What it would have done on the past: observed over expected before, and of those who stay. */
      split: z
        .object({ customers: z.number(), kept: z.number(), before: z.number(), after: z.number(), left: z.number() })
        .nullable(),
      /** Of a training: leavers the model would have said as of earlier dates, and those that came; null: not computed yet. */
      backtest: z.object({ dates: z.array(z.string()), expected: z.number(), actual: z.number() }).nullable(),
      versionId: z.number().nullable(),
      trialId: z.number().nullable(),
      state: z.enum(['asked', 'approved', 'refused']),
      madeBy: z.string(),
      madeById: z.number(),
      madeAt: z.string(),
      decidedBy: z.string().nullable(),
      decidedAt: z.string().nullable(),
      note: z.string(),
    }),
  ),
})

// POST /customer-model/corrections
export const correctionBody = z.strictObject({
  kind: z.enum(['segment', 'score', 'need']),
  code: z.string().min(1).max(80),
})
// POST /customer-model/corrections/:id/approve | refuse
export const decisionBody = z.strictObject({ note: z.string().max(2000).default('') })
export const correctionMade = z.object({ id: z.number() })
