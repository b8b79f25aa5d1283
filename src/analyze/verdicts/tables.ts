import { factTable } from '../../platform/stores/facts/tables.ts'

/** While a page is made: dropped as soon as its figures are drawn, by the clock where that was cut short. */
export const responseOutcomes = factTable({
  name: 'response_outcomes',
  comment: 'Who was to be contacted, what was said of the answer, and what came of it',
  columns: {
    run_id: 'UInt64',
    customer_id: 'UInt64',
    as_of: 'Date',
    segment: 'LowCardinality(String)',
    offer: 'LowCardinality(String)',
    channel: 'LowCardinality(String)',
    p: 'Float64',
    was_contacted: 'UInt8',
    was_ripe: 'UInt8',
    was_taken: 'UInt8',
    made_at: 'DateTime DEFAULT now()',
  },
  orderBy: ['customer_id'],
  partitionBy: 'run_id',
  ttl: 'made_at + INTERVAL 1 HOUR',
})

export const verdictTables = [responseOutcomes]
