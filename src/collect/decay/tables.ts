import { factTable } from '../../platform/stores/facts/tables.ts'

/** Values that are worth asking after, most first; written with the golden records of a run and again when decay is measured anew. */
export const verifyFirst = factTable({
  name: 'verify_first',
  comment: 'Golden values by expected loss: probability that they are wrong × use of the field × planned contacts',
  columns: {
    run_id: 'UInt64',
    customer_id: 'UInt64',
    field: 'LowCardinality(String)',
    source: 'LowCardinality(String)',
    seen_at: "DateTime('UTC')",
    holds: 'Float64',
    contacts: 'Float64',
    loss: 'Float64',
  },
  orderBy: ['customer_id', 'field'],
  partitionBy: 'run_id',
})
