/**
 * What every stage may rely on, on whatever engine: the embedded one, or the server that HUIYIN_CLICKHOUSE_URL names.
 */
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { HuiyinError } from '../../errors.ts'
import { type ColumnData, dropRun, type Facts, factTable, migrateFacts, openFacts } from './index.ts'
import { TYPES } from './type-samples.ts'

let facts: Facts
let folder: string
const prefix = `contract_${process.pid}`

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiyin-facts-'))
  facts = await openFacts({ url: process.env['HUIYIN_CLICKHOUSE_URL'], dataDir: folder })
})

after(async () => {
  const made = await facts.query<{ name: string }>(
    'SELECT name FROM system.tables WHERE database = currentDatabase() AND startsWith(name, {prefix:String})',
    { prefix },
  )
  for (const { name } of made) await facts.exec(`DROP TABLE ${name} SYNC`)
  await facts.close()
  await rm(folder, { recursive: true })
})

let tables = 0
async function table(columns: string, orderBy = 'tuple()'): Promise<string> {
  const name = `${prefix}_${tables++}`
  await facts.exec(`CREATE TABLE ${name} (${columns}) ENGINE = MergeTree ORDER BY ${orderBy}`)
  return name
}

const failsWith =
  (code: string, text = /./) =>
  (error: unknown) =>
    error instanceof HuiyinError && error.code === code && text.test(error.message)

for (const [type, values, texts] of TYPES) {
  test(`${type} comes back as it went in, as columns and as rows`, async () => {
    const name = await table(`n UInt8, v ${type}`, 'n')
    await facts.insertColumns(name, { n: { type: 'UInt8', values: [1, 2] }, v: { type, values } })
    const inserted = await facts.columns(`SELECT v FROM ${name} ORDER BY n`)
    assert.deepEqual(inserted.strOrNull('v'), texts)

    // The values as JSON objects have them: no Date and no number above 2^53.
    const plain = values.map(value => (value instanceof Date ? value.toISOString() : value))
    await facts.exec(`TRUNCATE TABLE ${name}`)
    await facts.insert(name, [
      { n: 1, v: plain[0] },
      { n: 2, v: plain[1] },
    ])
    const rows = await facts.query<{ v: unknown }>(`SELECT if(n = 0, NULL, toString(v)) AS v FROM ${name} ORDER BY n`)
    const shown = await facts.columns(`SELECT v FROM ${name} ORDER BY n`)
    assert.deepEqual(shown.strOrNull('v'), texts)
    assert.equal(rows.length, 2)
  })
}

test('rows have numbers, ISO instants, exact decimals, arrays, maps and JSON text', async () => {
  const [row] = await facts.query(`
    SELECT toUInt64(9007199254740991) AS big, count() AS n, toDecimal64(1230, 2) AS money, toDate('2010-12-01') AS day,
      toDateTime('2010-12-01 08:26:00', 'Asia/Shanghai') AS at, toDateTime64('1965-01-01 00:00:00.123', 3, 'UTC') AS fine,
      [1, 2] AS list, map('a', 1) AS counts, nan AS nothing, -inf AS low, NULL AS missing, true AS yes,
      toJSONString(map('键', ['值'])) AS json`)
  assert.deepEqual(row, {
    big: 9007199254740991,
    n: 1,
    money: '1230.00',
    day: '2010-12-01',
    at: '2010-12-01T00:26:00Z',
    fine: '1965-01-01T00:00:00.123Z',
    list: [1, 2],
    counts: { a: 1 },
    nothing: Number.NaN,
    low: -Infinity,
    missing: null,
    yes: true,
    json: '{"键":["值"]}',
  })
})

test('an integer that a number cannot hold is refused, not rounded', async () => {
  await assert.rejects(
    facts.query('SELECT toUInt64(9007199254740993) AS v'),
    failsWith('facts.number-too-large', /v holds/),
  )
  await assert.rejects(facts.query('SELECT [toInt64(-9007199254740993)] AS v'), failsWith('facts.number-too-large'))
  const columns = await facts.columns('SELECT toUInt64(9007199254740993) AS v')
  assert.deepEqual([...columns.u64('v')], [9007199254740993n])
})

