import { factTable } from '../../platform/stores/facts/tables.ts'

/** What went, or is to go, to each target, in order. The newest row of a key is what the other system has. */
export const givebackChanges = factTable({
  name: 'giveback_changes',
  comment: 'The stream of changes of each target of giving back: one row a change, numbered; a tombstone has no row',
  columns: {
    target_id: 'UInt64',
    seq: 'UInt64',
    key: 'String', // JSON array of the key columns
    op: 'LowCardinality(String)', // upsert | delete
    row: 'String CODEC(ZSTD(1))', // JSON object of the target's columns; '' of a tombstone
    row_hash: 'UInt64',
    at: "DateTime64(3, 'UTC')",
  },
  orderBy: ['target_id', 'seq'],
  shardBy: 'target_id',
})

export const givebackTables = [givebackChanges]
