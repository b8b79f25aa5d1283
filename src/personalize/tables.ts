import { factTable } from '../platform/stores/facts/tables.ts'

/** The ledger: enough to compose the same bytes again. Append-only, one row per communication. */
export const communications = factTable({
  name: 'communications',
  comment: 'The ledger of communications: composed or held, with everything needed to show the same bytes again',
  columns: {
    run_id: 'UInt64', communication_id: 'FixedString(32)', customer_id: 'UInt64', campaign_id: 'UInt64', wave: 'UInt16',
    kind: 'LowCardinality(String)', // bill | letter | email | sms | script
    class: 'LowCardinality(String)', // legal | service | offer
    channel: 'LowCardinality(String)', // print | email | sms | call
    offer: 'LowCardinality(String)', template: 'LowCardinality(String)', template_version: 'UInt32',
    language: 'LowCardinality(String)', partition: 'UInt32', address: 'String', // as used
    state: 'LowCardinality(String)', // composed | held
    reason: 'LowCardinality(String)', reason_detail: 'String', // of a held one
    data: 'String CODEC(ZSTD(3))', // JSON handed to the template
    engine: 'LowCardinality(String)', fonts: 'LowCardinality(String)', sha256: 'String', size: 'UInt32',
    pages: 'UInt16', segments: 'UInt16', subject: 'String', composed_at: "DateTime64(3, 'UTC')",
  },
  orderBy: ['customer_id', 'communication_id'], partitionBy: 'run_id',
})

export const factTables = [communications]
