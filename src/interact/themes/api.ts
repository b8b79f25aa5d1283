import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'
import { dimensions } from './dimensions.ts'
import { bucketings } from './periods.ts'

/** HTTP shapes of themes over time. */

const views = ['changes', ...dimensions, 'words'] as const
const span = z.object({ from: z.string(), to: z.string() })
const rate = z.object({ rate: z.number(), low: z.number(), high: z.number() })
const counted = z.object({
  voices: z.number(),
  /** Of these: letters of one customer are one. */
  customers: z.number(),
  /** Per 10,000 documents, or a week where no documents were made. */
  rate: rate.nullable(),
})

export const themeRow = z.object({
  dimension: z.enum([...dimensions, 'words']),
  key: z.string(),
  name: textSchema,
  /** Voices in each bucket. */
  series: z.array(z.number()),
  now: counted,
  before: counted,
  ratio: rate.nullable(),
  /** Smallest false-discovery rate at which it is called changed; null: nothing to test. */
  q: z.number().nullable(),
  verdict: z.enum(['rising', 'falling', 'same']),
  watched: z.boolean(),
})
export type ThemeRow = z.output<typeof themeRow>

// GET /themes?by=week|month&view=changes|kind|…|words
export const themesQuery = z.object({ by: z.enum(bucketings).default('week'), view: z.enum(views).default('changes') })
export const themes = z.object({
  buckets: z.array(span),
  now: span,
  before: span,
  /** documents: rates per 10,000 of them; days: none were made in one of the windows, rates per week. */
  basis: z.enum(['documents', 'days']),
  voices: z.object({ now: z.number(), before: z.number() }),
  documents: z.object({ now: z.number(), before: z.number() }),
  /** Texts that were read for words, of all there are. */
  read: z.object({ texts: z.number(), of: z.number() }).nullable(),
  tested: z.number(),
  rows: z.array(themeRow),
})
export type Themes = z.output<typeof themes>

// GET /themes/voices?by=&dimension=&key=
export const voicesQuery = z.object({
  by: z.enum(bucketings).default('week'),
  dimension: z.enum([...dimensions, 'words']),
  key: z.string().min(1).max(400),
  /** Of one bucket: its first day. */
  from: z.iso.date().optional(),
  offset: z.coerce.number().int().min(0).max(100_000).default(0),
  limit: z.coerce.number().int().min(1).max(100).default(20),
})
export const voiceList = z.object({
  total: z.number(),
  rows: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['complaint', 'request', 'dispute', 'question']),
      at: z.string(),
      words: z.string(),
      channel: textSchema,
      /** Of the case or thread; '' where whoever asks may not see it. */
      path: z.string(),
    }),
  ),
})

// PUT /themes/watches
export const watchBody = z.strictObject({
  dimension: z.enum([...dimensions, 'words', 'any']),
  key: z.string().max(400).default(''),
  name: textSchema.optional(),
  watch: z.boolean(),
})
// GET /themes/watches
export const watchList = z.object({
  rows: z.array(z.object({ dimension: z.string(), key: z.string(), name: textSchema, since: z.string() })),
})
