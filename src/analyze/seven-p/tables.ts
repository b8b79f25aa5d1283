import { factTable } from '../../platform/stores/facts/tables.ts'
import { traits } from './traits.ts'

/** Which customers a figure can be filtered by; what every table here begins with. */
const where = {
  run_id: 'UInt64',
  segment: 'LowCardinality(String)',
  country: 'LowCardinality(String)',
  province: 'LowCardinality(String)', // Chinese ones without their ending: 广东
}

export const sevenPCustomers = factTable({
  name: 'seven_p_customers',
  comment: 'What the seven P ask of each customer, in a row of a hundred bytes; in the order pages filter by',
  columns: {
    ...where,
    city: 'LowCardinality(String)', // in China only
    customer_id: 'UInt64',
    cohort: 'Date', // month of the first purchase; 1970-01-01: never bought
    months: 'UInt64', // bit k: bought in the k-th month before that of the date; 64 months
    recency_days: 'Nullable(UInt32)',
    purchase_days: 'UInt32',
    categories: 'UInt16',
    sales_minor: 'Int64',
    sales_365_minor: 'Int64',
    margin_365_minor: 'Int64',
    whale_minor: 'Int64', // margin of 365 days, rounded down to the next of 500 quantiles
    value_minor: 'Int64',
    value_low_minor: 'Int64',
    value_high_minor: 'Int64',
    value_decile: 'UInt8', // 1 best … 10; 0: never bought
    p_alive: 'Float32',
    expected_purchases: 'Float32',
    churn: 'Float32',
    left_months: 'Float32', // expected months until the customer leaves, of the next 60
    price_index: 'Nullable(Float32)', // paid ÷ list price
    discounted_share: 'Nullable(Float32)', // of the value bought
    likeness: 'Float32', // log odds of being one of the best, by who they are
    ...Object.fromEntries(traits.map(trait => [`trait_${trait.id}`, 'LowCardinality(String)'])),
  },
  orderBy: ['segment', 'country', 'province', 'customer_id'],
  partitionBy: 'run_id',
})

/** Sums; a cell may have several rows (one a slice of customers): readers add them up. */
const sums = { units: 'Int64', gross_minor: 'Int64', returned_minor: 'Int64', margin_minor: 'Int64' }

export const sevenPMonths = factTable({
  name: 'seven_p_months',
  comment: 'What customers of a segment and place bought in a month, also after the date of the turn',
  columns: {
    ...where,
    month: 'Date',
    buyers: 'UInt64',
    new_buyers: 'UInt64',
    orders: 'UInt64',
    days: 'UInt64', // days on which a customer bought
    known_days: 'UInt64', // the same of customers who had bought before the date: what purchase models speak of
    ...sums,
  },
  orderBy: ['month', 'segment', 'country', 'province'],
  partitionBy: 'run_id',
  shardBy: 'month',
})

export const sevenPCohorts = factTable({
  name: 'seven_p_cohorts',
  comment: 'Of those whose first purchase was in a month, how many bought in each month since',
  columns: { ...where, cohort: 'Date', since: 'UInt8', customers: 'UInt64' },
  orderBy: ['segment', 'country', 'province', 'cohort', 'since'],
  partitionBy: 'run_id',
  shardBy: 'cohort',
})

export const sevenPCategories = factTable({
  name: 'seven_p_categories',
  comment: 'What customers of a segment and place bought of a category in a month',
  columns: { ...where, category: 'LowCardinality(String)', month: 'Date', ...sums },
  orderBy: ['category', 'month', 'segment', 'country', 'province'],
  partitionBy: 'run_id',
  shardBy: 'category',
})

export const sevenPOwned = factTable({
  name: 'seven_p_owned',
  comment: 'Which categories a customer bought of, and in which months',
  columns: {
    ...where,
    category: 'LowCardinality(String)',
    customer_id: 'UInt64',
    months: 'UInt64',
    value_minor: 'Int64', // by which lists of owners are ordered
  },
  orderBy: ['category', 'segment', 'country', 'province', 'customer_id'],
  partitionBy: 'run_id',
})

export const sevenPPairs = factTable({
  name: 'seven_p_pairs',
  comment: 'How many customers of a segment and place bought of both categories, ever',
  columns: {
    ...where,
    category_a: 'LowCardinality(String)',
    category_b: 'LowCardinality(String)',
    customers: 'UInt64',
  },
  orderBy: ['segment', 'country', 'province', 'category_a', 'category_b'],
  partitionBy: 'run_id',
  shardBy: 'category_a',
})

export const sevenPProducts = factTable({
  name: 'seven_p_products',
  comment: 'What customers of a segment and country bought of a product in a month; month 1970-01-01: buyers ever',
  columns: {
    run_id: 'UInt64',
    category: 'LowCardinality(String)',
    product_code: 'LowCardinality(String)',
    segment: 'LowCardinality(String)',
    country: 'LowCardinality(String)',
    month: 'Date',
    buyers: 'UInt64',
    ...sums,
  },
  orderBy: ['category', 'month', 'product_code', 'segment', 'country'],
  partitionBy: 'run_id',
  shardBy: 'product_code',
})

export const sevenPContacts = factTable({
  name: 'seven_p_contacts',
  comment: 'Contacts made in a month and what came back, by channel, offer and the contacts of 180 days before',
  columns: {
    ...where,
    month: 'Date',
    channel: 'LowCardinality(String)',
    class: 'LowCardinality(String)', // offer | service | legal
    offer: 'LowCardinality(String)',
    earlier: 'UInt8', // contacts in the 180 days before; 6: six and more
    contacts: 'UInt64',
    opened: 'UInt64',
    responded: 'UInt64',
    costed: 'UInt64', // contacts whose cost the event names
    cost_minor: 'Float64',
  },
  orderBy: ['month', 'channel', 'segment', 'country', 'province'],
  partitionBy: 'run_id',
  shardBy: 'month',
})

export const sevenPArms = factTable({
  name: 'seven_p_arms',
  comment: 'Customers chosen by a campaign and those held out at random: moments of their margin since, up to the date',
  columns: {
    ...where,
    campaign: 'UInt64',
    day: 'Date',
    until: 'Date', // the day after the last that counts
    held: 'UInt8',
    customers: 'UInt64',
    sum: 'Float64',
    squares: 'Float64',
  },
  orderBy: ['day', 'campaign', 'held', 'segment', 'country', 'province'],
  partitionBy: 'run_id',
  shardBy: 'campaign',
})

export const sevenPTables = [
  sevenPCustomers,
  sevenPMonths,
  sevenPCohorts,
  sevenPCategories,
  sevenPOwned,
  sevenPPairs,
  sevenPProducts,
  sevenPContacts,
  sevenPArms,
]
