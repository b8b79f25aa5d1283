import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import { type ClickHouseClient, createClient } from '@clickhouse/client'
import { HuiyinError } from '../../errors.ts'
import { type FactsEngine, startFactsEngine } from './index.ts'

let folder: string
let engine: FactsEngine
let client: ClickHouseClient

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiyin-engine-'))
  engine = await startFactsEngine({ dataDir: folder })
  client = stockClient({})
})
after(async () => {
  await client.close()
  await engine.stop()
  await rm(folder, { recursive: true })
})

const stockClient = (options: Parameters<typeof createClient>[0]) =>
  createClient({
    url: engine.url,
    username: engine.username,
    password: engine.password,
    log: { level: 127 },
    ...options,
  })

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(engine.url + path, {
    headers: { Authorization: `Basic ${btoa(`${engine.username}:${engine.password}`)}`, ...headers },
  })

async function gone(pid: number): Promise<void> {
  for (let i = 0; i < 100; i++) {
    try {
      process.kill(pid, 0)
    } catch {
      return
    }
    await wait(50)
  }
  assert.fail(`process ${pid} still runs`)
}

test('only who knows the password is answered', async () => {
  assert.equal((await fetch(`${engine.url}/ping`)).status, 200)
  for (const headers of [{}, { Authorization: `Basic ${btoa('huiyin:wrong')}` }, { 'X-ClickHouse-User': 'huiyin' }]) {
    const response = await fetch(`${engine.url}/?query=SELECT+1`, { headers: headers as Record<string, string> })
    assert.equal(response.status, 403)
    assert.equal(response.headers.get('x-clickhouse-exception-code'), '516')
  }
  const headers = { 'X-ClickHouse-User': engine.username, 'X-ClickHouse-Key': engine.password }
  assert.equal(await (await fetch(`${engine.url}/?query=SELECT+1`, { headers })).text(), '1\n')
})

test('it speaks as ClickHouse does: formats, database, query id, status and exception headers', async () => {
  const plain = await get('/?query=SELECT+1+AS+a&default_format=JSONEachRow&query_id=mine')
  assert.equal(await plain.text(), '{"a":1}\n')
  assert.equal(plain.headers.get('x-clickhouse-query-id'), 'mine')
  assert.equal(plain.headers.get('x-clickhouse-format'), 'JSONEachRow')
  assert.equal(await (await get('/?query=SELECT+currentDatabase()&database=system')).text(), 'system\n')
  const cases: [string, number, string][] = [
    ['SELECT nope', 400, '47'],
    ['SELECT * FROM nowhere', 404, '60'],
    ['SELECT throwIf(1)', 500, '395'],
    ['SELECT 1 FORMAT Nope', 400, '73'],
  ]
  for (const [sql, status, code] of cases) {
    const response = await get(`/?query=${encodeURIComponent(sql)}`)
    assert.deepEqual([response.status, response.headers.get('x-clickhouse-exception-code')], [status, code], sql)
    assert.match(await response.text(), new RegExp(`^Code: ${code}\\. DB::Exception: `))
  }
  assert.equal((await get('/?query=SELECT+1&database=nowhere')).status, 404)
  assert.equal((await get('/?query=SELECT+1&no_such_setting=1')).headers.get('x-clickhouse-exception-code'), '115')
  assert.equal((await get('/?query=SELECT+1&session_id=s')).status, 500)
})

test('the stock client reads every kind of format whole, however many chunks it has', async () => {
  const query = 'SELECT number AS n, toString(number) AS s FROM numbers(200000)'
  const json = await (await client.query({ query, format: 'JSON' })).json<{ n: string }>()
  assert.equal(json.data.length, 200_000)
  const csv = await (await client.query({ query, format: 'CSVWithNames' })).text()
  assert.equal(csv.match(/"n","s"/g)?.length, 1)
  const parquet = Buffer.from(
    await (await get(`/?query=${encodeURIComponent(`${query} FORMAT Parquet`)}`)).arrayBuffer(),
  )
  assert.equal(parquet.toString('latin1').split('PAR1').length, 3)
  const tables = await client.query({ query: "SHOW DATABASES LIKE 'sys%'", format: 'JSONEachRow' })
  assert.deepEqual(await tables.json(), [{ name: 'system' }])
})

