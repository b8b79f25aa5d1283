import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'
import { verdictSchema } from '../registry/api.ts'

/** HTTP shapes of the verdict on the customer model. */

export const standing = z.enum(['held', 'not-held', 'unknown'])
export const evidenceKind = z.enum(['response', 'leaving', 'value'])

/** A correction that waits for somebody, or that was approved and no turn has used yet. */
const pending = z.object({ id: z.number(), state: z.enum(['asked', 'approved']) }).nullable()

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
      correction: pending,
    }),
  ),
  scores: z.array(
    verdictSchema.extend({
      title: textSchema,
      /** propose: somebody may ask for a training · each-turn: it learns anew at every turn, there is nothing to decide · none: nothing speaks against it. */
      remedy: z.enum(['propose', 'each-turn', 'none']),
      correction: pending,
    }),
  ),
  needs: z.array(
    z.object({
      code: z.string(),
      version: z.number(),
      name: textSchema,
      /** The newest turn that counts, and how many quarters do. */
      asOf: z.string(),
      turns: z.number(),
      proposals: z.number(),
      proposed: z.number(),
      bought: z.number(),
      expected: z.number(),
      times: z.number().nullable(),
      low: z.number(),
      high: z.number(),
      /** Odds that speak against “no better and no worse than chance”, over all turns and all needs. */
      odds: z.number(),
      standing,
      words: textSchema,
      /** Whether the version that was judged still proposes; newer: another version does. */
      inForce: z.enum(['yes', 'newer', 'no']),
      correction: pending,
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
      /**
       * Of a training: leavers the model would have said as of earlier dates, those the version in use says of the same days (null: not known),
       * and those that came; null: not computed yet.
       */
      backtest: z
        .object({ dates: z.array(z.string()), expected: z.number(), inUse: z.number().nullable(), actual: z.number() })
        .nullable(),
      /** Of rules: the day from which turns use them. */
      from: z.string().nullable(),
      /** Of a training that was approved; null: not done yet. */
      outcome: z.object({ version: z.number().nullable(), problem: textSchema.nullable() }).nullable(),
      versionId: z.number().nullable(),
      trialId: z.number().nullable(),
      state: z.enum(['asked', 'approved', 'refused', 'taken-back']),
      madeBy: z.string(),
      madeById: z.number(),
      madeAt: z.string(),
      decidedBy: z.string().nullable(),
      decidedAt: z.string().nullable(),
      takenBackBy: z.string().nullable(),
      takenBackAt: z.string().nullable(),
      note: z.string(),
    }),
  ),
})

// POST /customer-model/corrections
export const correctionBody = z.strictObject({
  kind: z.enum(['segment', 'score', 'need']),
  code: z.string().min(1).max(80),
})
// POST /customer-model/corrections/:id/approve | refuse (take-back has no body)
export const decisionBody = z.strictObject({ note: z.string().max(2000).default('') })
export const correctionMade = z.object({ id: z.number() })
