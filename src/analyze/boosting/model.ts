import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'

/** A trained model as it is written to a file: everything that scoring needs, and what it was made from. */

const numbers = z.array(z.number())

const treeSchema = z.object({
  column: numbers,
  threshold: z.array(z.number().nullable()),
  categories: z.array(numbers.nullable()),
  missingLeft: numbers,
  left: numbers,
  right: numbers,
  value: numbers,
  cover: numbers,
  gain: numbers,
})

const columnSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('number'), name: z.string() }),
  z.object({ kind: z.literal('category'), name: z.string(), categories: z.array(z.string()), rare: z.boolean() }),
])

const linearSchema = z.object({
  features: z.array(z.object({ column: z.number(), category: z.string().nullish(), scale: z.enum(['linear', 'log']) })),
  terms: z.array(
    z.object({
      feature: z.string(),
      scale: z.enum(['linear', 'log']),
      mean: z.number(),
      deviation: z.number(),
      missing: z.boolean(),
    }),
  ),
  intercept: z.number(),
  weights: numbers,
  lambda: z.number(),
})

export const modelSchema = z.object({
  format: z.literal('huiyin-yes-no'),
  version: z.literal(1),
  label: z.object({ column: z.string(), positive: z.string() }),
  trainedOn: z.object({
    source: z.string(),
    rows: z.number(),
    yes: z.number(),
    rate: z.number(),
    /** When it was trained, an instant. */
    at: z.string(),
    seed: z.number(),
    leftOut: z.array(z.object({ column: z.string(), why: textSchema })),
  }),
  columns: z.array(columnSchema),
  /** How each column's cells are read from a file. */
  readings: z.array(z.enum(['number', 'date', 'category'])),
  learner: z.enum(['trees', 'logistic', 'blend']),
  trees: z
    .object({ base: z.number(), trees: z.array(treeSchema), options: z.record(z.string(), z.unknown()) })
    .nullable(),
  linear: linearSchema.nullable(),
  combination: z.object({ trees: z.number(), linear: z.number(), shift: z.number() }),
  isotonic: z.object({ at: numbers, probability: numbers }).nullable(),
  /** On rows the models had not seen. */
  metrics: z.object({
    auc: z.number(),
    logLoss: z.number(),
    calibrationError: z.number(),
    topDecileLift: z.number(),
    unseenRows: z.number(),
    /** Log-loss of each learner that was tried, calibrated. */
    tried: z.record(z.string(), z.number()),
  }),
  /** Per column, strongest first: `gain` its part of what the trees' splits won, `effect` its mean absolute part of the log-odds. */
  importance: z.array(z.object({ column: z.string(), gain: z.number(), effect: z.number() })),
  leaks: z.array(z.object({ feature: z.string(), auc: z.number(), by: z.enum(['value', 'missing', 'group']) })),
  warnings: z.array(textSchema),
})

export type Model = z.infer<typeof modelSchema>
