import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
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
import { AUTHORITY, EXPIRED, SERVER_KEY, VALID } from '../channels/test-servers/certificates.ts'
import { type Behaviour, refusal, type SmtpSink, smtpSink } from '../channels/test-servers/smtp-sink.ts'
import { control } from '../delivery/control.ts'
import { decideUncertain, listUncertain } from '../delivery/uncertain.ts'
import * as interact from '../index.ts'
import { journalPath } from '../senders/journal.ts'
import { closePools } from '../senders/pools.ts'
import type { DeliveryRun } from '../transports/transport.ts'
import { idOf, inventMailing } from './invented-mailing.ts'
import { dueParts, partOf, queueParts } from './parts.ts'
import { type NextLook, sendPart } from './send-part.ts'

/** Messages a part: more than the window (two connections) and fewer than would take long. */
const PART = 12
const CONNECTIONS = 2
const PARTS = 9
const address = (at: number) => `c${at}@mail.example`

let folder: string
let app: OpenApp
let run: Omit<DeliveryRun, 'app'>
let channelId: number
let next = 0

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiyin-trouble-'))
  const stages = [collect, analyze, optimize, campaign, personalize, interact].map(part => part.stage)
  app = await openTestApp(folder, stages, { logLevel: 'silent' })
  run = await inventMailing(app, {
    messages: PARTS * PART,
    partSize: PART,
    channel: 'email',
    bytes: (at, id) => Buffer.from(`From: a@mail.example\r\nTo: ${address(at)}\r\nSubject: ${id}\r\n\r\nbody\r\n`),
    address,
  })
  channelId = await use(1)
  const part = (partition: number) => ({ ...run, partition, channel: 'email', class: 'service', messages: PART })
  await queueParts(
    app,
    Array.from({ length: PARTS }, (_, partition) => part(partition)),
  )
})
after(async () => {
  await closePools(app)
  await app.close()
  await rm(folder, { recursive: true })
})

/** The relay as a person sets it up; what was wrong before is forgotten. */
async function use(port: number, more: object = {}, secrets: Record<string, string> = {}): Promise<number> {
  const settings = { host: '127.0.0.1', port, tls: 'none', connections: CONNECTIONS, timeoutSeconds: 1, ...more }
  const draft = { kind: 'smtp', name: 'relay', settings, secrets, state: 'on' as const, position: 0 }
  return saveChannel(app, draft, { ...(channelId === undefined ? {} : { channelId }), userId: 1 })
}

/** A part that no other test has: its number, and who is written to. */
function freshPart() {
  const partition = next++
  return { partition, who: Array.from({ length: PART }, (_, at) => partition * PART + at) }
}

/** What the jobs do when the time has come: the pause after a failure is over. */
async function again(partition: number): Promise<NextLook> {
  await app.workflow.db.updateTable('delivery_channels').set({ not_before: null }).execute()
  return sendPart(app, run.runId, partition)
}

const open = () => app.workflow.db.selectFrom('delivery_notices').selectAll().where('over_at', 'is', null).execute()

const countsOf = async (partition: number) => {
  const { settled, failed, refused, uncertain, state } = (await partOf(app, run.runId, partition))!
  return { settled, failed, refused, uncertain, state }
}
const allSettled = { settled: PART, failed: 0, refused: 0, uncertain: 0, state: 'done' }

async function within<T>(behaviour: Behaviour, work: (sink: SmtpSink) => Promise<T>): Promise<T> {
  const sink = await smtpSink(behaviour)
  try {
    return await work(sink)
  } finally {
    await sink.close()
  }
}

/** Down twice, told once, over when it is mended, and each message once. */
async function toldOnceAndResumed(what: RegExp, broken: Behaviour, mended: Behaviour, more: object = {}) {
  const { partition, who } = freshPart()
  const port = await within(broken, async sink => {
    await use(sink.port, more, { password: 'secret' })
    for (let tries = 0; tries < 2; tries++) assert.ok((await again(partition)) instanceof Date)
    assert.equal(sink.counts.size, 0)
    return sink.port
  })
  const [notice, ...others] = await open()
  assert.deepEqual([others.length, notice?.times], [0, 2])
  assert.match(notice!.text.en, what)
  await within({ ...mended, port }, async sink => {
    assert.equal(await again(partition), 'done')
    assert.deepEqual(
      [...sink.counts.values()],
      who.map(() => 1),
    )
  })
  assert.deepEqual(await open(), [])
  assert.deepEqual(await countsOf(partition), allSettled)
}

