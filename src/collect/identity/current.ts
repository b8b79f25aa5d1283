/**
 * The newest committed version of every source record. Rows of an import are visible only through its commit, and a changed
 * row is a newer version under the same key.
 * `among`: SQL that holds for some records, by source and row_key.
 */
export const currentSourceRecords = (columns: string, among = ''): string => `
SELECT ${columns}
FROM source_records
WHERE import_id IN (SELECT import_id FROM import_commits)${among && ` AND ${among}`}
ORDER BY source, row_key, import_id DESC, row_no DESC
LIMIT 1 BY source, row_key`