test('columns are typed arrays, and refuse a shape that would lose something', async () => {
  const columns = await facts.columns(`
    SELECT toInt64(number) - 1 AS id, number / 2 AS half, if(number = 1, NULL, toInt32(number)) AS maybe,
      toDate('1970-01-02') + number AS day, toLowCardinality(toString(number % 2)) AS word, toDecimal64(number, 2) / 4 AS money
    FROM numbers(3)`)
  assert.equal(columns.rows, 3)
  assert.deepEqual(columns.i64('id'), new BigInt64Array([-1n, 0n, 1n]))
  assert.deepEqual(columns.i32('id'), new Int32Array([-1, 0, 1]))
  assert.deepEqual(columns.f64('half'), new Float64Array([0, 0.5, 1]))
  assert.deepEqual(columns.f64('maybe'), new Float64Array([0, Number.NaN, 2]))
  assert.deepEqual(columns.nulls('maybe'), new Uint8Array([0, 1, 0]))
  assert.deepEqual(columns.i32('day'), new Int32Array([1, 2, 3]))
  assert.deepEqual(columns.str('word'), ['0', '1', '0'])
  assert.deepEqual(columns.f64('money'), new Float64Array([0, 0.25, 0.5]))
  assert.throws(() => columns.u32('id'), failsWith('facts.column-shape', /-1 does not fit/))
  assert.throws(() => columns.i32('maybe'), failsWith('facts.column-shape', /NULL/))
  assert.throws(() => columns.i32('half'), failsWith('facts.column-shape', /not an integer/))
  assert.throws(() => columns.f64('word'), failsWith('facts.column-shape'))
  assert.throws(() => columns.f64('nope'), failsWith('facts.no-column', /id, half/))
  const shared = await facts.columns('SELECT 1.5 AS v', {}, { shared: true })
  assert.ok(shared.f64('v').buffer instanceof SharedArrayBuffer)
})

test('an answer without rows has empty columns', async () => {
  const columns = await facts.columns('SELECT number AS n FROM numbers(0)')
  assert.equal(columns.rows, 0)
  assert.deepEqual(columns.f64('n'), new Float64Array(0))
  assert.deepEqual(await facts.query('SELECT 1 AS v WHERE 0'), [])
})

test('one row means one row', async () => {
  assert.deepEqual(await facts.one('SELECT 1 AS v'), { v: 1 })
  await assert.rejects(facts.one('SELECT 1 AS v WHERE 0'), failsWith('facts.not-one-row', /0/))
  await assert.rejects(facts.one('SELECT number FROM numbers(2)'), failsWith('facts.not-one-row', /2/))
})

test('a value the type cannot hold is refused with its row, and nothing is inserted', async () => {
  const name = await table('v UInt8, d Date, m Decimal(9, 2), s String')
  const good: Record<string, ColumnData> = {
    v: { type: 'UInt8', values: [1, 2] },
    d: { type: 'Date', values: ['2011-02-28', '2012-02-29'] },
    m: { type: 'Decimal(9, 2)', values: ['1.10', '2'] },
    s: { type: 'String', values: ['a', 'b'] },
  }
  const bad: [string, unknown][] = [
    ['v', 300],
    ['v', -1],
    ['v', 1.5],
    ['v', null],
    ['d', '2011-02-30'],
    ['d', '1969-12-31'],
    ['m', '1.234'],
    ['m', 'x'],
    ['s', 7],
  ]
  for (const [column, value] of bad) {
    const data = { ...good, [column]: { ...good[column]!, values: [good[column]!.values[0], value] } }
    await assert.rejects(facts.insertColumns(name, data), failsWith('facts.bad-value', /row 2/), `${column} ${value}`)
  }
  const uneven = { ...good, v: { type: 'UInt8', values: [1] } }
  await assert.rejects(facts.insertColumns(name, uneven), failsWith('facts.uneven-columns'))
  await assert.rejects(facts.insert(name, [{ v: 1, typo: 2 }]), failsWith('facts.query-failed', /typo/))
  assert.deepEqual(await facts.one(`SELECT count() AS n FROM ${name}`), { n: 0 })
})

