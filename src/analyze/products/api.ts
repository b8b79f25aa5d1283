import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'

const productName = z.object({ code: z.string(), name: textSchema })

export const productSort = z.enum(['gross', 'buyers', 'repeat', 'returns', 'growth', 'margin', 'name'])
// GET /products
export const productQuery = z.object({
  q: z.string().max(100).default(''),
  category: z.string().max(80).default(''),
  sort: productSort.default('gross'),
  /** Only those nobody has bought yet. */
  unsold: z.stringbool().default(false),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(50),
})
export const productRow = productName.extend({
  category: z.string(),
  priceMinor: z.number(),
  buyers: z.number(),
  /** Of the customers who bought anything within the year. */
  penetration: z.number(),
  /** Of its buyers, those who bought it on two days or more. */
  repeatShare: z.number().nullable(),
  orders: z.number(),
  grossMinor: z.number(),
  /** Against the year before; null where there was none. */
  growth: z.number().nullable(),
  returnShare: z.number().nullable(),
  marginRate: z.number().nullable(),
  lastSold: z.string().nullable(),
})
export const productList = z.object({
  asOf: z.string(),
  currency: z.string(),
  /** Customers who bought anything within the year. */
  customers: z.number(),
  total: z.number(),
  categories: z.array(z.object({ code: z.string(), name: textSchema, products: z.number() })),
  rows: z.array(productRow),
})

export const companion = productName.extend({
  /** Baskets (or customers) with both. */
  count: z.number(),
  confidence: z.number(),
  lift: z.number(),
  shrunkLift: z.number(),
  qValue: z.number(),
})
export const associationRule = z.object({
  lhs: z.array(productName),
  rhs: productName,
  length: z.number(),
  baskets: z.number(),
  support: z.number(),
  confidence: z.number(),
  lift: z.number(),
  shrunkLift: z.number(),
  qValue: z.number(),
})

// GET /products/:code
export const productView = z.object({
  asOf: z.string(),
  currency: z.string(),
  product: productRow,
  buyersEver: z.number(),
  returnedMinor: z.number(),
  inBaskets: z.array(companion),
  byCustomers: z.array(companion),
  /** Lines between its companions, for the picture. */
  links: z.array(z.object({ a: z.string(), b: z.string(), shrunkLift: z.number() })),
  /** What owning it speaks for most. */
  speaksFor: z.array(productName.extend({ weight: z.number() })),
  rules: z.array(associationRule),
  proposedTo: z.object({ repeat: z.number(), explore: z.number(), need: z.number() }),
  needs: z.array(z.object({ code: z.string(), version: z.number(), name: textSchema, customers: z.number() })),
})

// GET /products/:code/customers
export const proposedCustomers = z.object({
  total: z.number(),
  rows: z.array(
    z.object({
      customerId: z.number(),
      name: z.string(),
      kind: z.enum(['repeat', 'explore', 'need']),
      score: z.number(),
      because: z.array(productName),
    }),
  ),
})

// GET /products/rules
export const ruleSort = z.enum(['lift', 'confidence', 'support', 'shrunk'])
export const ruleQuery = z.object({
  product: z.string().max(80).default(''),
  category: z.string().max(80).default(''),
  minSupport: z.coerce.number().min(0).max(1).default(0),
  minConfidence: z.coerce.number().min(0).max(1).default(0),
  minLift: z.coerce.number().min(0).default(0),
  minLength: z.coerce.number().int().min(2).max(10).default(2),
  maxLength: z.coerce.number().int().min(2).max(10).default(10),
  sort: ruleSort.default('lift'),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(50),
})
export const ruleList = z.object({
  asOf: z.string(),
  baskets: z.number(),
  /** The bar the turn used. */
  leastSupport: z.number(),
  total: z.number(),
  rows: z.array(associationRule),
})

// GET /products/categories
export const categoryPairs = z.object({
  asOf: z.string(),
  categories: z.array(productName),
  rows: z.array(
    z.object({
      basis: z.enum(['basket', 'customer']),
      a: z.string(),
      b: z.string(),
      count: z.number(),
      lift: z.number(),
      shrunkLift: z.number(),
    }),
  ),
})

// GET, POST /products/backtest
const ranking = z.object({
  customers: z.number(),
  hitRate: z.number(),
  precision: z.number(),
  ndcg: z.number(),
  coverage: z.number(),
})
export const backtestView = z.object({
  state: z.enum(['none', 'running', 'done', 'failed']),
  asOf: z.string().nullable(),
  result: z
    .object({
      days: z.number(),
      length: z.number(),
      trainedOn: z.object({ customers: z.number(), lines: z.number() }),
      explore: z.record(z.string(), ranking),
      repeat: z.record(z.string(), ranking),
    })
    .nullable(),
})

// GET /customers/:id/next-products
export const customerNext = z.object({
  asOf: z.string(),
  rows: z.array(
    productName.extend({
      kind: z.enum(['repeat', 'explore', 'need']),
      score: z.number(),
      because: z.array(productName.extend({ share: z.number() })),
      need: z
        .object({ code: z.string(), version: z.number(), name: textSchema, rule: textSchema, reason: textSchema })
        .nullable(),
    }),
  ),
})
