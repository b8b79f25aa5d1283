/** The server of the benchmark `events`, in a process of its own: `server.ts FOLDER` has the events' route, `server.ts` only reads bodies. */
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import Fastify from 'fastify'
import { eventRoutes } from '../../src/collect/events/routes.ts'
import { factTables } from '../../src/collect/tables.ts'
import type { Stage } from '../../src/platform/app.ts'
import { makeKey } from '../../src/platform/auth/api-keys.ts'
import { readConfig } from '../../src/platform/config.ts'
import { buildServer } from '../../src/platform/http/server.ts'
import { openApp } from '../../src/platform/open-app.ts'

const [folder, customers = '0'] = process.argv.slice(2)

/** CPU of this process and its engine, in seconds, is asked for at the end. */
const cpu = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

async function withEvents(dataDir: string): Promise<void> {
  const stage: Stage = {
    name: 'collect',
    title: { en: 'Events', zh: '事件' },
    factTables,
    workflowMigrations: {},
    jobs: [],
    routes: eventRoutes,
    commands: [],
  }
  const app = await openApp({ ...readConfig({ HUIYIN_DATA: dataDir }), logLevel: 'silent' }, [stage])
  const turn = await app.runs.openTurn('2026-01-01', true)
  const step = { id: 'identity' as const, title: stage.title, resumes: false, writes: [], run: async () => ({}) }
  const { runId } = await app.runs.begin(turn, step)
  const of = { count: Number(customers), run: runId }
  const from = 'FROM numbers(1, {count:UInt64})'
  await app.facts.exec(
    `INSERT INTO golden_records (run_id, customer_id, kind, email) SELECT {run:UInt64}, number, 'person', concat('p', toString(number), '@example.com') ${from}`,
    of,
  )
  await app.facts.exec(
    `INSERT INTO record_links (run_id, customer_id, source, row_key, account_no, probability) SELECT {run:UInt64}, number, 'crm', toString(number), concat('A', toString(number)), 1 ${from}`,
    of,
  )
  await app.facts.exec(
    `INSERT INTO current_records (run_id, record_no, source, row_key, at, email) SELECT {run:UInt64}, number, 'crm', toString(number), now(), concat('p', toString(number), '@example.com') ${from}`,
    of,
  )
  await app.runs.commit(runId, {})
  await app.runs.closeTurn(turn)
  const http = await buildServer(app, { stages: [stage], webRoot: '/nowhere' })
  await http.listen({ host: '127.0.0.1', port: 0 })
  const { token } = await makeKey(app, { name: 'bench', scopes: ['events.write'], userId: 0 })
  const bound = http.server.address()
  const port = typeof bound === 'object' && bound ? bound.port : 0
  process.on('message', async () => process.send?.({ cpu: cpu() }))
  process.send?.({ address: `http://127.0.0.1:${port}/api/v1/events`, token, facts: app.facts.address })
}

async function onlyReads(): Promise<void> {
  const unpack = promisify(gunzip)
  const http = Fastify({ bodyLimit: 32 << 20 })
  http.addContentTypeParser('application/x-ndjson', { parseAs: 'buffer' }, (_req, body, done) => done(null, body))
  http.post('/events', async req => {
    const body = req.body as Buffer
    const bytes = body[0] === 0x1f ? await unpack(body) : body
    return { bytes: bytes.length }
  })
  const address = await http.listen({ host: '127.0.0.1', port: 0 })
  process.on('message', async () => process.send?.({ cpu: cpu() }))
  process.send?.({ address: `${address}/events`, token: '' })
}

process.on('disconnect', () => process.exit())
await (folder ? withEvents(folder) : onlyReads())
