import { factTable } from '../platform/stores/facts/tables.ts'

/** Append-only: claimed, then settled, refused, failed or uncertain; the last row by at holds. */
export const deliveries = factTable({
  name: 'deliveries',
  comment: 'What became of each communication: claimed, settled, refused, failed, uncertain',
  columns: {
    run_id: 'UInt64', communication_id: 'FixedString(32)', customer_id: 'UInt64', channel: 'LowCardinality(String)',
    state: 'LowCardinality(String)', reason: 'LowCardinality(String)', transport: 'LowCardinality(String)',
    receipt: 'String', // file name, provider id
    attempt: 'UInt16', at: "DateTime64(3, 'UTC')",
  },
  orderBy: ['customer_id', 'communication_id', 'at'], partitionBy: 'run_id',
})

export const factTables = [deliveries]
