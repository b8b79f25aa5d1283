import { z } from 'zod'
import { textSchema } from '../platform/text.ts'

/** HTTP shapes of campaign. */

export const campaignState = z.enum(['draft', 'approved', 'running', 'done', 'stopped'])
export const armResult = z.object({ customers: z.number(), mean: z.number(), total: z.number() })
// GET /campaigns → rows; GET /campaigns/:id → one
export const campaignView = z.object({
  campaignId: z.number(),
  name: textSchema,
  objective: textSchema,
  asOf: z.string(),
  state: campaignState,
  planId: z.number(),
  approvedBy: z.string().nullable(),
  approvedAt: z.string().nullable(),
  currency: z.string(),
  target: z.number(),
  cost: z.number(),
  expected: z.number(), // minor units
  planned: z.number(),
  control: z.number(),
  waves: z.array(
    z.object({
      wave: z.number(),
      date: z.string(),
      planned: z.number(),
      contacts: z.number(),
      state: z.enum(['waiting', 'done', 'stopped']),
      doneAt: z.string().nullable(),
    }),
  ),
  counts: z.array(
    z.object({
      // per channel, over all communications of the turn
      channel: z.string(),
      planned: z.number(),
      composed: z.number(),
      held: z.number(),
      settled: z.number(),
      refused: z.number(),
      failed: z.number(),
      waiting: z.number(),
    }),
  ),
  result: z
    .object({
      label: textSchema, // "A/A check: nobody of this period received our messages"
      isAA: z.boolean(),
      metric: textSchema,
      planned: armResult,
      control: armResult,
      difference: z.number(),
      standardError: z.number(),
      low: z.number(),
      high: z.number(),
      withinError: z.boolean(),
      verdict: textSchema,
      returnOnInvestment: z.number().nullable(),
    })
    .nullable(),
})
export const campaignList = z.object({ rows: z.array(campaignView) })
// POST /campaigns/:id/approve {}, POST /campaigns/:id/stop {}