test('what the engine itself does with impossible dates: it rolls over, so SQL must check', async () => {
  const row = await facts.one(`
    SELECT toDate('2011-02-30') AS plain, toDateOrNull('2011-02-30') AS maybe,
      parseDateTimeOrNull('2011-02-30', '%Y-%m-%d') AS parsed, parseDateTimeOrNull('2011-02-28', '%Y-%m-%d') AS real`)
  assert.deepEqual(row, { plain: '2011-03-02', maybe: '2011-03-02', parsed: null, real: '2011-02-28T00:00:00Z' })
})

test('any text survives as a parameter, in rows, in columns and in inserts', async () => {
  const name = await table('n UInt32, v String', 'n')
  const hostile = [
    "'; DROP TABLE x --",
    '\\',
    '\\N',
    '\0',
    '\n\r\t',
    '{x:String}',
    '😀汉字',
    '"`$$',
    '%00&a=b',
    ' ',
    '',
  ]
  const text = fc.oneof(
    fc.constantFrom(...hostile),
    fc.string({ unit: 'binary' }).map(value => value.toWellFormed()),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 40 }), async values => {
      const [first = ''] = values
      const row = await facts.one(
        'SELECT {v:String} AS v, {list:Array(String)} AS list, {m:Map(String, String)} AS m',
        {
          v: first,
          list: values,
          m: { [first]: first },
        },
      )
      assert.deepEqual(row, { v: first, list: values, m: { [first]: first } })
      await facts.exec(`TRUNCATE TABLE ${name}`)
      await facts.insert(
        name,
        values.map((v, n) => ({ n, v })),
      )
      await facts.insertColumns(name, {
        n: { type: 'UInt32', values: values.map((_, n) => n + values.length) },
        v: { type: 'String', values },
      })
      const back = await facts.columns(`SELECT v FROM ${name} ORDER BY n`)
      assert.deepEqual(back.str('v'), [...values, ...values])
    }),
    { numRuns: 15 },
  )
})

test('parameters of every kind', async () => {
  const at = new Date('1965-03-04T05:06:07.089Z')
  const row = await facts.one(
    `SELECT toString({big:UInt64}) AS big, {flag:Bool} AS flag, {none:Nullable(String)} AS none, {day:Date32} AS day,
       {at:DateTime64(3, 'Asia/Shanghai')} AS at, {soon:DateTime} AS soon, {list:Array(UInt8)} AS list, {x:Float64} AS x`,
    {
      big: 18446744073709551615n,
      flag: true,
      none: null,
      day: '1950-01-01',
      at,
      soon: new Date(5000),
      list: [1, 2],
      x: -0.5,
    },
  )
  assert.deepEqual(row, {
    big: '18446744073709551615',
    flag: true,
    none: null,
    day: '1950-01-01',
    at: at.toISOString(),
    soon: '1970-01-01T00:00:05Z',
    list: [1, 2],
    x: -0.5,
  })
  const many = Array.from({ length: 50_000 }, (_, i) => i)
  assert.deepEqual(await facts.one('SELECT sum(arrayJoin({many:Array(UInt32)})) AS n', { many }), { n: 1249975000 })
  await assert.rejects(facts.query('SELECT {missing:String}'), failsWith('facts.query-failed', /missing/))
})

test('settings and parameters are gone with their statement', async () => {
  const setting = `SELECT toUInt32(getSetting('max_block_size')) AS v`
  const before = await facts.one(setting)
  assert.deepEqual(await facts.one(setting, {}, { settings: { max_block_size: 1234 } }), { v: 1234 })
  await facts.query('SELECT {leak:String} AS v', { leak: 'here' })
  for (let i = 0; i < 20; i++) {
    assert.deepEqual(await facts.one(setting), before)
    await assert.rejects(facts.query('SELECT {leak:String} AS v'), failsWith('facts.query-failed'))
  }
})

