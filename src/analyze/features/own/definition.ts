import { z } from 'zod'

/**
 * What a company may declare without SQL: a figure over a customer's purchases or events that meet conditions, in a window of days
 * before the date; or an answer of its research. Everything else follows from this: SQL, domain, lineage, meaning in words.
 */
const codes = z.array(z.string().min(1).max(200)).min(1).max(200)
const window = z.object({
  /** So many days before the date, at most; absent: since ever. */
  days: z.int().min(1).max(36_500).optional(),
  /** And at least so many. */
  until: z.int().min(0).max(36_500).optional(),
})

export const purchaseFigures = ['orders', 'days', 'lines', 'pieces', 'money', 'margin', 'share', 'since'] as const
export const eventFigures = ['count', 'since'] as const

export const purchasesOwn = z.strictObject({
  over: z.literal('purchases'),
  figure: z.enum(purchaseFigures),
  /** Goods bought, goods returned, or services such as postage. */
  rows: z.enum(['bought', 'returned', 'services']).default('bought'),
  categories: codes.optional(),
  products: codes.optional(),
  /** 1 to 12. */
  months: z.array(z.int().min(1).max(12)).min(1).max(11).optional(),
  /** 1 Monday to 7 Sunday. */
  weekdays: z.array(z.int().min(1).max(7)).min(1).max(6).optional(),
  /** Of one line, in minor units. */
  least: z.int().min(0).optional(),
  most: z.int().min(0).optional(),
  ...window.shape,
})

export const eventsOwn = z.strictObject({
  over: z.literal('events'),
  figure: z.enum(eventFigures),
  types: codes,
  channels: codes.optional(),
  ...window.shape,
})

export const attributeOwn = z.strictObject({
  over: z.literal('answers'),
  /** As the research file names it. */
  attribute: z.string().min(1).max(200),
  as: z.enum(['number', 'text', 'list']),
})

export const ownDefinition = z
  .discriminatedUnion('over', [purchasesOwn, eventsOwn, attributeOwn])
  .refine(
    own => own.over === 'answers' || own.until === undefined || own.until < (own.days ?? Number.POSITIVE_INFINITY),
    {
      message: 'the window ends before it begins',
      path: ['until'],
    },
  )
  .refine(
    own => own.over !== 'purchases' || own.least === undefined || own.most === undefined || own.least <= own.most,
    {
      message: 'the least amount is above the most',
      path: ['least'],
    },
  )
export type OwnDefinition = z.infer<typeof ownDefinition>

const bothLanguages = z.object({ en: z.string().trim().min(1).max(80), zh: z.string().trim().min(1).max(80) })
const meaning = z.object({ en: z.string().trim().max(400), zh: z.string().trim().max(400) })

export const ownBody = z.strictObject({
  name: bothLanguages,
  meaning: meaning.default({ en: '', zh: '' }),
  definition: ownDefinition,
})
export type OwnBody = z.infer<typeof ownBody>