test('compressed both ways, with every codec of the stock client', async () => {
  await client.command({ query: 'CREATE TABLE compressed (n UInt64, s String) ENGINE = MergeTree ORDER BY n' })
  for (const codec of ['gzip', 'zstd', 'br'] as const) {
    const compressing = stockClient({ compression: { request: { codec }, response: { codec } } })
    const values = Array.from({ length: 5000 }, (_, n) => ({ n, s: `汉字 ${n}` }))
    await compressing.insert({ table: 'compressed', values, format: 'JSONEachRow' })
    const back = await compressing.query({
      query: 'SELECT n, s FROM compressed ORDER BY n',
      format: 'JSONCompactEachRow',
    })
    assert.deepEqual((await back.json<[number, string]>()).at(-1), [4999, '汉字 4999'])
    await compressing.command({ query: 'TRUNCATE TABLE compressed' })
    await compressing.close()
  }
  const raw = await new Promise<Buffer>((resolve, reject) => {
    const headers = {
      'Accept-Encoding': 'gzip',
      'X-ClickHouse-User': engine.username,
      'X-ClickHouse-Key': engine.password,
    }
    request(`${engine.url}/?query=SELECT+1&enable_http_compression=1`, { headers }, response => {
      assert.equal(response.headers['content-encoding'], 'gzip')
      response.toArray().then(chunks => resolve(Buffer.concat(chunks)), reject)
    }).end()
  })
  assert.equal(gunzipSync(raw).toString(), '1\n')
})

test('inserts mean what they mean to a server: defaults, column lists, values in the text, input()', async () => {
  await client.command({
    query: `CREATE TABLE forms (a UInt64, b String DEFAULT concat('d', toString(a)), e UInt8 EPHEMERAL 1) ENGINE = MergeTree ORDER BY a`,
  })
  await client.insert({ table: 'forms', values: [{ a: 1, b: '汉' }, { a: 2 }], format: 'JSONEachRow' })
  await client.insert({ table: 'forms', values: [[3, 9]], columns: ['a', 'e'], format: 'JSONCompactEachRow' })
  await client.command({ query: `INSERT INTO forms (a) VALUES (4), (5)` })
  await client.command({ query: `INSERT INTO forms FORMAT JSONEachRow {"a": 6}` })
  await client.command({ query: `INSERT INTO forms (a, b) SELECT 7, 'FORMAT CSV'` })
  const stream = new Blob(['8,x\n9,y\n']).stream()
  const response = await fetch(
    `${engine.url}/?query=${encodeURIComponent("INSERT INTO forms (a, b) SELECT n, upper(s) FROM input('n UInt64, s String') FORMAT CSV")}`,
    {
      method: 'POST',
      body: stream,
      duplex: 'half',
      headers: { 'X-ClickHouse-User': engine.username, 'X-ClickHouse-Key': engine.password },
    } as RequestInit,
  )
  assert.equal(JSON.parse(response.headers.get('x-clickhouse-summary')!).written_rows, '2')
  const rows = await client.query({
    query: 'SELECT toUInt32(a), b FROM forms ORDER BY a',
    format: 'JSONCompactEachRow',
  })
  assert.deepEqual(await rows.json(), [
    [1, '汉'],
    [2, 'd2'],
    [3, 'd3'],
    [4, 'd4'],
    [5, 'd5'],
    [6, 'd6'],
    [7, 'FORMAT CSV'],
    [8, 'X'],
    [9, 'Y'],
  ])
})

test('an upload that breaks off inserts nothing and leaves nothing', { timeout: 60_000 }, async () => {
  await client.command({ query: 'CREATE TABLE broken (a UInt64) ENGINE = MergeTree ORDER BY a' })
  const upload = request(`${engine.url}/?query=INSERT+INTO+broken+FORMAT+CSV`, {
    method: 'POST',
    headers: { 'X-ClickHouse-User': engine.username, 'X-ClickHouse-Key': engine.password },
  })
  upload.on('error', () => undefined)
  upload.write('1\n2\n')
  const spooled = () => readdirSync(join(folder, 'facts/spool')).length
  while (spooled() === 0) await wait(10)
  upload.destroy()
  while (spooled() > 0) await wait(10)
  const rows = await client.query({ query: 'SELECT count() AS n FROM broken', format: 'JSONEachRow' })
  assert.deepEqual(await rows.json(), [{ n: 0 }])
})

