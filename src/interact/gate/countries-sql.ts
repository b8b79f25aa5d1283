/** Where customers live, for quiet hours. Parameters: identityRun, ids. */
export const COUNTRIES_SQL = `
SELECT customer_id, toString(country) AS country FROM golden_records
WHERE run_id = {identityRun:UInt64} AND customer_id IN {ids:Array(UInt64)}`
