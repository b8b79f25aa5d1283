import { factTable } from '../../platform/stores/facts/tables.ts'

/** Months that values reach. */
export const horizonMonths = [12, 24, 36] as const

const perHorizon = (columns: (months: number) => Record<string, string>): Record<string, string> =>
  Object.assign({}, ...horizonMonths.map(columns))

/** The directions of the model's error (see `value-slopes.ts`), at 12 and at 36 months. */
export const slopeColumns = [12, 36].flatMap(months =>
  ['value', 'lost'].flatMap(what => [1, 2, 3, 4].map(k => `slope_${what}_${months}_${k}`)),
)

export const customerValues = factTable({
  name: 'customer_values',
  comment:
    'What each customer who has bought is worth over 12, 24 and 36 months: discounted margin, 95 % interval, what leaving costs',
  columns: {
    run_id: 'UInt64',
    customer_id: 'UInt64',
    method: 'LowCardinality(String)', // purchases | contract | last-year
    alive: 'Float32',
    leaves: 'Float32', // chance of leaving, of those still there (see leaving.ts)
    purchase_days: 'UInt32',
    per_purchase_minor: 'Float32', // expected margin of one purchase
    ...perHorizon(m => ({
      [`value_${m}_minor`]: 'Int64',
      [`low_${m}_minor`]: 'Int64',
      [`high_${m}_minor`]: 'Int64',
      [`deviation_${m}`]: 'Float32', // standard deviation of what will come, minor units
      [`own_${m}`]: 'Float32', // the part of its square that single purchases make
      [`purchases_${m}`]: 'Float32',
      [`count_shape_${m}`]: 'Float32',
      [`lost_${m}_minor`]: 'Float32', // margin lost on average because they may leave
    })),
    ...Object.fromEntries(slopeColumns.map(name => [name, 'Float32'])),
  },
  orderBy: ['customer_id'],
  partitionBy: 'run_id',
})

export const categoryValues = factTable({
  name: 'category_values',
  comment:
    "A customer's value by category of goods; '' is what they have not bought yet; all of a customer's rows sum to their value",
  columns: {
    run_id: 'UInt64',
    customer_id: 'UInt64',
    category: 'LowCardinality(String)',
    share: 'Float32',
    ...perHorizon(m => ({
      [`value_${m}_minor`]: 'Int64',
      [`low_${m}_minor`]: 'Int64',
      [`high_${m}_minor`]: 'Int64',
    })),
  },
  orderBy: ['customer_id', 'category'],
  partitionBy: 'run_id',
})

export const worthTables = [customerValues, categoryValues]
