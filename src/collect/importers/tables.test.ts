import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import mysql2 from 'mysql2/promise'
import pg from 'pg'
import { HuiyinError } from '../../platform/errors.ts'
import { startDebianPostgres } from '../../platform/stores/workflow/debian-postgres.ts'
import { importFile } from '../import/import-file.ts'
import { type OwnApp, ownApp } from '../import/own-app.ts'
import { type Mapping, mappingSchema } from '../mapping.ts'
import { proposeMapping } from '../sources.ts'

let own: OwnApp
before(async () => {
  own = await ownApp()
})
after(() => own.close())

const people = (importer: string, extra: Partial<Mapping> = {}): Mapping =>
  mappingSchema.parse({
    source: importer,
    file: 'x',
    importer,
    kind: 'people',
    columns: [
      { header: 'id', field: 'row_key' },
      { header: 'name', field: 'full_name' },
      { header: 'birth', field: 'birth_date' },
      { header: 'amount', field: 'ignore' },
      { header: 'changed', field: 'updated_at' },
    ],
    ...extra,
  })

const MYSQLD = ['/usr/sbin/mariadbd', '/usr/sbin/mysqld'].find(path => existsSync(path))

const CREATE = (instant: string) =>
  `CREATE TABLE customers (id bigint, name varchar(40), birth date, amount numeric(20, 3), changed ${instant})`
const ROWS = (zone: string) => `INSERT INTO customers VALUES
  (1, '王小明', '1985-07-03', 1.100, '2020-01-01 08:00:00${zone}'), (2, 'Ann\tLee', '1990-01-02', 12345678901234567.891, '2020-01-02 08:00:00${zone}'),
  (3, NULL, NULL, NULL, '2020-01-02 08:00:00${zone}'), (4, '早生', '1800-02-03', 0, NULL)`
const MORE = (zone: string) =>
  `INSERT INTO customers VALUES (5, '李丽', '1991-01-02', 5, '2020-01-02 08:00:00${zone}'), (6, '张伟', '1992-01-02', 6, '2020-01-03 08:00:00${zone}')`

/** The same for every database: exact text, refused rows, rows from the cursor on, nothing lost, nothing twice, no password shown. */
async function readsTable(importer: string, address: string, more: () => Promise<unknown>): Promise<void> {
  const { app } = own
  const mapping = people(importer, { cursor: 'changed' })
  const first = await importFile(app, mapping, address)
  assert.deepEqual([first.rowsIn, first.stored, first.duplicates, first.quarantined], [4, 2, 0, 2])
  const rows = await app.facts.query<{ full_name: string; birth: string; at: string; raw: string }>(
    `SELECT full_name, toString(birth_date) AS birth, toString(updated_at) AS at, raw FROM source_records WHERE source = {s:String} ORDER BY row_key`,
    { s: importer },
  )
  assert.deepEqual(
    rows.map(row => [row.full_name, row.birth, row.at, (JSON.parse(row.raw) as Record<string, string>)['amount']]),
    [
      ['王小明', '1985-07-03', '2020-01-01 08:00:00', '1.100'],
      ['Ann Lee', '1990-01-02', '2020-01-02 08:00:00', '12345678901234567.891'],
    ],
  )
  const refused = await app.facts.query(
    'SELECT `column`, rule, value FROM quarantine WHERE source = {s:String} ORDER BY rule',
    { s: importer },
  )
  assert.deepEqual(refused, [
    { column: 'name', rule: 'nobody', value: '' },
    { column: 'birth', rule: 'range', value: '1800-02-03' },
  ])
  await more()
  const second = await importFile(app, mapping, address)
  // From 2 January on: two seen already, of which one was refused, the one without a time, and two new ones.
  assert.deepEqual([second.rowsIn, second.stored, second.duplicates, second.quarantined], [5, 2, 1, 2])
  const proposed = await proposeMapping(address, `${importer}-proposed`)
  assert.deepEqual([proposed.importer, proposed.columns[1]?.field], [importer, 'full_name'])
  const stored = await app.facts.query<{ file: string }>(
    'SELECT DISTINCT file FROM import_commits WHERE source = {s:String}',
    { s: importer },
  )
  assert.ok(
    stored.every(({ file }) => !file.includes('s3cret')),
    JSON.stringify(stored),
  )
  await assert.rejects(
    importFile(app, people(importer), address.replace('customers', 'nothing_there')),
    (error: unknown) =>
      error instanceof HuiyinError &&
      error.code === 'collect.table-unreadable' &&
      !JSON.stringify([error.message, error.stack]).includes('s3cret'),
  )
}

