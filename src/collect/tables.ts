import { factTable } from '../platform/stores/facts/tables.ts'
import { consentFactTables } from './consent/tables.ts'
import { verifyFirst } from './decay/tables.ts'
import { pairWeights, reviewPairs } from './decisions/tables.ts'
import { eventTables } from './events/tables.ts'
import { givebackTables } from './giving-back/tables.ts'
import { householdMembers, organisationPeople } from './households/tables.ts'
import { identityFactTables } from './identity/tables.ts'
import { quarantineMends } from './mending/tables.ts'
import { qualityMarks } from './quality/tables.ts'
import { corrections, repairMarks } from './repair/tables.ts'
import { rightsFactTables } from './rights/tables.ts'

/** All that is stored of imports; readers see only rows whose import_id stands in import_commits. */
export const importCommits = factTable({
  name: 'import_commits',
  comment: 'One row makes all rows of an import visible at once',
  columns: {
    import_id: 'UInt64',
    source: 'LowCardinality(String)',
    file: 'String',
    file_sha256: 'FixedString(64)',
    rows_in: 'UInt64',
    stored: 'UInt64',
    duplicates: 'UInt64',
    quarantined: 'UInt64',
    committed_at: "DateTime64(3, 'UTC')",
    replay_of: 'UInt64 DEFAULT 0', // import whose quarantine the rows of this one come from, mended; 0 = a file's own
    mended: 'UInt64 DEFAULT 0', // rows it took out of that quarantine = stored + duplicates; its rows_in is 0
  },
  orderBy: ['import_id'],
  shardBy: 'import_id',
})

/** Rows about people and organisations as the sources gave them, with values standardised beside the raw row. */
export const sourceRecords = factTable({
  name: 'source_records',
  comment: 'A row as a source gave it; a changed row is a new version',
  columns: {
    source: 'LowCardinality(String)',
    row_key: 'String',
    import_id: 'UInt64',
    row_no: 'UInt64',
    content_hash: 'UInt64',
    kind: "LowCardinality(String) DEFAULT 'person'", // person | organisation
    full_name: 'String',
    family_name: 'String',
    given_name: 'String',
    gender: 'LowCardinality(String)',
    birth_date: 'Nullable(Date32)',
    id_number: 'String',
    org_code: 'String',
    contact_person: 'String',
    mobile: 'String',
    mobile2: 'String',
    landline: 'String',
    email: 'String', // standardised: E.164, lower case; as given stays in raw
    country: 'LowCardinality(String)',
    province: 'LowCardinality(String)',
    city: 'LowCardinality(String)',
    district: 'LowCardinality(String)',
    street: 'String',
    postcode: 'String',
    address2: 'String',
    account_no: 'String',
    language: 'LowCardinality(String)',
    name_pinyin: 'String',
    name_initials: 'String',
    updated_at: "Nullable(DateTime('UTC'))",
    created_at: "Nullable(DateTime('UTC'))",
    raw: 'String', // the row as JSON: { header: value as given }
  },
  orderBy: ['source', 'row_key', 'import_id'],
  shardBy: 'row_key',
})

export const saleLines = factTable({
  name: 'sale_lines',
  comment: 'Invoice lines as imported; a cancellation is a line with negative quantity',
  columns: {
    source: 'LowCardinality(String)',
    import_id: 'UInt64',
    account_no: 'String', // '' = anonymous sale
    invoice: 'String',
    line: 'UInt32',
    product_code: 'LowCardinality(String)',
    quantity: 'Int32',
    unit_price: 'Decimal(18, 6)',
    amount_minor: 'Int64',
    currency: 'LowCardinality(String)',
    sold_at: "DateTime('UTC')",
    country: 'LowCardinality(String)',
    content_hash: 'UInt64',
  },
  orderBy: ['account_no', 'sold_at', 'invoice', 'line'],
  shardBy: 'account_no',
})

export const products = factTable({
  name: 'products',
  comment: 'Catalogue; the newest committed import of a code holds',
  columns: {
    product_code: 'String',
    import_id: 'UInt64',
    name_en: 'String',
    name_zh: 'String',
    category: 'LowCardinality(String)',
    category_en: 'LowCardinality(String)',
    category_zh: 'LowCardinality(String)',
    list_price_minor: 'Int64',
    unit_cost_minor: 'Int64',
    margin_rate: 'Float64', // (price - cost) / price
    currency: 'LowCardinality(String)',
    is_service: 'UInt8',
  },
  orderBy: ['product_code', 'import_id'],
  shardBy: 'product_code',
})

