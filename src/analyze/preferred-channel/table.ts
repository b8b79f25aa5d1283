import { factTable } from '../../platform/stores/facts/tables.ts'

export const preferredChannels = factTable({
  name: 'preferred_channels',
  comment: 'By which channel a customer answers, of those ever contacted: one row a channel',
  columns: {
    run_id: 'UInt64', // of the models
    customer_id: 'UInt64',
    channel: 'LowCardinality(String)', // email | sms | call | letter
    contacts: 'UInt32',
    responses: 'UInt32',
    rate: 'Float32', // expected share of answers to one contact more, shrunk to the segment
    low: 'Float32',
    high: 'Float32', // 95 % interval
    best: 'UInt8', // 1: answers by this one more than by any other, by more than one standard error
  },
  orderBy: ['customer_id', 'channel'],
  partitionBy: 'run_id',
})
