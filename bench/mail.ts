import { fork } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createTransport } from 'nodemailer'
import { saveChannel } from '../src/interact/channels/channel-store.ts'
import { dkimKey, dkimSignatures } from '../src/interact/channels/smtp/dkim.ts'
import { refusals } from '../src/interact/gate/gate.ts'
import { idOf, inventMailing } from '../src/interact/queue/invented-mailing.ts'
import { record } from '../src/interact/queue/ledger.ts'
import { openParts, queueParts } from '../src/interact/queue/parts.ts'
import { sendQueued } from '../src/interact/queue/send-jobs.ts'
import { closePools } from '../src/interact/senders/pools.ts'
import { stages } from '../src/loop.ts'
import type { Data } from '../src/personalize/compose/check-data.ts'
import { composeEmail } from '../src/personalize/compose/email.ts'
import { loadTemplate } from '../src/personalize/compose/load-template.ts'
import { linkKey } from '../src/personalize/links/link-key.ts'
import { readConfig } from '../src/platform/config.ts'
import { openApp } from '../src/platform/open-app.ts'
import { type Bench, type BenchOptions, timed } from './bench.ts'
import { engineCpu, ownCpu } from './mail/cpu.ts'

/** Personalised e-mail from the ledger to a local SMTP sink on the same cores: gate, claims, two sender threads, ledger, events. */

const SINK = 'mail/sink.ts'
const templates = fileURLToPath(new URL('../samples/templates', import.meta.url))
const LINKS = { secret: Buffer.alloc(32, 7), base: 'https://m.example' }

interface Sink {
  port: number
  ask(): Promise<{ taken: number; bytes: number; cpu: number }>
  stop(): void
}

async function startSink(): Promise<Sink> {
  const child = fork(fileURLToPath(new URL(SINK, import.meta.url)))
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]
  return {
    port,
    async ask() {
      const answer = once(child, 'message')
      child.send('figures')
      return ((await answer) as [Awaited<ReturnType<Sink['ask']>>])[0]
    },
    stop: () => child.disconnect(),
  }
}

async function composer(): Promise<(at: number, id: string) => Promise<Uint8Array>> {
  const version = await loadTemplate(templates, 'email')
  const example = version.examples[0] as Data
  return async (at, id) => {
    const links = { key: linkKey(LINKS.secret, id), base: LINKS.base, opens: true, clicks: true }
    const to = { ...(example['to'] as object), name: `王${at}`, email: address(at) }
    const outcome = await composeEmail(version, { ...example, id, to, links })
    if (outcome.state === 'held') throw new Error(`${outcome.reason}: ${outcome.detail}`)
    return outcome.bytes
  }
}

const address = (at: number): string => `c${at}@mail${at % 50}.example`
const PART = 1000

interface Sent {
  perMinute: number
  seconds: number
  cpu: { sending: number; engine: number; sink: number }
  rssMb: number[]
  composeMsEach: number
}