/** Append-only consent statements as the sources gave them. */
export const consents = factTable({
  name: 'consents',
  comment: 'Append-only: who allowed or refused what, when, with which wording',
  columns: {
    source: 'LowCardinality(String)',
    row_key: 'String',
    customer_id: 'UInt64', // customer_id 0: resolved through record_links
    channel: 'LowCardinality(String)', // email | sms | call | letter
    purpose: "LowCardinality(String) DEFAULT 'marketing'",
    granted: 'UInt8',
    at: "DateTime('UTC')",
    wording: 'String',
    evidence: 'String',
    import_id: 'UInt64',
  },
  orderBy: ['source', 'row_key', 'channel', 'at'],
  shardBy: 'row_key',
})

/** Research answers and other attributes keyed by how the file named the person, or by region. */
export const sourceAttributes = factTable({
  name: 'source_attributes',
  comment: 'Survey answers and external data before they are joined to customers',
  columns: {
    source: 'LowCardinality(String)',
    import_id: 'UInt64',
    key_kind: 'LowCardinality(String)', // account_no | email | phone | id_number | org_code | row:<source> | postcode | region
    key: 'String',
    name: 'LowCardinality(String)',
    value: 'String',
    at: "DateTime('UTC')",
  },
  orderBy: ['source', 'key', 'name'],
  shardBy: 'key',
})

export const quarantine = factTable({
  name: 'quarantine',
  comment: 'Rows refused at import: file, row, column, value, rule; to be mended and replayed',
  columns: {
    import_id: 'UInt64',
    source: 'LowCardinality(String)',
    file: 'String',
    row_no: 'UInt64',
    column: 'String',
    value: 'String',
    rule: 'LowCardinality(String)',
    message_en: 'String',
    message_zh: 'String',
    raw: 'String',
  },
  orderBy: ['import_id', 'row_no'],
  shardBy: 'import_id',
})

/** Everything that happened with a customer, whoever reports it. Owned here; stages to the right hand in through the face. */
export const events = factTable({
  name: 'events',
  comment: 'Something that happened: sent, delivered, opened, replied, called, changed, bought; idempotent by event_id',
  columns: {
    event_id: 'String',
    customer_id: 'UInt64',
    type: 'LowCardinality(String)',
    channel: 'LowCardinality(String)',
    at: "DateTime64(3, 'UTC')",
    communication_id: 'String',
    task_id: 'String',
    actor: 'String', // user id, never a name
    payload: 'String', // JSON
    received_at: "DateTime64(3, 'UTC') DEFAULT now64(3)",
  },
  orderBy: ['customer_id', 'event_id'],
  engine: 'ReplacingMergeTree(received_at)',
})

// --- per identity run -------------------------------------------------------------------------------------------

/** The newest committed version of every source record, numbered, as one identity run saw them. */
export const currentRecords = factTable({
  name: 'current_records',
  comment: 'The source records an identity run worked on, numbered in the order of source and key',
  columns: {
    run_id: 'UInt64',
    record_no: 'UInt32',
    source: 'LowCardinality(String)',
    row_key: 'String',
    at: "DateTime('UTC')",
    kind: 'LowCardinality(String)',
    full_name: 'String',
    family_name: 'String',
    given_name: 'String',
    name_pinyin: 'String',
    name_initials: 'String',
    gender: 'LowCardinality(String)',
    birth_date: 'String',
    id_number: 'String',
    org_code: 'String',
    contact_person: 'String',
    mobile: 'String',
    mobile2: 'String',
    landline: 'String',
    email: 'String',
    country: 'LowCardinality(String)',
    province: 'LowCardinality(String)',
    city: 'LowCardinality(String)',
    district: 'LowCardinality(String)',
    street: 'String',
    postcode: 'String',
    address2: 'String',
    account_no: 'String',
    language: 'LowCardinality(String)',
    created_at: "Nullable(DateTime('UTC'))",
  },
  orderBy: ['record_no'],
  partitionBy: 'run_id',
  shardBy: 'row_key',
})

/** A customer number that has gone into another one: links made with the old number still find the customer. */
export const customerRedirects = factTable({
  name: 'customer_redirects',
  comment: 'Old customer number to the one that took over its records',
  columns: { run_id: 'UInt64', old_id: 'UInt64', customer_id: 'UInt64', version: 'UInt32 DEFAULT 0' },
  orderBy: ['old_id'],
  patched: true,
  partitionBy: 'run_id',
  shardBy: 'old_id',
})

export const recordLinks = factTable({
  name: 'record_links',
  comment: 'Which source record belongs to which customer',
  columns: {
    run_id: 'UInt64',
    customer_id: 'UInt64',
    source: 'LowCardinality(String)',
    row_key: 'String',
    account_no: 'String',
    probability: 'Float32',
    version: 'UInt32 DEFAULT 0', // 0: as the run wrote it; rows with a higher one took their place since
  },
  orderBy: ['customer_id', 'source', 'row_key'],
  patched: true,
  partitionBy: 'run_id',
})

