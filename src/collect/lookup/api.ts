import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'
import { ASKED_FIELDS } from './one-record.ts'

/** HTTP shapes of `POST /customers/match` and `POST /records`. */

export const matchBody = z.object({
  /** What is known of the record, by field; as written, it is standardised here. */
  fields: z.partialRecord(z.enum(ASKED_FIELDS as [string, ...string[]]), z.string().max(1000)),
  /** Where a telephone number without a country is. */
  country: z.string().length(2).default('CN'),
})

export const weightStep = z.object({
  kind: z.enum(['prior', 'aspect', 'together']),
  aspect: z.string(),
  aspectText: textSchema,
  level: z.string(),
  levelText: textSchema,
  /** The values as compared; masked by role. */
  left: z.string(),
  right: z.string(),
  bits: z.number(),
  rarityBits: z.number(),
})

export const matchResult = z.object({
  /** The customer it is; null when nobody is likely enough. */
  customerId: z.number().nullable(),
  /** Probability from which a record counts as one with a customer. */
  threshold: z.number(),
  candidates: z.array(z.object({ customerId: z.number(), probability: z.number(), steps: z.array(weightStep) })),
})

export const recordsBody = z.object({
  source: z.string().max(41),
  /** Rows as the source's mapping names their columns. */
  rows: z.array(z.record(z.string(), z.unknown())).min(1).max(5000),
})

export const recordsResult = z.object({
  rowsIn: z.number(),
  stored: z.number(),
  duplicates: z.number(),
  quarantined: z.number(),
  importId: z.number(),
  /** Of the stored rows: who each is. `matched` with somebody known, `known` before under the same key, or `new`. */
  customers: z.array(
    z.object({
      rowKey: z.string(),
      customerId: z.number(),
      as: z.enum(['known', 'matched', 'new']),
      probability: z.number(),
    }),
  ),
})
