/** What an identity run leaves for people to look at. */
import { factTable } from '../../platform/stores/facts/tables.ts'

export const reviewPairs = factTable({
  name: 'review_pairs',
  comment:
    'Pairs an identity run hands to people, most informative first, and the weights of pairs they decided before',
  columns: {
    run_id: 'UInt64',
    rank: 'UInt32', // 0: decided before, not in the queue
    left_source: 'LowCardinality(String)',
    left_key: 'String',
    right_source: 'LowCardinality(String)',
    right_key: 'String',
    log_odds: 'Float64', // ln of the odds
    linked: 'UInt8', // whether the run put them into one customer
    reason: 'LowCardinality(String)', // uncertain | sample | bridge | cut | oversized | decided
    group_size: 'UInt32', // records of the component or customer concerned
    steps: 'String', // JSON: [{ aspect, level, bits, rarityBits }]; no values, they stand in the records
  },
  orderBy: ['rank', 'left_source', 'left_key'],
  partitionBy: 'run_id',
  shardBy: 'left_key',
})

/** Bins of half a bit: what the matcher thought of all pairs it compared. */
export const pairWeights = factTable({
  name: 'pair_weights',
  comment:
    'All pairs an identity run compared, by weight: how many, how many expected to match, customers if linked from there',
  columns: { run_id: 'UInt64', bin: 'Int32', pairs: 'UInt64', expected: 'Float64', customers: 'UInt64' },
  orderBy: ['bin'],
  partitionBy: 'run_id',
  shardBy: 'run_id',
})
