import { factTable } from '../../platform/stores/facts/tables.ts'

/** What became of customer numbers: a merge or a split, told once; readers take those of committed runs. */
export const identityEvents = factTable({
  name: 'identity_events',
  comment: 'Customers that became one, fell apart, came anew or were redirected: by an identity run or by a person',
  columns: {
    run_id: 'UInt64',
    kind: 'LowCardinality(String)', // merge | split | new | redirect
    old_ids: 'Array(UInt64)',
    new_ids: 'Array(UInt64)',
    actor: 'String', // 'run', or who decided: a user's number
    reason: 'String',
    at: "DateTime64(3, 'UTC')",
  },
  orderBy: ['at', 'kind'],
  partitionBy: 'run_id',
  shardBy: null,
})

export const identityFactTables = [identityEvents]
