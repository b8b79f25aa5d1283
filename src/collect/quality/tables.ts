import { factTable } from '../../platform/stores/facts/tables.ts'

/** Kept for ever: what a scorecard looked like over time is these rows. */
export const qualityMarks = factTable({
  name: 'quality_marks',
  comment: 'One rule over one source in one check: how many records it asked, how many failed',
  columns: {
    check_id: 'UInt64',
    source: 'LowCardinality(String)',
    field: 'LowCardinality(String)',
    rule: 'LowCardinality(String)',
    rule_version: 'UInt32',
    dimension: 'LowCardinality(String)',
    severity: 'LowCardinality(String)',
    checked: 'UInt64',
    failed: 'UInt64',
    examples: 'Array(String)', // up to 20 row keys
  },
  orderBy: ['check_id', 'source', 'field', 'rule'],
  shardBy: 'check_id',
})
