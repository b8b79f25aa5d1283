import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import * as analyze from '../../analyze/index.ts'
import * as campaign from '../../campaign/index.ts'
import * as collect from '../../collect/index.ts'
import * as optimize from '../../optimize/index.ts'
import * as personalize from '../../personalize/index.ts'
import type { OpenApp } from '../../platform/open-app.ts'
import { openTestApp } from '../../platform/open-test-app.ts'
import { saveChannel } from '../channels/channel-store.ts'
import { communicationOf } from '../channels/smtp/verp.ts'
import { refusal, type SmtpSink, smtpSink } from '../channels/test-servers/smtp-sink.ts'
import { deliverComposed } from '../deliver-step.ts'
import * as interact from '../index.ts'
import { closePools } from '../senders/pools.ts'
import type { DeliveryRun } from '../transports/transport.ts'
import { idOf, inventMailing } from './invented-mailing.ts'
import { sendPart } from './send-part.ts'

const MESSAGES = 300
let folder: string
let app: OpenApp
let sink: SmtpSink
let run: Omit<DeliveryRun, 'app'>
let channelId: number
/** Recipients that are put off the first time. */
const putOff = new Set<string>()
const address = (at: number) => `c${at}@${at % 3 === 0 ? 'slow.example' : 'mail.example'}`

const mail = (at: number, id: string) =>
  Buffer.from(
    `From: a <a@mail.example>\r\nTo: ${address(at)}\r\nSubject: ${id}\r\nMessage-ID: <${id}@mail.example>\r\n\r\n.dot\r\nbody ${at}\r\n`,
  )

const smtpDraft = (port: number, more: object = {}) => ({
  kind: 'smtp',
  name: 'relay',
  settings: { host: '127.0.0.1', port, tls: 'none', bounceDomain: 'b.example', timeoutSeconds: 2, ...more },
  secrets: {},
  state: 'on' as const,
  position: 0,
})

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiyin-queue-'))
  app = await openTestApp(
    folder,
    [collect, analyze, optimize, campaign, personalize, interact].map(part => part.stage),
  )
  sink = await smtpSink({
    keepTexts: true,
    onRcpt(to) {
      if (to === address(7)) throw refusal(550, '5.1.1 no such user')
      if (to === address(8) && !putOff.has(to)) {
        putOff.add(to)
        throw refusal(450, '4.2.1 try later')
      }
    },
  })
  run = await inventMailing(app, { messages: MESSAGES, partSize: 100, channel: 'email', bytes: mail, address })
  channelId = await saveChannel(app, smtpDraft(sink.port), { userId: 1 })
})

after(async () => {
  await closePools(app)
  await app.close()
  await sink.close()
  await rm(folder, { recursive: true })
})

const stateOf = async (at: number) => {
  const id = idOf(at, 'email')
  const rows = await app.facts.query<{ state: string; reason: string }>(
    `SELECT toString(state) AS state, toString(reason) AS reason FROM deliveries WHERE communication_id = {id:String}
     ORDER BY attempt DESC, state != 'claimed' DESC, at DESC LIMIT 1`,
    { id },
  )
  return rows[0]
}
const again = () =>
  app.workflow.db.updateTable('delivery_parts').set({ next_at: new Date() }).where('state', '=', 'waiting').execute()

test('a dead server: nothing lost, told once, resumed by itself; each message once, with its own return path', async () => {
  const dead = await smtpSink()
  await dead.close()
  await saveChannel(app, smtpDraft(dead.port), { channelId, userId: 1 })
  const figures = await deliverComposed(app, run, 'test/deliver', () => undefined)
  assert.deepEqual([figures['settled'], figures['waiting']], [0, MESSAGES])
  for (const partition of [0, 1, 2]) {
    await app.workflow.db.updateTable('delivery_channels').set({ not_before: null }).execute()
    assert.ok((await sendPart(app, run.runId, partition)) instanceof Date)
  }
  const notices = await app.workflow.db.selectFrom('delivery_notices').selectAll().execute()
  assert.equal(notices.length, 1)
  assert.equal(notices[0]!.times, 3)
  assert.match(notices[0]!.text.zh, /无法连接/)
  assert.equal(sink.counts.size, 0)

  await saveChannel(app, smtpDraft(sink.port), { channelId, userId: 1 })
  await app.workflow.db.updateTable('delivery_channels').set({ setbacks: 3 }).execute()
  for (const partition of [0, 1, 2]) await sendPart(app, run.runId, partition)
  const [notice] = await app.workflow.db.selectFrom('delivery_notices').selectAll().execute()
  assert.ok(notice!.over_at)
  assert.equal(sink.counts.size, MESSAGES - 2)
  assert.deepEqual(await stateOf(7), { state: 'failed', reason: '5.1.1' })
  assert.deepEqual(await stateOf(8), { state: 'deferred', reason: '4.2.1' })

  await again()
  for (const partition of [0, 1, 2]) await sendPart(app, run.runId, partition)
  assert.ok([...sink.counts.values()].every(times => times === 1))
  assert.equal(sink.counts.size, MESSAGES - 1)
  assert.equal((await stateOf(8))?.state, 'settled')
  const parts = await app.workflow.db.selectFrom('delivery_parts').selectAll().execute()
  assert.ok(parts.every(part => part.state === 'done'))
  assert.equal(
    parts.reduce((sum, part) => sum + part.settled, 0),
    MESSAGES - 1,
  )
  const counts = await app.runs.countsOf(run.turnId)
  assert.equal(counts.find(row => row.scope === 'email' && row.name === 'settled')?.value, MESSAGES - 1)

  const secret = await personalize.linkSecret(app)
  const first = sink.taken.find(({ to }) => to === address(1))!
  assert.equal(communicationOf(secret, first.from), idOf(1, 'email'))
  assert.equal(communicationOf(secret, first.from.toUpperCase()), idOf(1, 'email'), 'letter case does not matter')
  assert.equal(communicationOf(secret, first.from.replace(/^b./, 'ba')), null)
  assert.ok(first.text.includes('\r\n.dot\r\n'), 'a line that begins with a dot stays one')
  const { sent } = await app.facts.one<{ sent: number }>(
    `SELECT uniqExact(event_id) AS sent FROM events WHERE type = 'sent'`,
  )
  assert.equal(sent, MESSAGES - 1)
  await sleep(0)
})
