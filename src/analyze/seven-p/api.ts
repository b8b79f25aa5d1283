import { z } from 'zod'
import { thePs } from '../board/figures.ts'

const textSchema = z.object({ en: z.string(), zh: z.string() })

export const metrics = ['sales', 'margin', 'orders'] as const
export const figureUnits = ['count', 'number', 'money', 'share', 'days', 'months', 'years', 'index', 'times'] as const

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)

/** What every page is filtered by. `?` is a country or province not known; months are both counted. */
export const pageFilter = z.object({
  segment: z.string().max(40).default(''),
  country: z.string().max(40).default(''),
  province: z.string().max(60).default(''),
  from: month.or(z.literal('')).default(''),
  to: month.or(z.literal('')).default(''),
  metric: z.enum(metrics).default('sales'),
  category: z.string().max(60).default(''),
})

/** One number: how it is reckoned, from which rows, and who is behind it (`who`: to be handed to GET /insight/customers). */
export const figure = z.object({
  id: z.string(),
  name: textSchema,
  formula: textSchema,
  unit: z.enum(figureUnits),
  value: z.number().nullable(),
  low: z.number().nullable().optional(),
  high: z.number().nullable().optional(),
  /** The same of all customers, to hold it against. */
  all: z.number().nullable().optional(),
  note: textSchema.optional(),
  table: z.string(),
  who: z.string().optional(),
})

export const blockRow = z.object({
  key: z.string(),
  label: textSchema,
  group: textSchema.optional(),
  values: z.array(z.number().nullable()),
  /** Told apart: significant, chosen, above the limit. */
  strong: z.boolean().optional(),
  who: z.string().optional(),
  /** Who is behind each value, where the row is a list of groups of its own (cohorts). */
  whos: z.array(z.string().nullable()).optional(),
  link: z.string().optional(),
})

/** A table of figures and the picture it is drawn as. */
export const block = z.object({
  id: z.string(),
  title: textSchema,
  formula: textSchema,
  note: textSchema.optional(),
  table: z.string(),
  draw: z.enum(['bars', 'lines', 'heat', 'curve', 'world', 'china', 'province', 'table']),
  /** Heading of the rows, and of the groups they stand in. */
  label: textSchema,
  grouped: textSchema.optional(),
  columns: z.array(
    z.object({ id: z.string(), name: textSchema, unit: z.enum(figureUnits), formula: textSchema.optional() }),
  ),
  /** Place of the column that bars and maps show. */
  shown: z.number(),
  rows: z.array(blockRow),
  /** What stands there when there are no rows. */
  empty: textSchema,
  /** Name of the map, for draw province. */
  map: z.string().optional(),
  /** A choice that belongs to this block alone. */
  choice: z
    .object({
      param: z.enum(['metric', 'category']),
      value: z.string(),
      options: z.array(z.object({ id: z.string(), name: textSchema })),
    })
    .optional(),
})

// GET /insight/:p
export const sevenPPage = z.object({
  p: z.enum(thePs),
  title: textSchema,
  /** The question the page answers. */
  question: textSchema,
  asOf: z.string(),
  currency: z.string(),
  period: z.object({ from: z.string(), to: z.string(), given: z.boolean(), meaning: textSchema }),
  customers: z.object({ inside: z.number(), all: z.number() }),
  choices: z.object({
    segments: z.array(z.object({ id: z.string(), name: textSchema })),
    countries: z.array(z.object({ id: z.string(), name: textSchema, customers: z.number() })),
    provinces: z.array(z.object({ id: z.string(), name: textSchema, customers: z.number() })),
    firstMonth: z.string(),
    lastMonth: z.string(),
  }),
  figures: z.array(figure),
  blocks: z.array(block),
  notes: z.array(z.object({ tone: z.enum(['info', 'warn']), text: textSchema })),
  /** From which table and run each number comes, and what those rows were made of, down to the source records. */
  lineage: z.array(
    z.object({ table: z.string(), step: z.string(), run: z.number(), rows: textSchema, from: z.array(z.string()) }),
  ),
})

// GET /insight/customers
export const customersBehind = z.object({
  asOf: z.string(),
  currency: z.string(),
  who: textSchema,
  total: z.number(),
  rows: z.array(
    z.object({
      customerId: z.number(),
      name: z.string(),
      mobile: z.string(),
      segment: textSchema,
      place: textSchema,
      valueMinor: z.number(),
      marginMinor: z.number(),
      churn: z.number(),
      lastPurchase: z.string().nullable(),
    }),
  ),
})

// GET and PUT /insight/targets
export const target = z.object({
  segment: z.string().max(40),
  month,
  metric: z.enum(metrics),
  /** Minor units, or orders; null takes the target away. */
  amount: z.number().min(0).max(1e15).nullable(),
})
export const targetsBody = z.object({ targets: z.array(target).min(1).max(500) })
export const targetList = z.object({
  months: z.array(z.string()),
  segments: z.array(z.object({ id: z.string(), name: textSchema })),
  rows: z.array(target),
  /** What happened in each month a year before, as a starting point. */
  before: z.array(z.object({ segment: z.string(), month: z.string(), amount: z.number() })),
})

// GET and PUT /insight/contact-costs
export const contactCostsBody = z.object({
  rows: z
    .array(z.object({ channel: z.string().min(1).max(40), costMinor: z.number().min(0).max(1e9).nullable() }))
    .max(50),
})
export const contactCostList = z.object({
  rows: z.array(
    z.object({ channel: z.string(), costMinor: z.number().nullable(), contacts: z.number(), known: z.number() }),
  ),
})
