import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'

export const lineagePage = z.object({
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(50),
})

const named = z.object({ id: z.string(), name: textSchema, value: z.string(), unit: textSchema })

/** Where a row of ours comes from: the file it stood in, and which row of it where that is known. */
const origin = z.object({ source: z.string(), file: z.string(), rowNo: z.number().nullable() })

export const lineageRow = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('purchase'),
    at: z.string(),
    invoice: z.string(),
    line: z.number(),
    product: z.string(),
    productName: textSchema,
    category: z.string(),
    quantity: z.number(),
    amountMinor: z.number(),
    marginMinor: z.number(),
    origin: origin.nullable(),
  }),
  z.object({
    kind: z.literal('event'),
    at: z.string(),
    eventId: z.string(),
    type: z.string(),
    channel: z.string(),
    communicationId: z.string(),
  }),
  z.object({
    kind: z.literal('answer'),
    at: z.string(),
    name: z.string(),
    value: z.string(),
    origin: origin.nullable(),
  }),
  z.object({
    kind: z.literal('record'),
    field: z.string(),
    value: z.string(),
    masked: z.boolean(),
    rowKey: z.string(),
    at: z.string().nullable(),
    /** Values of other rows that this one beat. */
    beat: z.number(),
    origin: origin.nullable(),
  }),
])
export type LineageRow = z.infer<typeof lineageRow>

/** GET /lineage/customers/:id/:feature: how one number of one customer came about. */
export const lineage = z.object({
  customerId: z.number(),
  asOf: z.string(),
  feature: z.object({ id: z.string(), name: textSchema, meaning: textSchema, unit: textSchema }),
  value: z.string(),
  /** What it is computed from. */
  from: z.enum(['golden_records', 'purchases', 'customer_attributes', 'events', 'derived', 'model']),
  fromName: textSchema,
  /** SQL, as the turn ran it. */
  formula: z.string(),
  /** SQL over a row: which rows count. */
  counts: z.string().nullable(),
  /** Other values it is calculated from; of a model's word, what the model knew. */
  inputs: z.array(named),
  model: z.object({ id: z.string(), verdict: z.string(), trainedOn: z.number() }).nullable(),
  total: z.number(),
  rows: z.array(lineageRow),
})
export type Lineage = z.infer<typeof lineage>

/** GET /lineage/figures/:feature: the customers behind a figure over many. */
export const figureLineage = z.object({
  asOf: z.string(),
  feature: z.object({ id: z.string(), name: textSchema, meaning: textSchema, unit: textSchema }),
  customers: z.number(),
  known: z.number(),
  sum: z.number().nullable(),
  mean: z.number().nullable(),
  rows: z.array(z.object({ customerId: z.number(), name: z.string(), value: z.string(), segment: z.string() })),
})
export type FigureLineage = z.infer<typeof figureLineage>
