import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'

/** HTTP shapes of what customers are worth. Money in minor units. */

const range = z.object({ minor: z.number(), lowMinor: z.number(), highMinor: z.number() })
const byMonths = z.object({ months: z.number(), ...range.shape })

export const holdoutShape = z.object({
  expected: z.number(),
  actual: z.number(),
  error: z.number().nullable(),
  meanAbsoluteError: z.number(),
  rootMeanSquareError: z.number(),
  correlation: z.number().nullable(),
  activeRight: z.number(),
  bestTenth: z.number().nullable(),
  logScore: z.number().nullable(),
})

const bin = z.object({
  from: z.number(),
  /** Null: and above. */
  to: z.number().nullable(),
  customers: z.number(),
  valueMinor: z.number(),
})

// GET /value
export const valuePage = z.object({
  asOf: z.string(),
  currency: z.string(),
  customers: z.number(),
  byContract: z.number(),
  /** Expected number still customers, purchases over 12 months. */
  alive: z.number(),
  purchases: z.number(),
  discountRate: z.number(),
  totals: z.array(byMonths),
  model: z.object({
    chosen: z.string().nullable(),
    problem: textSchema.nullable(),
    trainedOn: z.number(),
    triedOn: z.number(),
    season: z.object({ index: z.array(z.number()), years: z.number(), gain: z.number(), used: z.boolean() }),
    level: z.number(),
    ahead: z.array(z.object({ months: z.number(), factor: z.number() })),
    holdout: z.object({ from: z.string(), to: z.string(), errors: holdoutShape }).nullable(),
    withoutSeason: holdoutShape.nullable(),
    rivals: z.array(
      z.object({
        model: z.string(),
        name: z.string(),
        source: z.string(),
        parameters: z.array(z.object({ name: z.string(), value: z.number(), error: z.number().nullable() })),
        logLikelihood: z.number().nullable(),
        aic: z.number().nullable(),
        problem: textSchema.nullable(),
        holdout: holdoutShape.nullable(),
      }),
    ),
    rules: z.array(
      z.object({ rule: z.string(), name: textSchema, hiatus: z.number().nullable(), holdout: holdoutShape }),
    ),
    verdict: textSchema.nullable(),
    ruleIsAsGood: z.boolean().nullable(),
    spend: z.array(z.object({ name: z.string(), value: z.number(), error: z.number().nullable() })),
    contracts: z
      .object({
        known: z.number(),
        ended: z.number(),
        used: z.boolean(),
        problem: textSchema.nullable(),
        parameters: z.record(z.string(), z.number()),
      })
      .nullable(),
    /** What later came of it, once it has been judged. */
    judged: textSchema.nullable(),
  }),
  aliveBins: z.array(bin),
  valueBins: z.array(z.object({ months: z.number(), bins: z.array(bin) })),
  categories: z.array(
    z.object({ category: z.string(), name: textSchema, customers: z.number(), values: z.array(byMonths) }),
  ),
})

// GET /value/what-if?percent=&months=
export const whatIf = z.object({
  percent: z.number(),
  months: z.number(),
  currency: z.string(),
  /** Days without a purchase that count as leaving. */
  leavingDays: z.number(),
  total: z.object({
    customers: z.number(),
    leavers: z.number(),
    kept: z.number(),
    valueMinor: z.number(),
    ...range.shape,
  }),
  rows: z.array(
    z.object({
      segment: z.string(),
      name: textSchema,
      customers: z.number(),
      leavers: z.number(),
      kept: z.number(),
      valueMinor: z.number(),
      ...range.shape,
    }),
  ),
})

// GET /value/customers
export const valueCustomers = z.object({
  total: z.number(),
  rows: z.array(
    z.object({
      customerId: z.number(),
      name: z.string(),
      alive: z.number(),
      purchases: z.number(),
      ...range.shape,
      lostMinor: z.number(),
    }),
  ),
})

// GET /customers/:id/value
export const customerValue = z.object({
  asOf: z.string(),
  currency: z.string(),
  method: z.enum(['purchases', 'contract', 'last-year']),
  alive: z.number(),
  leaves: z.number(),
  values: z.array(z.object({ ...byMonths.shape, purchases: z.number(), lostMinor: z.number() })),
  categories: z.array(
    z.object({ category: z.string(), name: textSchema, share: z.number(), values: z.array(byMonths) }),
  ),
  /** P(alive) had the last purchase been followed by so many days of silence; with the days that have passed. */
  curve: z
    .object({
      model: z.string(),
      silentDays: z.number(),
      points: z.array(z.object({ days: z.number(), alive: z.number() })),
    })
    .nullable(),
})