const tls = (cert: string): Behaviour => ({ options: { disabledCommands: [], key: SERVER_KEY, cert } })

test('a certificate that expired: all wait, told once, resumed by itself with the new one', () =>
  toldOnceAndResumed(/certificate has expired/, tls(EXPIRED), tls(VALID), {
    tls: 'starttls',
    host: 'localhost',
    authority: AUTHORITY,
  }))

test('a wrong password: the same, and no message is blamed', () => {
  const signIn = (right: string): Behaviour => ({
    options: {
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: ({ password }, _session, done) =>
        password === right ? done(null, { user: 'me' }) : done(refusal(535, '5.7.8 no')),
    },
  })
  return toldOnceAndResumed(/user or password is refused/, signIn('another'), signIn('secret'), { user: 'me' })
})

test('a server that swallows a message and never answers: at most a window is uncertain, the others wait and go later', async () => {
  const { partition, who } = freshPart()
  let hangs = true
  let swallowed = 0
  await within(
    {
      onMessage: async () => {
        if (!hangs) return
        swallowed++
        await sleep(1500)
        throw refusal(451, 'too late')
      },
    },
    async sink => {
      await use(sink.port)
      assert.ok((await again(partition)) instanceof Date)
      assert.ok(swallowed > 0 && swallowed <= CONNECTIONS, `${swallowed} were begun`)
      const [notice] = await open()
      assert.match(notice!.text.en, /does not answer in time/)
      hangs = false

      // A person decides: one had arrived, the others go again.
      const { total, rows } = await listUncertain(app, { offset: 0, limit: 100 })
      assert.equal(total, swallowed)
      const ids = rows.map(row => row.communicationId)
      assert.ok(ids.every(id => who.some(at => idOf(at, 'email') === id)))
      assert.equal(await decideUncertain(app, ids.slice(0, 1), 'sent'), 1)
      assert.equal(await decideUncertain(app, ids.slice(0, 1), 'again'), 0, 'decided is decided')
      assert.equal(await decideUncertain(app, ids.slice(1), 'again'), swallowed - 1)
      assert.equal(await again(partition), 'done')
      assert.equal(sink.counts.size, PART - 1)
      assert.ok([...sink.counts.values()].every(times => times === 1))
    },
  )
  assert.deepEqual(await countsOf(partition), allSettled)
  assert.equal((await listUncertain(app, { offset: 0, limit: 1 })).total, 0)
  assert.deepEqual(await open(), [])
})

test('421 and 4.7.x: the domain gets less, each message waits for its turn and goes once', async () => {
  const { partition, who } = freshPart()
  let asked = 0
  await within(
    {
      onRcpt: to => {
        if (to === address(who[0]!) && asked++ === 0) throw refusal(421, '4.7.28 too many from you')
      },
    },
    async sink => {
      await use(sink.port)
      const look = await again(partition)
      assert.ok(look instanceof Date, 'the domain rests')
      assert.deepEqual(await open(), [], 'a receiving domain that is slow is no trouble of ours')
      // A fresh pool remembers no pace, as after the rest.
      for (let tries = 0; tries < 6 && (await countsOf(partition)).state !== 'done'; tries++) {
        await closePools(app)
        await again(partition)
      }
      assert.deepEqual(
        [...sink.counts.values()],
        who.map(() => 1),
      )
    },
  )
  assert.deepEqual(await countsOf(partition), allSettled)
})

