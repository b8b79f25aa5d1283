import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import smpp from 'smpp'
import { saveChannel } from '../src/interact/channels/channel-store.ts'
import { inventMailing } from '../src/interact/queue/invented-mailing.ts'
import { openParts, queueParts } from '../src/interact/queue/parts.ts'
import { sendQueued } from '../src/interact/queue/send-jobs.ts'
import { closePools } from '../src/interact/senders/pools.ts'
import { stages } from '../src/loop.ts'
import { readConfig } from '../src/platform/config.ts'
import { openApp } from '../src/platform/open-app.ts'
import { type Bench, timed } from './bench.ts'
import { engineCpu, ownCpu } from './mail/cpu.ts'

const PART = 5000
const CENTRE = 'sms/centre.ts'

interface Figures {
  count: number
  mostOpen: number
  cpu: number
}

/** One session of the package itself with the same window, nothing kept of what is sent. */
async function bareSmpp(port: number, messages: number, window: number): Promise<number> {
  const session = smpp.connect({ host: '127.0.0.1', port })
  await new Promise<void>(resolve => session.bind_transmitter({ system_id: 'bench', password: '' }, () => resolve()))
  let next = 0
  const { seconds } = await timed(async () => {
    const lane = async () => {
      for (let at = next++; at < messages; at = next++)
        await new Promise<void>(resolve =>
          session.submit_sm({ destination_addr: number(at).slice(1), short_message: text(at) }, () => resolve()),
        )
    }
    await Promise.all(Array.from({ length: window }, lane))
  })
  session.destroy()
  return Math.round(messages / seconds)
}

const number = (at: number): string => `+86138${String(at).padStart(8, '0')}`
const text = (at: number): string => `【兰亭礼品】您的优惠码 ${at} 本月有效，拒收请回复R`

export const bench: Bench = {
  name: 'sms',
  summary: 'short messages over SMPP to a local message centre: gate, claims, window, ledger, provider ids',
  async run(options) {
    const messages = options.number('messages', 40_000)
    const window = options.number('window', 100)
    const child = fork(fileURLToPath(new URL(CENTRE, import.meta.url)))
    const [{ port }] = (await once(child, 'message')) as [{ port: number }]
    const ask = async (): Promise<Figures> => {
      const answer = once(child, 'message')
      child.send('figures')
      return ((await answer) as [Figures])[0]
    }
    const folder = mkdtempSync(join(tmpdir(), 'huiyin-bench-sms-'))
    const app = await openApp({ ...readConfig({ HUIYIN_DATA: folder }), logLevel: 'silent' }, stages)
    try {
      const run = await inventMailing(app, {
        messages,
        partSize: PART,
        channel: 'sms',
        bytes: at => Buffer.from(text(at)),
        address: number,
        // A day long past has no night.
        asOf: '2020-01-01',
      })
      const settings = { host: '127.0.0.1', port, systemId: 'bench', window, sessions: 1 }
      await saveChannel(
        app,
        { kind: 'smpp', name: 'centre', settings, secrets: {}, state: 'on', position: 0 },
        { userId: 1 },
      )
      await app.jobs.work(
        stages.flatMap(stage => stage.jobs).filter(job => job.name.startsWith('interact.send')),
        { workflow: app.workflow, app },
      )
      await queueParts(
        app,
        Array.from({ length: Math.ceil(messages / PART) }, (_, partition) => ({
          ...run,
          partition,
          channel: 'sms',
          class: 'service',
          messages: Math.min(PART, messages - partition * PART),
        })),
      )
      const at = { own: ownCpu(), engine: engineCpu(CENTRE), centre: (await ask()).cpu }
      const { seconds } = await timed(async () => {
        await sendQueued(app)
        while ((await openParts(app, run.runId)) > 0) await sleep(50)
      })
      const { count, mostOpen, cpu } = await ask()
      const each = (seconds: number) => Math.round((seconds / messages) * 1e6) / 1000
      const cpuMsEach = {
        sending: each(ownCpu() - at.own),
        engine: each(engineCpu(CENTRE) - at.engine),
        centre: each(cpu - at.centre),
      }
      const { settled } = await app.facts.one<{ settled: number }>(
        "SELECT uniqExact(communication_id) AS settled FROM deliveries WHERE state = 'settled'",
      )
      if (count !== messages || settled !== messages)
        throw new Error(`${messages} to send, ${count} taken, ${settled} settled`)
      const bare = await bareSmpp(port, Math.min(messages, 20_000), window)
      const perSecond = Math.round(messages / seconds)
      return {
        name: 'sms',
        figures: { messages, window, perSecond, seconds, mostOpen, cpuMsEach },
        baseline: { bareSmppPerSecond: bare },
        ratio: perSecond / bare,
      }
    } finally {
      await closePools(app)
      await app.close()
      child.disconnect()
      rmSync(folder, { recursive: true, force: true })
    }
  },
}