test('a query that computes its subquery first does not hold up others', async () => {
  const slow = client.query({
    query: 'SELECT (SELECT sum(sleepEachRow(1)) FROM numbers(2)) AS n',
    format: 'JSONEachRow',
  })
  await wait(100)
  const quick = client.query({ query: 'SELECT 1', format: 'JSONEachRow' })
  assert.equal(
    await Promise.race([slow.then(() => 'slow'), quick.then(result => result.text()).then(() => 'quick')]),
    'quick',
  )
  await (await slow).text()
})

test('the folder is held by one engine, and its faults are named', async () => {
  const error = (code: string) => (thrown: unknown) => thrown instanceof HuiyinError && thrown.code === code
  await assert.rejects(startFactsEngine({ dataDir: folder }), error('facts-engine.folder-in-use'))
  const file = join(folder, 'a-file')
  writeFileSync(file, '')
  await assert.rejects(startFactsEngine({ dataDir: file }), error('facts-engine.folder-unwritable'))
  await assert.rejects(startFactsEngine({ dataDir: '/dev/null/none' }), error('facts-engine.folder-unwritable'))
})

test('the engine dies with its parent, even a killed one', async () => {
  const index = new URL('./index.ts', import.meta.url).href
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    const dataDir = await mkdtemp(join(tmpdir(), 'huiyin-engine-'))
    const script = `
      import { startFactsEngine } from ${JSON.stringify(index)}
      const engine = await startFactsEngine({ dataDir: ${JSON.stringify(dataDir)} })
      console.log(engine.pid)
      setInterval(() => {}, 1000)`
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [line] = (await once(parent.stdout, 'data')) as [Buffer]
    const pid = Number(line.toString())
    // Busy elsewhere, it notices late: the next process waits for it.
    process.kill(pid, 'SIGSTOP')
    parent.kill(signal)
    await once(parent, 'exit')
    const next = startFactsEngine({ dataDir })
    await wait(1000)
    process.kill(pid, 'SIGCONT')
    await gone(pid)
    await (await next).stop()
    await rm(dataDir, { recursive: true })
  }
})

test('a process that forgets the engine ends, and the engine with it', async () => {
  const dataDir = join(folder, 'forgotten')
  const script = `
    import { startFactsEngine } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)}
    console.log((await startFactsEngine({ dataDir: ${JSON.stringify(dataDir)} })).pid)`
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8', timeout: 10_000 })
  assert.equal(run.status, 0, run.stderr)
  await gone(Number(run.stdout))
})

const mounted = join(tmpdir(), `huiyin-small-${process.pid}`)
const mount = () => {
  mkdirSync(mounted)
  return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', mounted]).status === 0
}
test('a full disk is called a full disk', async context => {
  if (!mount()) return context.skip('needs the right to mount a small disk')
  const small = await startFactsEngine({ dataDir: mounted })
  try {
    const full = createClient({
      url: small.url,
      username: small.username,
      password: small.password,
      log: { level: 127 },
    })
    await full.command({ query: 'CREATE TABLE t (s String) ENGINE = MergeTree ORDER BY tuple()' })
    const fill = 'INSERT INTO t SELECT randomString(1000) FROM numbers(50000)'
    await assert.rejects(full.command({ query: fill }), /not enough space/)
    const values = Array.from({ length: 20 }, () => ({ s: 'x'.repeat(2_000_000) }))
    await assert.rejects(full.insert({ table: 't', values, format: 'JSONEachRow' }), /No space left on device/)
    const count = await full.query({ query: 'SELECT 1 AS alive', format: 'JSONEachRow' })
    assert.deepEqual(await count.json(), [{ alive: 1 }])
    await full.close()
  } finally {
    await small.stop()
    spawnSync('umount', [mounted])
    await rm(mounted, { recursive: true })
  }
})