test('statements run side by side and keep their own parameters', async () => {
  const started = performance.now()
  const slow = facts.query('SELECT sleep(1.5) AS v').then(() => performance.now() - started)
  const quick = Array.from({ length: 100 }, async (_, i) => {
    const { v, block } = await facts.one<{ v: string; block: number }>(
      `SELECT {v:String} AS v, toUInt32(getSetting('max_block_size')) AS block`,
      { v: `值 ${i}` },
      { settings: { max_block_size: 1000 + i } },
    )
    assert.deepEqual([v, block], [`值 ${i}`, 1000 + i])
    return performance.now() - started
  })
  const times = await Promise.all(quick)
  assert.ok(Math.min(...times) < (await slow) - 50, 'a quick statement waits for a slow one')
})

const endless = (mark: string) =>
  `SELECT count() AS n FROM numbers(1000000000000) WHERE sipHash64(number, '${mark}') = 1`
const running = async (mark: string) =>
  (
    await facts.one<{ n: number }>(
      `SELECT count() AS n FROM system.processes WHERE position(query, {mark:String}) > 0 AND position(query, 'system.processes') = 0`,
      { mark },
    )
  ).n
async function until(what: () => Promise<boolean>, milliseconds = 20_000): Promise<void> {
  for (const deadline = Date.now() + milliseconds; !(await what()); await wait(50)) {
    assert.ok(Date.now() < deadline, 'it did not happen in time')
  }
}

test('an aborted statement ends in the engine too: before, while and after its first rows', async () => {
  for (const kind of ['query', 'columns', 'insert'] as const) {
    const mark = `${prefix}-${kind}`
    const abort = new AbortController()
    const name = await table('n UInt64')
    const started =
      kind === 'insert'
        ? facts.exec(`INSERT INTO ${name} ${endless(mark)}`, {}, { signal: abort.signal })
        : facts[kind](endless(mark), {}, { signal: abort.signal })
    await Promise.all([
      assert.rejects(started, { name: 'AbortError' }),
      until(async () => (await running(mark)) === 1).then(() => abort.abort()),
    ])
    await until(async () => (await running(mark)) === 0)
  }
  await assert.rejects(facts.query('SELECT 1', {}, { signal: AbortSignal.abort() }), { name: 'AbortError' })
})

test('leaving a stream early ends its query', async () => {
  const mark = `${prefix}-stream`
  for await (const batch of facts.stream(`SELECT number, '${mark}' AS mark FROM numbers(1000000000000)`)) {
    assert.ok(batch.rows > 0)
    assert.equal(await running(mark), 1)
    break
  }
  await until(async () => (await running(mark)) === 0)
})

test('a stream waits for its reader, and memory stays flat', async () => {
  const mark = `${prefix}-pressure`
  const readRows = `SELECT read_rows AS rows FROM system.processes
    WHERE position(query, {mark:String}) > 0 AND position(query, 'system.processes') = 0`
  const resident = process.memoryUsage.rss()
  let rows = 0
  const sql = `SELECT repeat('汉', 100) AS s, '${mark}' AS m FROM numbers(100000000)`
  for await (const batch of facts.stream(sql, {}, { settings: { max_block_size: 5000 } })) {
    if (rows === 0) {
      await wait(500)
      const { rows: computed } = await facts.one<{ rows: number }>(readRows, { mark })
      assert.ok(computed < 10_000_000, `${computed} rows were computed before anybody read them`)
    }
    assert.equal(batch.str('s').at(-1), '汉'.repeat(100))
    rows += batch.rows
    if (rows > 1_000_000) break
  }
  const grown = process.memoryUsage.rss() - resident
  assert.ok(grown < 200e6, `reading 300 MB in batches took ${Math.round(grown / 1e6)} MB`)
})

