/** The client over the embedded engine when the engine is killed under it. */
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { type FactsEngine, startFactsEngine } from '../../engines/facts/index.ts'
import { HuiyinError } from '../../errors.ts'
import { type Facts, openFacts } from './index.ts'

let folder: string
let engine: FactsEngine
let facts: Facts

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiyin-facts-'))
  engine = await startFactsEngine({ dataDir: folder })
  const { url, username, password } = engine
  facts = await openFacts({ address: { url, username, password, database: 'default' } })
})
after(async () => {
  await facts.close()
  await engine.stop()
  await rm(folder, { recursive: true })
})

test('kill -9 during inserts: what was acknowledged is there, and work goes on', async () => {
  await facts.exec('CREATE TABLE acknowledged (id UInt32, writer UInt8) ENGINE = MergeTree ORDER BY id')
  const acknowledged: number[] = []
  const unknown: unknown[] = []
  let next = 0
  let stop = false
  const writer = async (which: number) => {
    while (!stop) {
      const ids = Array.from({ length: 100 }, () => next++)
      await facts
        .insertColumns('acknowledged', {
          id: { type: 'UInt32', values: ids },
          writer: { type: 'UInt8', values: ids.map(() => which) },
        })
        .then(() => acknowledged.push(...ids))
        .catch(error => unknown.push(error))
    }
  }
  const writers = [writer(0), writer(1), writer(2)]
  for (let kill = 0; kill < 3; kill++) {
    const enough = acknowledged.length + 400
    while (acknowledged.length < enough) await wait(50)
    const before = engine.pid
    const done = acknowledged.length
    process.kill(before, 'SIGKILL')
    while (engine.pid === before || acknowledged.length === done) await wait(50)
  }
  stop = true
  await Promise.all(writers)
  for (const error of unknown) {
    assert.ok(error instanceof HuiyinError && error.code === 'facts.outcome-unknown', String(error))
  }
  const there = new Set((await facts.columns('SELECT id FROM acknowledged')).u32('id'))
  assert.ok(acknowledged.length > 1000)
  assert.deepEqual(
    acknowledged.filter(id => !there.has(id)),
    [],
  )
})

test('a read under way when the engine is killed is answered by the next one', async () => {
  const answer = facts.query<{ n: number }>('SELECT count() AS n, sleep(1) AS slept FROM numbers(10)')
  await wait(400)
  process.kill(engine.pid, 'SIGKILL')
  assert.deepEqual(await answer, [{ n: 10, slept: 0 }])
})

test('a running engine is backed up into its own folder and restored from there', async () => {
  await facts.exec('CREATE TABLE kept (id UInt8) ENGINE = MergeTree ORDER BY id')
  await facts.insert('kept', [{ id: 7 }])
  const file = `File('${join(folder, 'facts', 'backups', 'one')}')`
  await facts.exec(`BACKUP TABLE kept TO ${file}`)
  await facts.exec('DROP TABLE kept SYNC')
  await facts.exec(`RESTORE TABLE kept FROM ${file}`)
  assert.deepEqual(await facts.query('SELECT id FROM kept'), [{ id: 7 }])
})

test('a worker thread opens its own client by the address', async () => {
  const script = `
    import { parentPort, workerData } from 'node:worker_threads'
    import { openFacts } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)}
    const facts = await openFacts({ address: workerData })
    parentPort.postMessage((await facts.columns('SELECT number / 2 AS v FROM numbers(3)', {}, { shared: true })).f64('v'))
    await facts.close()`
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(script)}`), {
    workerData: facts.address,
  })
  const values = await new Promise<Float64Array>((resolve, reject) =>
    worker.once('message', resolve).once('error', reject),
  )
  assert.deepEqual([...values], [0, 0.5, 1])
  await worker.terminate()
})

test('an engine that is gone for good is named after a while', async () => {
  const nobody = await openFacts({
    address: { url: 'http://127.0.0.1:9', username: 'x', password: '', database: 'default' },
  })
  const abort = AbortSignal.timeout(700)
  await assert.rejects(nobody.query('SELECT 1', {}, { signal: abort }), { name: 'TimeoutError' })
  await nobody.close()
})

test('memory is capped: a query beyond it is refused and the engine lives on; grouping and sorting spill', async () => {
  const small = await openFacts({ dataDir: join(folder, 'small'), memoryBytes: 700 * 2 ** 20 })
  try {
    const distinct = 'SELECT count() AS n FROM (SELECT number, count() FROM numbers(15000000) GROUP BY number)'
    assert.deepEqual(await small.one(distinct), { n: 15_000_000 })
    const hungry = small.query('SELECT length(groupArray(toString(number))) AS n FROM numbers(100000000)')
    await assert.rejects(hungry, (error: HuiyinError) => error.code === 'facts.out-of-memory')
    assert.deepEqual(await small.one('SELECT 1 AS alive'), { alive: 1 })
  } finally {
    await small.close()
  }
})
