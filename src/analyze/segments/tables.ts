import { factTable } from '../../platform/stores/facts/tables.ts'

/** While a trial runs: whom the draft would have taken on each date. Dropped when its figures are drawn. */
export const segmentTrialMembers = factTable({
  name: 'segment_trial_members',
  comment: 'The segment each customer would have been in on a date, by a draft on trial',
  columns: {
    run_id: 'UInt64',
    customer_id: 'UInt64',
    as_of: 'Date',
    segment: 'LowCardinality(String)',
  },
  orderBy: ['customer_id', 'as_of'],
  partitionBy: 'run_id',
})

export const segmentTables = [segmentTrialMembers]
