/** Who stands on a list that holds today, with what the list closes, as SQL. */
import { KEYS_SQL } from './keys.ts'

/** The newest version of every list and of the entries of the keys asked for. `keys` selects (kind, key). */
const listed = (keys: string): string => `
  SELECT entries.kind AS kind, entries.key AS key, entries.list AS list, rules.channels AS channels, rules.service AS service
  FROM (
    SELECT toString(kind) AS kind, toString(key) AS key, toString(list) AS list
    FROM suppression_entries
    WHERE key IN (SELECT toFixedString(key, 64) FROM (${keys}))
    GROUP BY kind, key, list
    HAVING argMax(removed, version) = 0 AND ifNull(argMax(tuple(until), version).1 >= today(), 1)
  ) AS entries
  INNER JOIN (
    SELECT toString(list) AS list, argMax(channels, version) AS channels, argMax(service, version) AS service
    FROM suppression_rules GROUP BY list HAVING argMax(active, version) = 1
  ) AS rules USING (list)`

const keysOf = (run: string, condition: string): string => `
  SELECT customer_id, entry.1 AS kind, entry.2 AS key
  FROM (SELECT * FROM golden_records WHERE run_id = {${run}:UInt64} AND ${condition})
  ARRAY JOIN ${KEYS_SQL} AS entry`

/** Customer → channels closed by lists (for offers: every list; `service`: only those that close service mail too). */
export const suppressedCustomersSql = (run: string, condition: string): string => `
SELECT customer_id, groupUniqArrayArray(channels) AS closed, groupUniqArrayArrayIf(channels, service = 1) AS closed_to_service,
  groupUniqArray(list) AS lists
FROM (${keysOf(run, condition)}) AS keys
INNER JOIN (${listed(keysOf(run, condition))}) AS listed USING (kind, key)
GROUP BY customer_id`

/** The lists on which given keys stand. Parameter: keys. */
export const LISTED_KEYS_SQL = listed('SELECT arrayJoin({keys:Array(String)}) AS key')