test('errors carry the code and the words of the engine, early and in the middle', async () => {
  await assert.rejects(facts.query('SELECT nope'), (error: HuiyinError) => {
    assert.equal(error.code, 'facts.query-failed')
    assert.equal(error.params['code'], '47')
    assert.equal(error.params['type'], 'UNKNOWN_IDENTIFIER')
    assert.match(error.messageIn('zh-CN'), /nope/)
    return true
  })
  await assert.rejects(facts.exec('SELEKT 1'), failsWith('facts.query-failed', /SELEKT.*code 62, SYNTAX_ERROR/))
  await assert.rejects(
    facts.exec(`INSERT INTO ${prefix}_none VALUES (1)`),
    failsWith('facts.query-failed', /UNKNOWN_TABLE/),
  )
  const late = `SELECT throwIf(number = 900000, '太大了') AS v, toString(number) AS s FROM numbers(1000000)`
  await assert.rejects(facts.query(late), failsWith('facts.query-failed', /太大了/))
  await assert.rejects(facts.columns(late), failsWith('facts.query-failed', /太大了/))
  let rows = 0
  await assert.rejects(
    async () => {
      for await (const batch of facts.stream(late, {}, { settings: { max_block_size: 10_000 } })) rows += batch.rows
    },
    failsWith('facts.query-failed', /太大了/),
  )
  assert.ok(rows > 0)
})

test('CSV, TSV, JSON lines, Parquet and gzip fill a table; quoted line ends and multi-byte text over every border', async () => {
  const name = await table('id UInt32, name String', 'id')
  const count = 60_000
  const value = (i: number) => `${'汉字😀'.repeat(i % 7)}"行\n${i}"`
  const sql = `SELECT toUInt32(number) AS id, concat(repeat('汉字😀', number % 7), '"行\n', toString(number), '"') AS name FROM numbers(${count})`
  const lines = Array.from({ length: count }, (_, i) => i)
  const csv = ['id,name', ...lines.map(i => `${i},"${value(i).replaceAll('"', '""')}"`)].join('\n')
  const files = {
    CSVWithNames: Buffer.from(csv),
    'CSVWithNames gz': gzipSync(csv),
    CSV: Buffer.from(csv.slice(csv.indexOf('\n') + 1)),
    TSV: Buffer.from(lines.map(i => `${i}\t${value(i).replaceAll('\n', '\\n')}`).join('\n')),
    JSONEachRow: Buffer.from(lines.map(i => JSON.stringify({ name: value(i), id: i })).join('\n')),
  }
  for (const [kind, bytes] of Object.entries(files)) {
    const [format, gz] = kind.split(' ')
    const path = join(folder, `load.${gz ?? 'txt'}`)
    await writeFile(path, bytes)
    await facts.exec(`TRUNCATE TABLE ${name}`)
    assert.deepEqual(await facts.bulkLoad({ path, format: format as 'CSV', table: name }), { rows: count }, kind)
    const wrong = await facts.one(`SELECT count() AS n FROM (SELECT * FROM ${name} EXCEPT ${sql})`)
    assert.deepEqual(wrong, { n: 0 }, kind)
  }
})

test('a load can choose columns, reshape and take whole lines', async () => {
  const path = join(folder, 'reshape.csv')
  await writeFile(path, '1; a;x\n2; 汉 ;y\n')
  const name = await table("id UInt32, name String, run_id String DEFAULT 'none'", 'id')
  const settings = { format_csv_delimiter: ';' }
  await facts.bulkLoad({
    path,
    format: 'CSV',
    table: name,
    columns: ['name', 'id', 'run_id'],
    structure: "id String, name String, `it's` String",
    select: 'trimBoth(name), toUInt32(id) * {factor:UInt8}, {run:String}',
    params: { factor: 10, run: "r'1" },
    settings,
  })
  assert.deepEqual(await facts.query(`SELECT * FROM ${name} ORDER BY id`), [
    { id: 10, name: 'a', run_id: "r'1" },
    { id: 20, name: '汉', run_id: "r'1" },
  ])
  const whole = await table('line String')
  await facts.bulkLoad({ path, format: 'LineAsString', table: whole })
  assert.deepEqual((await facts.columns(`SELECT line FROM ${whole} ORDER BY line`)).str('line'), ['1; a;x', '2; 汉 ;y'])
})

