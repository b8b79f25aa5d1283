/** Events that waited for their customer are joined by the identity run that knows it. */
import type { App } from '../../platform/app.ts'

/**
 * A name that leads to one customer of the run places its events; one shared by two, or unknown, waits on. Events are inserted
 * first and taken off the waiting list after: killed in between they are inserted again under the same key, which is one event.
 */
export async function placeWaitingEvents(app: App, runId: number): Promise<{ placed: number }> {
  const { facts } = app
  const { upTo, events } = await facts.one<{ upTo: string; events: number }>(
    `SELECT toString(max(received_at)) AS upTo, count() AS events FROM waiting_events WHERE key_kind != 'visitor'`,
  )
  if (events === 0) return { placed: 0 }
  const params = { run_id: runId, upTo }
  const { writtenRows } = await facts.exec(`INSERT INTO events ${COLUMNS} ${PLACED}`, params)
  await facts.exec(
    `DELETE FROM waiting_events WHERE received_at <= toDateTime64({upTo:String}, 3, 'UTC')
     AND (key_kind, key, key_source) IN (SELECT key_kind, key, key_source FROM (${NAMED}))`,
    params,
  )
  return { placed: writtenRows }
}

/** A visitor proved to be a customer: what the visitor did before is the customer's. */
export async function placeVisitor(app: App, visitor: string, customerId: number): Promise<void> {
  const params = { visitor, id: customerId }
  await app.facts.exec(
    `INSERT INTO events ${COLUMNS} SELECT event_id, {id:UInt64}, type, channel, at, communication_id, task_id, actor, payload, received_at
     FROM waiting_events FINAL WHERE key_kind = 'visitor' AND key = {visitor:String}`,
    params,
  )
  await app.facts.exec(
    `DELETE FROM waiting_events WHERE key_kind = 'visitor' AND key = {visitor:String}
     AND event_id IN (SELECT event_id FROM events WHERE customer_id = {id:UInt64})`,
    params,
  )
}

const COLUMNS = '(event_id, customer_id, type, channel, at, communication_id, task_id, actor, payload, received_at)'

const NAMES = `SELECT DISTINCT key_kind, key, key_source FROM waiting_events WHERE key_kind != 'visitor'`
const LINKS = 'SELECT customer_id, source, row_key, account_no FROM record_links WHERE run_id = {run_id:UInt64}'
const CONTACTS = `
  SELECT source, row_key, arrayJoin([('email', email), ('phone', mobile), ('phone', mobile2), ('phone', landline)]) AS contact
  FROM current_records WHERE run_id = {run_id:UInt64}`
const KNOWN = `
  SELECT 'account' AS kind, account_no AS name, '' AS name_source, customer_id AS customer FROM (${LINKS}) WHERE account_no != ''
  UNION ALL
  SELECT 'row', row_key, source, customer_id FROM (${LINKS})
  UNION ALL
  SELECT 'customer', toString(customer_id), '', customer_id FROM golden_records WHERE run_id = {run_id:UInt64}
  UNION ALL
  SELECT 'customer', toString(old_id), '', customer_id FROM customer_redirects WHERE run_id = {run_id:UInt64}
  UNION ALL
  SELECT contact.1, contact.2, '', customer_id
  FROM (SELECT * FROM (${CONTACTS}) WHERE contact IN (SELECT key_kind, key FROM (${NAMES}))) AS named
  INNER JOIN (${LINKS}) AS links ON links.source = named.source AND links.row_key = named.row_key`

/** The waiting names, each with its one customer. Subqueries, not CTEs: the engine's DELETE does not know those. */
const NAMED = `
  SELECT kind AS key_kind, name AS key, name_source AS key_source, any(customer) AS customer_id
  FROM (${KNOWN}) WHERE (kind, name, name_source) IN (${NAMES})
  GROUP BY kind, name, name_source HAVING uniqExact(customer) = 1`

/** `received_at` stays: it came when it came. */
const PLACED = `
SELECT waiting.event_id, named.customer_id, waiting.type, waiting.channel, waiting.at, waiting.communication_id, waiting.task_id,
  waiting.actor, waiting.payload, waiting.received_at
FROM (
  SELECT * FROM waiting_events FINAL WHERE key_kind != 'visitor' AND received_at <= toDateTime64({upTo:String}, 3, 'UTC')
) AS waiting
INNER JOIN (${NAMED}) AS named
  ON named.key_kind = waiting.key_kind AND named.key = waiting.key AND named.key_source = waiting.key_source`
