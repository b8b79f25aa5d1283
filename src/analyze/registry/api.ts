import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'
import { churnSettingsSchema } from './churn-settings.ts'

/** HTTP shapes of the registry of models. */

export const verdictSchema = z.object({
  model: z.string(),
  verdict: z.enum(['good', 'recalibrate', 'retrain', 'stop', 'unjudged']),
  evidence: textSchema,
  asOf: z.string(),
  source: z.enum(['outcome', 'backtest', 'drift', 'none']),
})

const bin = z.object({ customers: z.number(), expected: z.number(), actual: z.number() })
const metrics = z.record(z.string(), z.number())
const level = z.enum(['stable', 'shifted', 'drifted'])

// GET /models/verdicts
export const verdictList = z.object({
  /** One for each feature that a model says: a rule about it is as good as that model. */
  rows: z.array(verdictSchema.extend({ feature: z.string(), name: textSchema, title: textSchema })),
})

// GET /models/:model
export const modelDetail = z.object({
  id: z.string(),
  title: textSchema,
  /** What it says of a customer, in words. */
  about: textSchema,
  asOf: z.string(),
  learner: z.string().nullable(),
  code: z.string().nullable(),
  trainedAsOf: z.string().nullable(),
  trainedOn: z.number(),
  versionId: z.number().nullable(),
  problem: textSchema.nullable(),
  verdict: verdictSchema.nullable(),
  parameters: metrics,
  metrics,
  importance: z.array(z.object({ id: z.string(), name: textSchema, weight: z.number() })),
  /** Whether people train and approve it; else every turn fits it. */
  managed: z.boolean(),
  versions: z.array(
    z.object({
      id: z.number(),
      learner: z.string(),
      role: z.enum(['champion', 'challenger', 'retired', 'rejected']),
      asOf: z.string(),
      knownUntil: z.string(),
      code: z.string(),
      trainedOn: z.number(),
      inputs: z.number(),
      metrics,
      deciles: z.array(bin),
      why: textSchema,
      decidedBy: z.string(),
      byRule: z.boolean(),
      decidedAt: z.string(),
      usable: z.boolean(),
    }),
  ),
  backtests: z.array(
    z.object({
      learner: z.string(),
      code: z.string(),
      asOf: z.string(),
      until: z.string(),
      trainedOn: z.number(),
      judgedOn: z.number(),
      metrics,
      deciles: z.array(bin),
      verdict: z.enum(['good', 'recalibrate', 'retrain', 'stop']),
    }),
  ),
  drift: z.array(
    z.object({
      id: z.string(),
      name: textSchema,
      psi: z.number(),
      expected: z.number(),
      p: z.number(),
      level,
      since: z.object({ psi: z.number(), expected: z.number(), p: z.number(), level }).nullable(),
      missingBefore: z.number(),
      missingNow: z.number(),
      before: z.array(z.number()),
      now: z.array(z.number()),
    }),
  ),
  /** By turn, the oldest first. */
  history: z.array(
    z.object({
      asOf: z.string(),
      verdict: z.enum(['good', 'recalibrate', 'retrain', 'stop', 'unjudged']),
      learner: z.string().nullable(),
      metrics,
      scorePsi: z.number().nullable(),
      drifted: z.number(),
      inputs: z.number(),
    }),
  ),
  /** Of the model of when: by month, expected and actual leavers on customers it had not seen. */
  byMonth: z.array(z.object({ month: z.number(), present: z.number(), expected: z.number(), actual: z.number() })),
  /** Of the model of uplift: what treating the best does beyond treating at random. */
  qini: z
    .object({
      points: z.array(
        z.object({ share: z.number(), gain: z.number(), low: z.number(), high: z.number(), random: z.number() }),
      ),
      deciles: z.array(
        z.object({
          decile: z.number(),
          predicted: z.number(),
          uplift: z.number(),
          error: z.number(),
          treatedRate: z.number(),
          controlRate: z.number(),
        }),
      ),
    })
    .nullable(),
  busy: z.boolean(),
})

export const churnSettingsView = churnSettingsSchema.extend({ words: textSchema })
export const modelName = z.object({ model: z.string().max(40) })
export const versionName = modelName.extend({ version: z.coerce.number().int().positive() })

// GET /customers/:id/outlook
export const customerOutlook = z.object({
  asOf: z.string(),
  definition: textSchema,
  churn: z
    .object({ probability: z.number(), learner: z.string().nullable(), verdict: verdictSchema.nullable() })
    .nullable(),
  /** Chance of having left by the end of month 1 … 12. */
  leavingBy: z.array(z.number()).nullable(),
  /** Months whose hazard was seen; the others go on as the last of them. */
  monthsSeen: z.number().nullable(),
  channels: z.array(
    z.object({
      channel: z.string(),
      contacts: z.number(),
      responses: z.number(),
      rate: z.number(),
      low: z.number(),
      high: z.number(),
      best: z.boolean(),
      basis: z.enum(['own', 'segment', 'all']),
    }),
  ),
  uplift: z.object({ value: z.number(), average: z.number() }).nullable(),
})
