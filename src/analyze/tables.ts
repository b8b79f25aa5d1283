import { factTable } from '../platform/stores/facts/tables.ts'

/** The columns after as_of are rendered from features/catalogue.ts: one per feature, named by its id. */
export const features = factTable({
  name: 'features',
  comment: 'What is known of each customer as of a date, one column per declared feature',
  columns: { run_id: 'UInt64', customer_id: 'UInt64', as_of: 'Date' },
  orderBy: ['customer_id'], partitionBy: 'run_id',
})

export const scores = factTable({
  name: 'scores',
  comment: 'What the models say of each customer',
  columns: {
    run_id: 'UInt64', customer_id: 'UInt64', r: 'UInt8', f: 'UInt8', m: 'UInt8', // quintiles, 5 = best
    p_alive: 'Float32', expected_purchases: 'Float32', // over 12 months
    value_minor: 'Int64', value_low_minor: 'Int64', value_high_minor: 'Int64', // discounted margin, 12 months, 95 % interval
    churn_probability: 'Float32', churn_reasons: 'Array(String)', // feature ids, strongest first
  },
  orderBy: ['customer_id'], partitionBy: 'run_id',
})

export const itemPairs = factTable({
  name: 'item_pairs',
  comment: 'Products bought together more than chance, lift shrunk',
  columns: {
    run_id: 'UInt64', product_a: 'String', product_b: 'String', baskets: 'UInt64', lift: 'Float32',
    shrunk_lift: 'Float32', q_value: 'Float32',
  },
  orderBy: ['product_a', 'shrunk_lift'], partitionBy: 'run_id', shardBy: 'product_a',
})

export const nextProducts = factTable({
  name: 'next_products',
  comment: 'What a customer may want next, with the product that explains it',
  columns: {
    run_id: 'UInt64', customer_id: 'UInt64', rank: 'UInt8', product_code: 'String', category: 'LowCardinality(String)',
    score: 'Float32', kind: 'LowCardinality(String)', // repeat | explore
    because: 'String', // product_code
  },
  orderBy: ['customer_id', 'rank'], partitionBy: 'run_id',
})

export const segmentMembers = factTable({
  name: 'segment_members',
  comment: 'Every customer in exactly one segment',
  columns: { run_id: 'UInt64', customer_id: 'UInt64', segment: 'LowCardinality(String)' },
  orderBy: ['customer_id'], partitionBy: 'run_id',
})

export const boardFigures = factTable({
  name: 'board_figures',
  comment: 'Figures of the seven-P board by segment',
  columns: {
    run_id: 'UInt64', p: 'LowCardinality(String)', figure: 'LowCardinality(String)', segment: 'LowCardinality(String)', // '' = all
    value: 'Float64', customers: 'UInt64',
  },
  orderBy: ['p', 'figure', 'segment'], partitionBy: 'run_id', shardBy: 'run_id',
})

export const modelChecks = factTable({
  name: 'model_checks',
  comment: 'Expected against what really followed, by decile; decile 0 is the total',
  columns: {
    run_id: 'UInt64', model: 'LowCardinality(String)', decile: 'UInt8', customers: 'UInt64', expected: 'Float64', actual: 'Float64',
    baseline: 'Float64',
  },
  orderBy: ['model', 'decile'], partitionBy: 'run_id', shardBy: 'run_id',
})

export const factTables = [features, scores, itemPairs, nextProducts, segmentMembers, boardFigures, modelChecks]
