import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { type FactsAddress, openFacts } from '../../platform/stores/facts/index.ts'
import { startDebianPostgres } from '../../platform/stores/workflow/debian-postgres.ts'
import type { Change } from './read-changes.ts'

/** What was confirmed to a sender is there, and every row arrives, whenever the server is killed. */

const script = fileURLToPath(new URL('kill.worker.ts', import.meta.url))

interface Running {
  child: ChildProcess
  address: string
  token: string
  facts: FactsAddress
}

async function start(folder: string, setup: object): Promise<Running> {
  const child = spawn(process.execPath, [script, folder, JSON.stringify(setup)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(createInterface({ input: child.stdout! }), 'line')) as [string]
  return { child, ...(JSON.parse(line) as Omit<Running, 'child'>) }
}

async function kill({ child }: { child: ChildProcess }): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill('SIGKILL')
  await exit
}

async function folderFor(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'huiyin-giving-kill-'))
  t.after(() => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }))
  return folder
}

test('events that were confirmed are there once, whenever the server is killed, and what is sent again is told apart', async t => {
  const folder = await folderFor(t)
  const setup = { customers: 100 }
  const SIZE = 500
  const batchOf = (batch: number) =>
    Array.from({ length: SIZE }, (_, i) =>
      JSON.stringify({
        eventId: `k-${batch}-${i}`,
        type: 'visited',
        at: '2026-01-01T00:00:00Z',
        ...(i % 3 ? { customerId: 1 + (i % 100) } : { email: `c${1 + (i % 200)}@example.com` }),
      }),
    ).join('\n')
  let next = 0
  const confirmed: number[] = []
  const tried: number[] = []
  const post = async ({ address, token }: Running, batch: number) => {
    const answer = await fetch(`${address}/api/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson', authorization: `Bearer ${token}` },
      body: batchOf(batch),
    })
    return answer.ok ? ((await answer.json()) as { accepted: number; duplicates: number }) : undefined
  }
  for (const delay of [150, 400, 900]) {
    const server = await start(folder, setup)
    t.after(() => kill(server))
    const killing = sleep(delay).then(() => kill(server))
    const sending = Array.from({ length: 3 }, async () => {
      for (;;) {
        const batch = next++
        tried.push(batch)
        const answer = await post(server, batch).catch(() => undefined)
        if (!answer) return
        confirmed.push(batch)
      }
    })
    await Promise.all([killing, ...sending])
  }
  assert.ok(confirmed.length > 5, `${confirmed.length} batches were confirmed`)
  assert.ok(tried.length > confirmed.length, 'some were cut off')
  const server = await start(folder, setup)
  t.after(() => kill(server))
  const facts = await openFacts({ address: server.facts })
  const there = async () =>
    new Map(
      (
        await facts.query<{ batch: number; times: number; events: number }>(
          `SELECT toUInt32(splitByChar('-', event_id)[2]) AS batch, count() AS times, uniqExact(event_id) AS events
       FROM (SELECT event_id FROM events FINAL UNION ALL SELECT event_id FROM waiting_events FINAL) GROUP BY batch`,
        )
      ).map(row => [row.batch, row]),
    )
  const kept = await there()
  for (const batch of confirmed)
    assert.deepEqual(kept.get(batch), { batch, times: SIZE, events: SIZE }, `batch ${batch}`)
  for (const batch of tried) {
    const answer = await post(server, batch)
    assert.equal((answer?.accepted ?? 0) + (answer?.duplicates ?? 0), SIZE)
    if (confirmed.includes(batch)) assert.equal(answer?.accepted, 0)
  }
  const all = await there()
  for (const batch of tried)
    assert.deepEqual(all.get(batch), { batch, times: SIZE, events: SIZE }, `batch ${batch}, sent again`)
  await facts.close()
})

test('a delivery that is killed again and again goes on where it stopped: every row is there exactly once', async t => {
  const folder = await folderFor(t)
  const CUSTOMERS = 3000
  const postgres = await startDebianPostgres()
  t.after(() => postgres.stop())
  const { hostname, port, username, pathname } = new URL(await postgres.freshUrl())
  const seen = new Map<number, Change>()
  let requests = 0
  const receiver = createServer(async (req, res) => {
    const parts: Buffer[] = []
    for await (const part of req) parts.push(part as Buffer)
    requests++
    for (const change of (JSON.parse(Buffer.concat(parts).toString()) as { changes: Change[] }).changes) {
      const before = seen.get(change.seq)
      if (before) assert.deepEqual(change, before, 'sent again, it is the same')
      seen.set(change.seq, change)
    }
    await sleep(15)
    res.end()
  }).listen(0, '127.0.0.1')
  await once(receiver, 'listening')
  t.after(() => receiver.close())
  const bound = receiver.address()
  const url = `http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}/`
  const table = {
    kind: 'postgres',
    host: hostname,
    port: Number(port),
    user: username,
    database: pathname.slice(1),
    table: 'customers',
    batch: 50,
  }
  const setup = { customers: CUSTOMERS, places: [{ kind: 'webhook', url, batch: 25 }, table] }
  const client = new pg.Client({ host: hostname, port: Number(port), user: username, database: pathname.slice(1) })
  client.on('error', () => undefined)
  await client.connect()
  t.after(() => client.end())
  const inTable = async () =>
    Number(
      (await client.query('SELECT count(*) AS rows FROM customers').catch(() => ({ rows: [{ rows: 0 }] }))).rows[0]
        ?.rows,
    )
  let cutOff = 0
  for (const delay of [200, 350, 500]) {
    const server = await start(folder, setup)
    await sleep(delay)
    await kill(server)
    if (seen.size < CUSTOMERS) cutOff++
  }
  assert.ok(cutOff > 0, 'it was killed in the middle')
  const server = await start(folder, setup)
  t.after(() => kill(server))
  for (let tries = 0; tries < 300 && (seen.size < CUSTOMERS || (await inTable()) < CUSTOMERS); tries++) await sleep(100)
  assert.equal(seen.size, CUSTOMERS)
  assert.deepEqual(
    [...seen.keys()].sort((a, b) => a - b),
    Array.from({ length: CUSTOMERS }, (_, i) => i + 1),
  )
  assert.equal(new Set([...seen.values()].map(({ key }) => key[0])).size, CUSTOMERS)
  assert.ok(requests < CUSTOMERS / 25 + 10, `${requests} requests: it did not begin anew`)
  assert.equal(await inTable(), CUSTOMERS)
})