test('a table of PostgreSQL', async () => {
  const server = await startDebianPostgres()
  const url = await server.freshUrl()
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(CREATE('timestamptz'))
    await client.query(ROWS('+00'))
    const address = `${url.replace('huiyin@', 'huiyin:s3cret@')}?table=public.customers`
    await readsTable('postgres', address, () => client.query(MORE('+00')))
    const query = `${url}?query=${encodeURIComponent("SELECT id, name || '!' AS name FROM customers WHERE id < 3")}`
    const result = await importFile(
      own.app,
      people('postgres', { source: 'pg-query', columns: people('postgres').columns.slice(0, 2) }),
      query,
    )
    assert.deepEqual([result.rowsIn, result.stored], [2, 2])
  } finally {
    await client.end()
    await server.stop()
  }
})

test('a table of MySQL or MariaDB', {
  skip: MYSQLD ? false : 'no mariadbd: install Debian’s package "mariadb-server"',
}, async () => {
  const dir = await mkdtemp(join(tmpdir(), 'huiyin-mariadb-'))
  const port = await freePort()
  const user = process.getuid?.() === 0 ? ['--user=root'] : []
  execFileSync(
    'mariadb-install-db',
    [`--datadir=${dir}`, '--auth-root-authentication-method=normal', '--skip-test-db', ...user],
    { stdio: 'pipe' },
  )
  const server = spawn(
    MYSQLD!,
    [
      '--no-defaults',
      `--datadir=${dir}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      `--socket=${dir}/s.sock`,
      `--pid-file=${dir}/pid`,
      '--innodb-flush-log-at-trx-commit=0',
      ...user,
    ],
    { stdio: 'ignore' },
  )
  try {
    const client = await connected(() =>
      mysql2.createConnection({ socketPath: join(dir, 's.sock'), user: 'root', multipleStatements: true }),
    )
    await client.query(
      "CREATE DATABASE shop CHARACTER SET utf8mb4; CREATE USER reader@'127.0.0.1' IDENTIFIED BY 's3cret'; GRANT SELECT ON shop.* TO reader@'127.0.0.1'; USE shop",
    )
    await client.query(CREATE('datetime'))
    await client.query(ROWS(''))
    await readsTable('mysql', `mysql://reader:s3cret@127.0.0.1:${port}/shop?table=customers`, () =>
      client.query(MORE('')),
    )
    await client.end()
  } finally {
    server.kill('SIGKILL')
    await new Promise(resolve => server.once('exit', resolve))
    await rm(dir, { recursive: true, force: true })
  }
})

test('a table of ClickHouse', async () => {
  const { facts } = own.app
  await facts.exec(
    "CREATE TABLE customers (id Int64, name Nullable(String), birth Nullable(String), amount Nullable(Decimal(20, 3)), changed Nullable(DateTime('UTC'))) ENGINE = MergeTree ORDER BY id",
  )
  await facts.exec(
    ROWS('').replaceAll('12345678901234567.891', "'12345678901234567.891'").replaceAll("'1800-02-03'", "'1899-02-03'"),
  )
  const { url, username, password, database } = facts.address
  const address = `${url.replace('http://', `clickhouse://${username}:${encodeURIComponent(password)}@`)}/${database}?table=customers`
  await own.app.facts.one('SELECT 1 AS one')
  const mapping = people('clickhouse', { cursor: 'changed' })
  const first = await importFile(own.app, mapping, address)
  assert.deepEqual([first.rowsIn, first.stored, first.quarantined], [4, 2, 2])
  await facts.exec(MORE(''))
  const second = await importFile(own.app, mapping, address)
  assert.deepEqual([second.rowsIn, second.stored, second.duplicates, second.quarantined], [5, 2, 1, 2])
  const [row] = await facts.query<{ raw: string }>(
    "SELECT raw FROM source_records WHERE source = 'clickhouse' AND row_key = '2'",
  )
  assert.equal((JSON.parse(row?.raw ?? '{}') as Record<string, string>)['amount'], '12345678901234567.891')
})

async function connected<T>(connect: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await connect()
    } catch (error) {
      if (tries > 100) throw error
      await wait(100)
    }
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise(resolve => probe.once('listening', resolve))
  const address = probe.address()
  await new Promise(resolve => probe.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}
