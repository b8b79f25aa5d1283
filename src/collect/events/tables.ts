import { factTable } from '../../platform/stores/facts/tables.ts'

/** Which events are there, in the order of a hash, so that a batch is looked up without reading the events themselves. */
export const eventIds = factTable({
  name: 'event_ids',
  comment: 'Ids of all events taken in over HTTP; what makes sending one twice harmless, whoever it belongs to',
  columns: { id_hash: 'UInt64', event_id: 'String' },
  orderBy: ['id_hash'],
  shardBy: 'id_hash',
})

/** Nothing is lost because a customer is not known yet: these are joined by the next identity run, or when a visitor signs in. */
export const waitingEvents = factTable({
  name: 'waiting_events',
  comment: 'Events whose customer is not known yet, with what names the customer',
  columns: {
    key_kind: 'LowCardinality(String)', // customer | account | email | phone | row | visitor
    key: 'String',
    key_source: 'LowCardinality(String)', // of kind row: the source whose row it is; of kind visitor: the site
    event_id: 'String',
    type: 'LowCardinality(String)',
    channel: 'LowCardinality(String)',
    at: "DateTime64(3, 'UTC')",
    communication_id: 'String',
    task_id: 'String',
    actor: 'String',
    payload: 'String',
    received_at: "DateTime64(3, 'UTC') DEFAULT now64(3)",
  },
  orderBy: ['key_kind', 'key', 'event_id'],
  engine: 'ReplacingMergeTree(received_at)',
  shardBy: 'key',
  // Visitors who never said who they are, customers who never came: 13 months, the longest a visitor's id is kept.
  ttl: 'toDateTime(received_at) + INTERVAL 13 MONTH',
})

export const visitorLinks = factTable({
  name: 'visitor_links',
  comment: 'Which customer a visitor of the web site proved to be; the newest holds',
  columns: { visitor: 'String', customer_id: 'UInt64', at: "DateTime64(3, 'UTC')" },
  orderBy: ['visitor', 'at'],
  shardBy: 'visitor',
})

export const eventTables = [eventIds, waitingEvents, visitorLinks]