async function sendAll(
  options: BenchOptions,
  { messages, sink, rsa, connections }: { messages: number; sink: Sink; rsa: string; connections: number },
): Promise<Sent> {
  const folder = mkdtempSync(join(tmpdir(), 'huiyin-bench-mail-'))
  const app = await openApp({ ...readConfig({ HUIYIN_DATA: folder }), logLevel: 'silent' }, stages)
  try {
    const compose = await composer()
    const before = ownCpu()
    const run = await inventMailing(app, {
      messages,
      partSize: PART,
      channel: 'email',
      class: 'offer',
      bytes: compose,
      address,
    })
    const composeMsEach = ((ownCpu() - before) * 1000) / messages
    const settings = {
      host: '127.0.0.1',
      port: sink.port,
      tls: 'none',
      connections,
      perConnection: 10_000,
      bounceDomain: 'b.example',
      dkimDomain: rsa === '' ? '' : 'mail.example',
    }
    const secrets: Record<string, string> = rsa === '' ? {} : { dkimRsa: rsa }
    await saveChannel(app, { kind: 'smtp', name: 'sink', settings, secrets, state: 'on', position: 0 }, { userId: 1 })
    await app.jobs.work(
      stages.flatMap(stage => stage.jobs).filter(job => job.name.startsWith('interact.send')),
      { workflow: app.workflow, app },
    )
    await queueParts(
      app,
      Array.from({ length: Math.ceil(messages / PART) }, (_, partition) => ({
        ...run,
        partition,
        channel: 'email',
        class: 'offer',
        messages: Math.min(PART, messages - partition * PART),
      })),
    )
    const at = { own: ownCpu(), engine: engineCpu(SINK), sink: (await sink.ask()).cpu, taken: (await sink.ask()).taken }
    const rssMb: number[] = []
    const { seconds } = await timed(async () => {
      await sendQueued(app)
      for (let quarter = 1; (await openParts(app, run.runId)) > 0; ) {
        await sleep(50)
        if ((await sink.ask()).taken - at.taken < (messages * quarter) / 4) continue
        rssMb.push(Math.round(process.memoryUsage.rss() / 1e6))
        quarter++
      }
    })
    const end = await sink.ask()
    const { settled } = await app.facts.one<{ settled: number }>(
      "SELECT uniqExact(communication_id) AS settled FROM deliveries WHERE state = 'settled'",
    )
    if (end.taken - at.taken !== messages || settled !== messages)
      throw new Error(`${messages} to send, ${end.taken - at.taken} taken, ${settled} settled`)
    const cpu = { sending: ownCpu() - at.own, engine: engineCpu(SINK) - at.engine, sink: end.cpu - at.sink }
    options.say(`${Math.round((messages / seconds) * 60).toLocaleString()} a minute, CPU s ${JSON.stringify(cpu)}`)
    return { perMinute: Math.round((messages / seconds) * 60), seconds, cpu, rssMb, composeMsEach }
  } finally {
    await closePools(app)
    await app.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The same mails through a pool of nodemailer's own, in this thread, with nothing kept of them. */
async function bareNodemailer(sink: Sink, messages: number, connections: number, rsa: string) {
  const compose = await composer()
  const mails = await Promise.all(
    Array.from({ length: Math.min(messages, 2000) }, async (_, at) => Buffer.from(await compose(at, idOf(at)))),
  )
  const transport = createTransport({
    pool: true,
    host: '127.0.0.1',
    port: sink.port,
    ignoreTLS: true,
    maxConnections: connections,
    maxMessages: Number.POSITIVE_INFINITY,
    ...(rsa === '' ? {} : { dkim: { domainName: 'mail.example', keySelector: 'x', privateKey: rsa } }),
  })
  const before = ownCpu()
  let next = 0
  const { seconds } = await timed(async () => {
    const lane = async () => {
      for (let at = next++; at < messages; at = next++)
        await transport.sendMail({
          envelope: { from: 'a@b.example', to: [address(at)] },
          raw: mails[at % mails.length]!,
        })
    }
    await Promise.all(Array.from({ length: connections * 2 }, lane))
  })
  const cpuSeconds = ownCpu() - before
  transport.close()
  return { perMinute: Math.round((messages / seconds) * 60), cpuMsEach: (cpuSeconds * 1000) / messages }
}

/** What each part of the way costs by itself, in milliseconds of CPU a message. */
async function parts(messages: number, rsa: string) {
  const folder = mkdtempSync(join(tmpdir(), 'huiyin-bench-mail-'))
  const app = await openApp({ ...readConfig({ HUIYIN_DATA: folder }), logLevel: 'silent' }, stages)
  try {
    const compose = await composer()
    const run = await inventMailing(app, {
      messages,
      partSize: PART,
      channel: 'email',
      class: 'offer',
      bytes: compose,
      address,
    })
    const each = async (work: () => Promise<unknown> | undefined) => {
      const before = ownCpu() + engineCpu(SINK)
      await work()
      return ((ownCpu() + engineCpu(SINK) - before) * 1000) / messages
    }
    const batches = Array.from({ length: Math.ceil(messages / PART) }, (_, at) => at * PART)
    const batch = <T>(from: number, one: (at: number) => T): T[] =>
      Array.from({ length: Math.min(PART, messages - from) }, (_, index) => one(from + index))
    const mail = Buffer.from(await compose(0, idOf(0)))
    const key = [dkimKey('mail.example', 'x', rsa)]
    return {
      mailBytes: mail.length,
      gate: await each(async () => {
        for (const from of batches)
          await refusals(
            app,
            run,
            batch(from, at => ({
              id: idOf(at),
              customerId: at + 1,
              channel: 'email' as const,
              class: 'offer',
              address: address(at),
            })),
          )
      }),
      ledger: await each(async () => {
        for (const state of ['claimed', 'settled'] as const)
          for (const from of batches)
            await record(
              app,
              run.runId,
              batch(from, at => ({
                communicationId: idOf(at),
                customerId: at + 1,
                channel: 'email',
                state,
                reason: '',
                transport: 'smtp',
                receipt: '',
                attempt: 1,
              })),
            )
      }),
      dkimRsa2048: await each(async () => {
        for (let at = 0; at < messages; at++) dkimSignatures(mail, key, 1)
      }),
    }
  } finally {
    await app.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

export const bench: Bench = {
  name: 'mail',
  summary: 'personalised e-mail to a local SMTP sink: gate, claims, two sender threads, DKIM, ledger, events',
  async run(options) {
    const messages = options.number('messages', 60_000)
    const connections = options.number('connections', 5)
    const bare = options.number('bare', Math.min(messages, 20_000))
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' })
    const sink = await startSink()
    try {
      const unsigned = await sendAll(options, { messages, sink, rsa: '', connections })
      const signed = await sendAll(options, { messages, sink, rsa: rsa.toString(), connections })
      const baseline = {
        unsigned: await bareNodemailer(sink, bare, connections * 2, ''),
        signed: await bareNodemailer(sink, bare, connections * 2, rsa.toString()),
      }
      const cpuMs = await parts(Math.min(messages, 5000), rsa.toString())
      return {
        name: 'mail',
        figures: { messages, unsigned, signed, cpuMsEach: { ...cpuMs, compose: unsigned.composeMsEach } },
        baseline,
        ratio: {
          unsigned: unsigned.perMinute / baseline.unsigned.perMinute,
          signed: signed.perMinute / baseline.signed.perMinute,
        },
      }
    } finally {
      sink.stop()
    }
  },
}
