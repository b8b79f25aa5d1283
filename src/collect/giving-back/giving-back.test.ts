import assert from 'node:assert/strict'
import { createHash, createHmac } from 'node:crypto'
import { readdir, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import mysql from 'mysql2/promise'
import pg from 'pg'
import { mask } from '../../platform/masking.ts'
import type { OpenApp } from '../../platform/open-app.ts'
import { startDebianPostgres } from '../../platform/stores/workflow/debian-postgres.ts'
import { hasMariadb, startDebianMariadb } from './debian-mariadb.ts'
import { deliver } from './deliver.ts'
import { startAfterTurn, startDelivery } from './jobs.ts'
import type { Change } from './read-changes.ts'
import { readChanges } from './read-changes.ts'
import { sampleOf } from './sample.ts'
import { sendDeadLettersAgain } from './send-again.ts'
import { type Place, targetDefinition } from './target.ts'
import { addTarget, checkDefinition, targetOf } from './targets.ts'
import { customersAre, openTestApp } from './test-app.ts'

let app: OpenApp
before(async () => {
  app = await openTestApp()
})
after(async () => {
  await app.close()
  await rm(app.config.dataDir, { recursive: true, force: true })
})

const columns = ['customer_id', 'name', 'email', 'birth_date', 'accounts', 'since']

async function target(place: Place, more: object = {}): Promise<number> {
  const definition = targetDefinition.parse({
    name: `t ${place.kind}`,
    mart: 'customers',
    columns,
    place,
    when: { kind: 'manual' },
    ...more,
  })
  const secret = 'secret' in more ? String(more.secret) : 'whsec_test'
  return addTarget(app, { definition: await checkDefinition(app, definition), secret, userId: 0 })
}

/** One delivery, worked here and now. */
async function go(targetId: number, full = false) {
  const { db } = app.workflow
  const id = await startDelivery(app, targetId, 'test', { full })
  const outcome = await deliver(app, id)
  return {
    outcome,
    ...(await db.selectFrom('giveback_deliveries').selectAll().where('delivery_id', '=', id).executeTakeFirstOrThrow()),
  }
}

const three = [{ id: 1 }, { id: 2, name: '王小明' }, { id: 3, name: `O'Brien "q" \\ \n` }]

describe('what is different goes, and nothing else', () => {
  test('first everything, then nothing, then the changed and the tombstones; a merge is named', async () => {
    await customersAre(app, three)
    const id = await target({ kind: 'feed' }, { name: 'crm' })
    const stream = async (after = 0) =>
      readChanges(
        app,
        { targetId: id, keyIsCustomer: true },
        { after, upTo: (await targetOf(app, id)).planned, limit: 100 },
      )
    await go(id)
    const first = await stream()
    assert.deepEqual(
      first.map(({ seq, op, key }) => [seq, op, key]),
      [
        [1, 'upsert', ['1']],
        [2, 'upsert', ['2']],
        [3, 'upsert', ['3']],
      ],
    )
    assert.deepEqual(first[0]?.row, {
      customer_id: 1,
      name: '客户 1',
      email: 'c1@example.com',
      birth_date: '1980-02-29',
      accounts: ['A1', "B'1"],
      since: '2020-05-06T07:08:09Z',
    })
    assert.equal(first[2]?.row?.['name'], `O'Brien "q" \\ \n`)
    await customersAre(app, three)
    await go(id)
    assert.deepEqual(await stream(3), [])
    await customersAre(app, [{ id: 1, email: 'new@example.com' }, { id: 2, name: '王小明' }, { id: 4 }], { 3: 1 })
    await go(id)
    const changed = await stream(3)
    assert.deepEqual(
      changed.map(({ op, key, mergedInto }) => [op, key[0], mergedInto]),
      [
        ['delete', '3', 1],
        ['upsert', '1', null],
        ['upsert', '4', null],
      ],
    )
    assert.equal(changed[0]?.row, null)
    assert.deepEqual((await stream()).map(({ seq }) => seq).length, 4, 'what no longer holds is not kept')
    await customersAre(app, three)
    await go(id)
    assert.deepEqual(
      (await stream(6)).map(({ op, key }) => [op, key[0]]),
      [
        ['delete', '4'],
        ['upsert', '1'],
        ['upsert', '3'],
      ],
      'who comes back is sent again',
    )
  })

  test('only the rows a condition takes; who no longer fits goes out; a condition that means nothing is refused', async () => {
    await customersAre(app, three)
    const id = await target(
      { kind: 'feed' },
      {
        name: 'some',
        where: [
          { column: 'customer_id', op: '>=', value: '2' },
          { column: 'email', op: 'in', value: 'c2@example.com, c3@example.com' },
        ],
      },
    )
    await go(id)
    assert.equal((await targetOf(app, id)).planned, 2)
    await customersAre(app, [{ id: 1 }, { id: 2, email: 'other@example.com' }, { id: 3 }])
    await go(id)
    const [out] = await readChanges(app, { targetId: id, keyIsCustomer: true }, { after: 2, upTo: 9, limit: 9 })
    assert.deepEqual([out?.op, out?.key], ['delete', ['2']])
    for (const where of [
      [{ column: 'nothing', op: '=', value: '1' }],
      [{ column: 'customer_id', op: '=', value: 'x; DROP TABLE golden_records' }],
    ])
      await assert.rejects(target({ kind: 'feed' }, { where }), { code: 'collect.bad-condition' })
    await assert.rejects(target({ kind: 'feed' }, { columns: ['name'] }), { code: 'collect.key-needed' })
    await assert.rejects(target({ kind: 'feed' }, { mart: 'secrets' }), { code: 'collect.no-mart' })
  })

  test('a sample shows the form of the rows, not the people', async () => {
    const sample = await sampleOf(app, { mart: 'customers', columns: ['customer_id', 'name', 'email'], where: [] })
    assert.equal(sample.total, 3)
    const row = sample.rows.find(([id]) => id === '1')
    assert.deepEqual(row, ['1', mask('name', '客户 1'), mask('email', 'c1@example.com')])
  })

  test('after a turn goes what waits for turns, once', async () => {
    const id = await target({ kind: 'feed' }, { name: 'each turn', when: { kind: 'turn' } })
    const started = await startAfterTurn(app)
    assert.equal(started.length, 1)
    assert.deepEqual(await deliver(app, started[0]!), 'done')
    assert.deepEqual(await startAfterTurn(app), [])
    assert.equal((await targetOf(app, id)).delivered, 3)
  })
})

describe('webhook', () => {
  let server: Server
  let url = ''
  let answer: (changes: Change[], count: number) => number = () => 204
  const got: { changes: Change[]; headers: Record<string, unknown>; body: string }[] = []
  before(async () => {
    server = createServer(async (req, res) => {
      const parts: Buffer[] = []
      for await (const part of req) parts.push(part as Buffer)
      const body = Buffer.concat(parts).toString()
      const { changes } = JSON.parse(body) as { changes: Change[] }
      const status = answer(changes, got.length)
      if (status < 300) got.push({ changes, headers: req.headers, body })
      res.writeHead(status, status === 503 ? { 'retry-after': '0' } : {}).end('said')
    }).listen(0, '127.0.0.1')
    await new Promise(resolve => server.once('listening', resolve))
    const address = server.address()
    url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/in`
  })
  after(() => new Promise(resolve => server.close(resolve)))

  test('signed batches, in order; what fails is tried again; a row that is refused does not stop the others', async () => {
    await customersAre(
      app,
      Array.from({ length: 25 }, (_, i) => ({ id: i + 1 })),
    )
    const id = await target({ kind: 'webhook', url, batch: 10 })
    let failures = 0
    answer = (changes, count) =>
      count === 1 && failures++ < 2 ? 503 : changes.some(change => change.key[0] === '17') ? 422 : 204
    const done = await go(id)
    assert.deepEqual([done.outcome, done.upserts, done.deletes], ['done', 24, 0], done.error ?? '')
    assert.ok(failures >= 3)
    const seqs = got.flatMap(({ changes }) => changes.map(({ seq }) => seq))
    assert.deepEqual(
      seqs,
      [...seqs].sort((a, b) => a - b),
    )
    assert.equal(new Set(seqs).size, 24)
    const { headers, body } = got[0]!
    const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['x-huiyin-signature'])) ?? []
    assert.equal(v1, createHmac('sha256', 'whsec_test').update(`${t}.${body}`).digest('hex'))
    const dead = await app.workflow.db
      .selectFrom('giveback_dead_letters')
      .selectAll()
      .where('target_id', '=', id)
      .execute()
    assert.equal(dead.length, 1)
    assert.match(dead[0]!.reason, /422/)
    answer = () => 204
    assert.equal(await sendDeadLettersAgain(app, id), 1)
    await go(id)
    assert.equal(got.at(-1)?.changes[0]?.key[0], '17')
  })

  test('nobody there: waits for the next try and then goes on where it stopped', async () => {
    const id = await target({ kind: 'webhook', url, batch: 10 })
    answer = (_changes, count) => (count < before + 1 ? 204 : 500)
    const before = got.length
    const failed = await go(id)
    assert.deepEqual([failed.outcome, failed.state, failed.tries], ['again', 'waiting', 1])
    assert.match(failed.error ?? '', /500/)
    assert.equal((await targetOf(app, id)).delivered, 10)
    answer = () => 200
    const done = await go(id)
    assert.equal(done.delivery_id, failed.delivery_id, 'the same delivery goes on')
    assert.equal(done.outcome, 'done')
    const keys = got.slice(before).flatMap(({ changes }) => changes.map(({ key }) => key[0]))
    assert.equal(keys.length, 25)
    assert.equal(new Set(keys).size, 25)
  })
})

describe('files', () => {
  const folderOf = (name: string) => join(app.config.dataDir, 'out', 'giving-back', name)

  test('CSV and Parquet, full and changes, each with a manifest that is true, and nothing half-written beside them', async () => {
    await customersAre(app, three)
    const full = await target({ kind: 'file', format: 'csv', content: 'full', folder: '完整' })
    const changes = await target({ kind: 'file', format: 'csv', content: 'changes', folder: 'changes' })
    const parquet = await target({ kind: 'file', format: 'parquet', content: 'full', folder: 'parquet' })
    for (const id of [full, changes, parquet]) assert.equal((await go(id)).outcome, 'done')
    await customersAre(app, [{ id: 1 }, { id: 2, name: '王小刚' }])
    for (const id of [full, changes, parquet]) assert.equal((await go(id)).outcome, 'done')
    for (const folder of ['完整', 'changes', 'parquet']) {
      const names = await readdir(folderOf(folder))
      assert.equal(names.length, 4)
      assert.ok(names.every(name => !name.endsWith('.part')))
      for (const name of names.filter(name => name.endsWith('.manifest.json'))) {
        const manifest = JSON.parse(await readFile(join(folderOf(folder), name), 'utf8')) as {
          file: string
          sha256: string
          bytes: number
          rows: number
        }
        const bytes = await readFile(join(folderOf(folder), manifest.file))
        assert.equal(createHash('sha256').update(bytes).digest('hex'), manifest.sha256)
        assert.equal(bytes.length, manifest.bytes)
        if (folder === 'parquet') assert.equal(bytes.subarray(0, 4).toString(), 'PAR1')
      }
    }
    const latest = async (folder: string) => {
      const name = (await readdir(folderOf(folder)))
        .filter(file => /csv$/.test(file))
        .sort()
        .at(-1)!
      return (await readFile(join(folderOf(folder), name), 'utf8')).trim().split('\n')
    }
    assert.deepEqual((await latest('完整')).length, 3)
    const [head, gone, changed] = await latest('changes')
    assert.match(head ?? '', /^"seq","op","customer_id","name"/)
    assert.match(gone ?? '', /^4,"delete","3"/)
    assert.match(changed ?? '', /^5,"upsert","2","王小刚"/)
  })
})

describe('tables of other databases', () => {
  const now = [
    { id: 1, name: '变了' },
    { id: 2, name: '王小明' },
    { id: 5, name: `it's "5"` },
  ]

  /** Everything, again nothing, then changes and tombstones, then everything once more. */
  async function fill(id: number, read: () => Promise<(string | null)[][]>): Promise<void> {
    await customersAre(app, three)
    const first = await go(id)
    assert.deepEqual([first.outcome, first.upserts], ['done', 3], first.error ?? '')
    assert.deepEqual(
      await read(),
      three.map(({ id, name = `客户 ${id}` }) => [String(id), name]),
    )
    assert.equal((await go(id)).upserts, 0)
    await customersAre(app, now)
    const second = await go(id)
    assert.deepEqual([second.outcome, second.upserts, second.deletes], ['done', 2, 1], second.error ?? '')
    const wanted = now.map(({ id, name }) => [String(id), name])
    assert.deepEqual(await read(), wanted)
    await go(id, true)
    assert.deepEqual(await read(), wanted)
  }

  test('PostgreSQL', async t => {
    const server = await startDebianPostgres()
    t.after(() => server.stop())
    const { hostname, port, username, pathname } = new URL(await server.freshUrl())
    const place: Place = {
      kind: 'postgres',
      host: hostname,
      port: Number(port),
      user: username,
      database: pathname.slice(1),
      table: 'crm_customers',
      tls: false,
      batch: 2,
    }
    const client = new pg.Client({ host: hostname, port: Number(port), user: username, database: pathname.slice(1) })
    client.on('error', () => undefined)
    await client.connect()
    t.after(() => client.end())
    const id = await target(place)
    await fill(id, async () =>
      (await client.query('SELECT customer_id::text, name FROM crm_customers ORDER BY customer_id')).rows.map(row => [
        row.customer_id,
        row.name,
      ]),
    )
    const { rows } = await client.query(
      'SELECT birth_date::text, accounts, since FROM crm_customers WHERE customer_id = 1',
    )
    assert.deepEqual(rows, [
      { birth_date: '1980-02-29', accounts: ['A1', "B'1"], since: new Date('2020-05-06T07:08:09Z') },
    ])
    await client.query('CREATE TABLE other (customer_id bigint)')
    const wrong = await go(await target({ ...place, table: 'other' }))
    assert.deepEqual([wrong.outcome, /no column name/.test(wrong.error ?? '')], ['failed', true])
    const away = await go(await target({ ...place, port: 1 }))
    assert.deepEqual([away.outcome, /ECONNREFUSED/.test(away.error ?? '')], ['again', true], away.error ?? '')
  })

  test('MySQL (MariaDB)', {
    skip: hasMariadb ? false : 'MariaDB is not installed: apt-get install mariadb-server',
  }, async t => {
    const { host, port, user, password, database, stop } = await startDebianMariadb()
    t.after(stop)
    const client = await mysql.createConnection({ host, port, user, password, database })
    t.after(() => client.end())
    const id = await target(
      { kind: 'mysql', host, port, user, database, table: 'crm_customers', tls: false, batch: 2 },
      { secret: password },
    )
    await fill(id, async () => {
      const [rows] = await client.query<mysql.RowDataPacket[]>(
        'SELECT customer_id, name FROM crm_customers ORDER BY customer_id',
      )
      return rows.map(row => [String(row['customer_id']), row['name'] as string])
    })
    const [rows] = await client.query<mysql.RowDataPacket[]>(
      "SELECT DATE_FORMAT(since, '%Y-%m-%dT%H:%i:%s') AS since FROM crm_customers WHERE customer_id = 1",
    )
    assert.equal(rows[0]?.['since'], '2020-05-06T07:08:09')
  })

  test('ClickHouse', async () => {
    const { url, username, password } = app.facts.address
    const { hostname, port } = new URL(url)
    await app.facts.exec('CREATE DATABASE IF NOT EXISTS theirs')
    const id = await target(
      {
        kind: 'clickhouse',
        host: hostname,
        port: Number(port),
        user: username,
        database: 'theirs',
        table: 'crm_customers',
        tls: false,
        batch: 2,
      },
      { secret: password },
    )
    await fill(id, async () =>
      (
        await app.facts.query<{ id: string; name: string }>(
          'SELECT toString(customer_id) AS id, name FROM theirs.crm_customers FINAL ORDER BY customer_id',
        )
      ).map(row => [row.id, row.name]),
    )
  })
})