test('paused in the middle: nothing new begins, nothing is lost; resumed, the rest goes', async () => {
  const { partition, who } = freshPart()
  await within({ onMessage: () => sleep(15) }, async sink => {
    await use(sink.port)
    const sending = again(partition)
    while (sink.counts.size < 3) await sleep(5)
    await control(app, channelId, 'pause')
    assert.equal(await sending, null, 'until a person says so')
    const taken = sink.counts.size
    assert.ok(taken < PART)
    assert.equal(await sendPart(app, run.runId, partition), null)
    assert.equal(sink.counts.size, taken)
    assert.deepEqual(await countsOf(partition), { ...allSettled, settled: taken, state: 'waiting' })
    await control(app, channelId, 'resume')
    assert.ok((await dueParts(app)).some(part => part.partition === partition))
    assert.equal(await sendPart(app, run.runId, partition), 'done')
    assert.deepEqual(
      [...sink.counts.values()],
      who.map(() => 1),
    )
  })
})

test('stopped at once: what is under way is cut and said to be uncertain, never more than a window', async () => {
  const { partition } = freshPart()
  let hangs = true
  let begun = 0
  await within(
    { onMessage: () => (hangs && ++begun > 3 ? sleep(60_000, undefined, { ref: false }) : undefined) },
    async sink => {
      await use(sink.port, { timeoutSeconds: 60 })
      const sending = again(partition)
      while (begun < 3 + CONNECTIONS) await sleep(5)
      await control(app, channelId, 'stop')
      assert.equal(await sending, null)
      hangs = false
      const { settled, uncertain, state } = await countsOf(partition)
      assert.deepEqual([settled, uncertain], [3, CONNECTIONS])
      assert.equal(state, 'waiting')
      await control(app, channelId, 'resume')
      assert.equal(await sendPart(app, run.runId, partition), 'done')
      assert.ok([...sink.counts.values()].every(times => times === 1))
      const ids = (await listUncertain(app, { offset: 0, limit: 10 })).rows.map(row => row.communicationId)
      assert.equal(await decideUncertain(app, ids, 'give-up'), uncertain)
      assert.deepEqual(await countsOf(partition), {
        ...allSettled,
        settled: PART - uncertain,
        failed: uncertain,
      })
    },
  )
  assert.deepEqual(await open(), [])
})

test('law before service before offers, whatever was queued first', async () => {
  const part = (partition: number, kind: string) => ({
    ...run,
    runId: run.runId + 1,
    partition,
    channel: 'email',
    class: kind,
    messages: 1,
  })
  await queueParts(app, [part(0, 'offer'), part(1, 'service'), part(2, 'legal'), part(3, 'offer'), part(4, 'legal')])
  const due = (await dueParts(app)).filter(row => row.run_id === run.runId + 1)
  assert.deepEqual(
    due.map(row => row.partition),
    [2, 4, 1, 0, 3],
  )
  await app.workflow.db
    .deleteFrom('delivery_parts')
    .where('run_id', '=', run.runId + 1)
    .execute()
})

/** A file system of one page: the journal's first lines fit, the rest does not. */
function smallDisk(path: string): boolean {
  if (process.getuid?.() !== 0) return false
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8k', 'tmpfs', path], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

test('a full disk: nothing is sent that could not be noted, nothing is lost, told once, resumed by itself', async t => {
  const { partition, who } = freshPart()
  const sending = join(folder, 'sending')
  await mkdir(sending, { recursive: true })
  if (!smallDisk(sending)) return t.skip('needs root and mount')
  try {
    await within({}, async sink => {
      await use(sink.port)
      // Room for some lines of the journal: a few messages are noted and sent. Then for none: not even a claim is made.
      await writeFile(join(sending, 'filler'), Buffer.alloc(4096))
      await writeFile(journalPath(folder, run.runId, partition), '\n'.repeat(3200))
      for (let tries = 0; tries < 3; tries++) {
        assert.ok((await again(partition)) instanceof Date)
        await writeFile(join(sending, 'more'), Buffer.alloc(8192)).catch(() => undefined)
      }
      const [notice, ...others] = await open()
      assert.equal(others.length, 0)
      assert.match(notice!.text.en, /disk of this machine is full/)
      assert.ok(sink.counts.size > 0 && sink.counts.size < PART)
      for (const name of ['filler', 'more']) await rm(join(sending, name), { force: true })
      assert.equal(await again(partition), 'done')
      assert.deepEqual(
        [...sink.counts.values()],
        who.map(() => 1),
      )
    })
    assert.deepEqual([await open(), await countsOf(partition)], [[], allSettled])
  } finally {
    execFileSync('umount', [sending])
  }
})