test('a file with a bad row, no rows or no file at all', async () => {
  const name = await table('id UInt32, name String', 'id')
  const path = join(folder, 'bad.csv')
  await writeFile(path, '1,a\nsecret,b\n')
  await assert.rejects(facts.bulkLoad({ path, format: 'CSV', table: name }), (error: HuiyinError) => {
    assert.equal(error.code, 'facts.query-failed')
    assert.match(error.message, /row 2/i)
    assert.doesNotMatch(error.message, /secret|spool/, 'an error must not quote a row')
    return true
  })
  await writeFile(path, '')
  assert.deepEqual(await facts.bulkLoad({ path, format: 'CSV', table: name }), { rows: 0 })
  const missing = { path: join(folder, 'missing.csv'), format: 'CSV', table: name } as const
  await assert.rejects(facts.bulkLoad(missing), failsWith('facts.file-unreadable', /missing\.csv/))
  await assert.rejects(facts.bulkLoad({ ...missing, path: folder }), failsWith('facts.file-unreadable'))
  await assert.rejects(facts.insert("t'; DROP", [{}]), failsWith('facts.bad-name'))
})

test('written rows are counted; what is written is there at once, and a mutation is through', async () => {
  const name = await table('n UInt64')
  assert.deepEqual(await facts.exec(`INSERT INTO ${name} SELECT number FROM numbers(1000)`), { writtenRows: 1000 })
  assert.deepEqual(await facts.one(`SELECT count() AS n FROM ${name}`), { n: 1000 })
  await facts.exec(`ALTER TABLE ${name} DELETE WHERE n < {limit:UInt64}`, { limit: 400 })
  assert.deepEqual(await facts.one(`SELECT count() AS n FROM ${name}`), { n: 600 })
})

test('tables are created, widened and guarded; a run is dropped alone', async () => {
  const scores = factTable({
    name: `${prefix}_scores`,
    comment: "a customer's score",
    columns: {
      run_id: 'String',
      customer_id: 'UInt64',
      score: 'Decimal(9,2)',
      at: "DateTime64(3,'UTC') DEFAULT now64(3)",
    },
    orderBy: ['customer_id'],
    partitionBy: 'run_id',
    indexes: { by_score: 'score TYPE minmax GRANULARITY 1' },
  })
  const first = await migrateFacts(facts, [scores])
  assert.deepEqual(await migrateFacts(facts, [scores]), { version: first.version, applied: [] })
  await facts.insert(scores.name, [
    { run_id: 'a', customer_id: 1, score: '1.50' },
    { run_id: "b'", customer_id: 1, score: '2.50' },
  ])
  const wider = { ...scores, columns: { ...scores.columns, reason: "LowCardinality(String) DEFAULT '旧'" } }
  const second = await migrateFacts(facts, [wider])
  assert.equal(second.version, first.version + 1)
  assert.equal(second.applied.length, 1)
  assert.deepEqual(await facts.query(`SELECT run_id, reason FROM ${scores.name} ORDER BY run_id`), [
    { run_id: 'a', reason: '旧' },
    { run_id: "b'", reason: '旧' },
  ])
  const changed = { ...wider, columns: { ...wider.columns, score: 'Float64' } }
  await assert.rejects(migrateFacts(facts, [changed]), failsWith('facts.type-changed', /score is Decimal\(9, 2\)/))
  await assert.rejects(migrateFacts(facts, [{ ...wider, orderBy: ['at'] }]), failsWith('facts.key-changed', /ORDER BY/))

  await dropRun(facts, scores, "b'")
  await dropRun(facts, scores, 'never ran')
  assert.deepEqual(await facts.query(`SELECT DISTINCT run_id FROM ${scores.name}`), [{ run_id: 'a' }])
  await assert.rejects(dropRun(facts, { ...scores, partitionBy: 'toYYYYMM(at)' }, 'a'), failsWith('facts.key-changed'))
})
