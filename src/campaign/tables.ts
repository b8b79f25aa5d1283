import { factTable } from '../platform/stores/facts/tables.ts'

export const campaignMembers = factTable({
  name: 'campaign_members',
  comment: 'Who is in the campaign: planned with an offer and channel, or control',
  columns: {
    run_id: 'UInt64',
    campaign_id: 'UInt64',
    customer_id: 'UInt64',
    arm: 'LowCardinality(String)', // planned | control
    wave: 'UInt16',
    offer: 'LowCardinality(String)',
    channel: 'LowCardinality(String)',
    product_code: 'String',
    acceptance: 'Float32',
    value_minor: 'Float64',
    cost_minor: 'Float64',
  },
  orderBy: ['customer_id', 'offer', 'channel'],
  partitionBy: 'run_id',
})

export const factTables = [campaignMembers]
