import { factTable } from '../../platform/stores/facts/tables.ts'

/** What the model of new products learned; catalogues are scored with it later without fitting again. */
export const itemWeights = factTable({
  name: 'item_weights',
  comment: 'What owning one product says of wanting another (EASE), the strongest of each',
  columns: {
    run_id: 'UInt64',
    product_code: 'String',
    wanted_code: 'String',
    weight: 'Float32',
  },
  orderBy: ['product_code'],
  partitionBy: 'run_id',
  shardBy: 'product_code',
})

export const associationRules = factTable({
  name: 'association_rules',
  comment: 'Who has all of lhs in a basket has rhs too',
  columns: {
    run_id: 'UInt64',
    lhs: 'Array(String)',
    rhs: 'String',
    length: 'UInt8', // items of both sides
    baskets: 'UInt64',
    support: 'Float64',
    confidence: 'Float32',
    lift: 'Float32',
    shrunk_lift: 'Float32',
    q_value: 'Float32',
  },
  orderBy: ['rhs', 'lift'],
  partitionBy: 'run_id',
  shardBy: 'rhs',
})

export const productFigures = factTable({
  name: 'product_figures',
  comment: 'What customers did with each product in the year before the date',
  columns: {
    run_id: 'UInt64',
    product_code: 'String',
    category: 'LowCardinality(String)',
    buyers: 'UInt64',
    buyers_ever: 'UInt64', // before the date, whenever
    repeat_buyers: 'UInt64', // on two days or more
    orders: 'UInt64',
    quantity: 'Int64',
    gross_minor: 'Int64', // before returns
    returned_minor: 'Int64', // positive
    margin_minor: 'Int64', // after returns
    gross_before_minor: 'Int64', // the year before that
    first_sold: 'Date',
    last_sold: 'Date',
  },
  orderBy: ['product_code'],
  partitionBy: 'run_id',
  shardBy: 'product_code',
})

export const affinityTables = [itemWeights, associationRules, productFigures]
