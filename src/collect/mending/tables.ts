import { factTable } from '../../platform/stores/facts/tables.ts'

/**
 * What became of rows of the quarantine. A mended one counts as soon as, and as long as, the import that brought it in (`replay_id`) is
 * committed; a discarded one (`replay_id` 0) until it is undone.
 */
export const quarantineMends = factTable({
  name: 'quarantine_mends',
  comment: 'Rows of the quarantine that were mended or given up: by whom, when, and how the row reads now',
  columns: {
    import_id: 'UInt64',
    row_no: 'UInt64',
    mend_id: 'UInt64',
    replay_id: 'UInt64',
    state: 'LowCardinality(String)', // mended | discarded
    raw: 'String', // the row as mended, as JSON: { header: value }
    reason: 'String',
    at: "DateTime64(3, 'UTC')",
    user_id: 'UInt64',
  },
  orderBy: ['import_id', 'row_no', 'mend_id'],
  shardBy: 'import_id',
})
