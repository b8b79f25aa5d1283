import { z } from 'zod'
import { textSchema } from '../../../platform/text.ts'
import { inputNote } from '../../input-checks/note.ts'
import { ownBody, ownDefinition } from '../own/definition.ts'

const drift = z.object({
  psi: z.number(),
  chance: z.number(),
  /** Below what chance does: the same. Above .1 it has moved, above .25 it is another distribution (the trade's rule of thumb). */
  verdict: z.enum(['same', 'moved', 'changed']),
})

const use = z.object({
  kind: z.enum(['segment', 'need', 'model', 'feature']),
  id: z.string(),
  name: textSchema,
})

export const featureRow = z.object({
  id: z.string(),
  name: textSchema,
  meaning: textSchema,
  unit: textSchema,
  family: z.string(),
  source: z.string(),
  sourceName: textSchema,
  kind: z.enum(['number', 'text', 'list']),
  /** SQL of the value, and which rows it counts. */
  formula: z.string(),
  counts: z.string().nullable(),
  from: z.array(z.string()),
  /** Declared by the company or found in research answers: which version the newest turn used. */
  own: z
    .object({
      version: z.number(),
      state: z.enum(['released', 'withdrawn']),
      /** null: not in a turn yet. */
      usedVersion: z.number().nullable(),
      definition: ownDefinition,
      byTurn: z.boolean(),
    })
    .nullable(),
  rows: z.number(),
  known: z.number(),
  /** Middle value of a number, the most frequent word of a text. */
  typical: z.string(),
  drift: drift.nullable(),
  uses: z.number(),
})
export type FeatureRow = z.infer<typeof featureRow>

export const featureList = z.object({
  asOf: z.string(),
  families: z.array(z.object({ id: z.string(), name: textSchema })),
  notes: z.array(inputNote),
  rows: z.array(featureRow),
})
export type FeatureList = z.infer<typeof featureList>

export const featureDetail = featureRow.extend({
  asOf: z.string(),
  before: z.object({ run: z.number(), asOf: z.string() }).nullable(),
  distribution: z.object({
    /** As a picture draws them: from, until, customers now and in the run before (as shares of those known). */
    bins: z.array(z.object({ from: z.number(), to: z.number(), now: z.number(), before: z.number().nullable() })),
    words: z.array(z.object({ value: z.string(), now: z.number(), before: z.number().nullable() })),
    quantiles: z.array(z.object({ at: z.number(), value: z.string() })),
    different: z.number().nullable(),
    /** Customers outside the picture: the top and bottom hundredth. */
    outside: z.number(),
  }),
  usedBy: z.array(use),
  versions: z.array(
    z.object({
      version: z.number(),
      state: z.enum(['released', 'withdrawn']),
      name: textSchema,
      meaning: textSchema,
      definition: ownDefinition,
      by: z.string(),
      at: z.string(),
    }),
  ),
})
export type FeatureDetail = z.infer<typeof featureDetail>

export const ownPreview = z.object({
  meaning: textSchema,
  unit: textSchema,
  formula: z.string(),
  /** Customers it was tried on. */
  rows: z.number(),
  known: z.number(),
  different: z.number(),
  quantiles: z.array(z.object({ at: z.number(), value: z.string() })),
  top: z.array(z.object({ value: z.string(), customers: z.number() })),
  highest: z.array(z.object({ customerId: z.number(), value: z.string() })),
  warnings: z.array(textSchema),
})
export type OwnPreview = z.infer<typeof ownPreview>

/** What a declaration can be made of. */
export const ownChoices = z.object({
  categories: z.array(z.string()),
  types: z.array(z.string()),
  channels: z.array(z.string()),
  answers: z.array(z.object({ name: z.string(), customers: z.number(), example: z.string() })),
})
export type OwnChoices = z.infer<typeof ownChoices>
export { ownBody }
