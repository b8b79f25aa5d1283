import { factTable } from '../../platform/stores/facts/tables.ts'

/** Never changed once written; `repair_marks` says whether a repair holds. */
export const corrections = factTable({
  name: 'corrections',
  comment: 'A value of a source record put right by a steward: what it was, what it is',
  columns: {
    repair_id: 'UInt64',
    source: 'LowCardinality(String)',
    row_key: 'String',
    field: 'LowCardinality(String)',
    /** form: the same value written right; value: another value, which people vouch for. */
    kind: 'LowCardinality(String)',
    before: 'String',
    after: 'String',
    at: "DateTime('UTC')",
  },
  orderBy: ['source', 'row_key', 'field', 'repair_id'],
  shardBy: 'row_key',
})

export const repairMarks = factTable({
  name: 'repair_marks',
  comment: 'A repair was applied or undone; the last mark of a repair holds',
  columns: { mark_no: 'UInt64', repair_id: 'UInt64', applied: 'UInt8', at: "DateTime64(3, 'UTC')" },
  orderBy: ['repair_id', 'mark_no'],
  shardBy: null,
})
