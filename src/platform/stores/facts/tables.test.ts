import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createStatements, factTable, typeOf } from './tables.ts'

const purchases = factTable({
  name: 'purchases',
  comment: "one line of a customer's receipt",
  columns: { customer_id: 'UInt64', at: "DateTime64(3, 'UTC')", amount_minor: 'Int64 CODEC(Delta, ZSTD)' },
  orderBy: ['customer_id', 'at'],
  partitionBy: 'toYYYYMM(at)',
  engine: 'ReplacingMergeTree(at)',
  ttl: 'toDateTime(at) + INTERVAL 7 YEAR',
  indexes: { by_time: 'at TYPE minmax GRANULARITY 1' },
})

test('one node', () => {
  assert.deepEqual(createStatements(purchases), [
    `CREATE TABLE IF NOT EXISTS \`purchases\` (
  \`customer_id\` UInt64,
  \`at\` DateTime64(3, 'UTC'),
  \`amount_minor\` Int64 CODEC(Delta, ZSTD),
  INDEX \`by_time\` at TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree(at)
PARTITION BY toYYYYMM(at)
ORDER BY (customer_id, at)
TTL toDateTime(at) + INTERVAL 7 YEAR
COMMENT 'one line of a customer\\'s receipt'`,
  ])
})

test('a cluster: a replicated table on each shard, and one over them by the hash of the customer', () => {
  const [local, distributed] = createStatements(purchases, 'main')
  assert.match(local!, /^CREATE TABLE IF NOT EXISTS `purchases_local` ON CLUSTER `main` \(/)
  assert.match(
    local!,
    /ReplicatedReplacingMergeTree\('\/clickhouse\/tables\/\{shard\}\/\{database\}\/\{table\}', '\{replica\}', at\)/,
  )
  assert.equal(
    distributed,
    'CREATE TABLE IF NOT EXISTS `purchases` ON CLUSTER `main` AS `purchases_local`\n' +
      'ENGINE = Distributed(`main`, currentDatabase(), `purchases_local`, cityHash64(customer_id))',
  )
})

test('a table without customers is whole on every shard, under its own name', () => {
  const products = factTable({ name: 'products', comment: 'a product', columns: { sku: 'String' }, orderBy: ['sku'] })
  const statements = createStatements(products, 'main')
  assert.equal(statements.length, 1)
  assert.match(
    statements[0]!,
    /`products` ON CLUSTER[\s\S]*ReplicatedMergeTree\('\/clickhouse\/tables\/all\/\{database\}\/\{table\}', '\{shard\}-\{replica\}'\)/,
  )
})

test('a key must be a column, and a name a name', () => {
  const table = { name: 'x', comment: '', columns: { a: 'UInt8' }, orderBy: ['b'] }
  assert.throws(() => factTable(table), /b is in its key/)
  assert.throws(() => factTable({ ...table, orderBy: ['a'], shardBy: 'c' }), /c is in its key/)
  assert.throws(() => factTable({ ...table, name: 'x; DROP' }), /not the name/)
})

test('the type of a definition', () => {
  assert.equal(typeOf("DateTime64(3, 'UTC') DEFAULT now64(3)"), "DateTime64(3, 'UTC')")
  assert.equal(typeOf('UInt32 CODEC(Delta)'), 'UInt32')
  assert.equal(typeOf("Enum8('a b' = 1) COMMENT 'x'"), "Enum8('a b' = 1)")
})