export const goldenRecords = factTable({
  name: 'golden_records',
  comment: 'What we believe of a customer; provenance names source:row_key of each field and the values it beat',
  columns: {
    run_id: 'UInt64',
    customer_id: 'UInt64',
    kind: 'LowCardinality(String)',
    name: 'String',
    family_name: 'String',
    given_name: 'String',
    name_pinyin: 'String',
    name_initials: 'String', // wang xiaoming | wxm, for search
    gender: 'LowCardinality(String)',
    birth_date: 'Nullable(Date32)',
    id_number: 'String',
    org_code: 'String',
    contact_person: 'String',
    mobile: 'String',
    landline: 'String',
    email: 'String',
    country: 'LowCardinality(String)',
    province: 'LowCardinality(String)',
    city: 'LowCardinality(String)',
    district: 'LowCardinality(String)',
    street: 'String',
    postcode: 'String',
    language: 'LowCardinality(String)', // zh-CN | zh-TW | en
    accounts: 'Array(String)',
    records: 'UInt16',
    since: "Nullable(DateTime('UTC'))",
    provenance: 'String', // JSON: { field: { source, rowKey, at, beat: [{ value, source, rowKey, why }] } }
    version: 'UInt32 DEFAULT 0', // 0: as the run wrote it; rows with a higher one took their place since
  },
  orderBy: ['customer_id'],
  patched: true,
  partitionBy: 'run_id',
  // Who is calling is asked by the number alone: some granules are read instead of the run (src/interact/calls/who.ts).
  indexes: {
    by_mobile: 'mobile TYPE bloom_filter(0.001) GRANULARITY 1',
    by_landline: 'landline TYPE bloom_filter(0.001) GRANULARITY 1',
  },
})

export const customerConsents = factTable({
  name: 'customer_consents',
  comment: 'The consent that holds per customer and channel: the newest statement wins, a refusal wins a tie',
  columns: {
    run_id: 'UInt64',
    customer_id: 'UInt64',
    channel: 'LowCardinality(String)',
    granted: 'UInt8',
    at: "DateTime('UTC')",
    source: 'LowCardinality(String)',
    version: 'UInt32 DEFAULT 0', // 0: as the run wrote it; rows with a higher one took their place since
  },
  orderBy: ['customer_id', 'channel'],
  patched: true,
  partitionBy: 'run_id',
})

export const customerAttributes = factTable({
  name: 'customer_attributes',
  comment: 'Research answers and external data joined to customers, each with source and date',
  columns: {
    run_id: 'UInt64',
    customer_id: 'UInt64',
    name: 'LowCardinality(String)',
    value: 'String',
    source: 'LowCardinality(String)',
    at: "DateTime('UTC')",
    version: 'UInt32 DEFAULT 0', // 0: as the run wrote it; rows with a higher one took their place since
  },
  orderBy: ['customer_id', 'name'],
  patched: true,
  partitionBy: 'run_id',
})

/** Sale lines of known customers, copied per identity run in customer order, so that per-customer SQL is shard-local. */
export const purchases = factTable({
  name: 'purchases',
  comment: 'Sale lines of known customers (all dates: readers filter sold_at < as-of)',
  columns: {
    run_id: 'UInt64',
    customer_id: 'UInt64',
    sold_at: "DateTime('UTC')",
    invoice: 'String',
    line: 'UInt32',
    product_code: 'LowCardinality(String)',
    category: 'LowCardinality(String)',
    quantity: 'Int32',
    amount_minor: 'Int64',
    margin_minor: 'Int64',
    is_return: 'UInt8',
    is_service: 'UInt8',
    list_minor: 'Int64 DEFAULT 0', // what the line would cost at the catalogue's list price; 0: no list price known
    version: 'UInt32 DEFAULT 0', // 0: as the run wrote it; rows with a higher one took their place since
  },
  orderBy: ['customer_id', 'sold_at', 'invoice', 'line'],
  patched: true,
  partitionBy: 'run_id',
})

export const factTables = [
  ...identityFactTables,
  reviewPairs,
  pairWeights,
  householdMembers,
  organisationPeople,
  ...consentFactTables,
  ...rightsFactTables,
  importCommits,
  sourceRecords,
  saleLines,
  products,
  consents,
  sourceAttributes,
  quarantine,
  quarantineMends,
  events,
  ...eventTables,
  ...givebackTables,
  qualityMarks,
  corrections,
  repairMarks,
  verifyFirst,
  currentRecords,
  customerRedirects,
  recordLinks,
  goldenRecords,
  customerConsents,
  customerAttributes,
  purchases,
]
