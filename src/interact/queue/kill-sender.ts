/** For tests: a sender that is killed again and again, and a mail server that counts. */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import * as analyze from '../../analyze/index.ts'
import * as campaign from '../../campaign/index.ts'
import * as collect from '../../collect/index.ts'
import * as optimize from '../../optimize/index.ts'
import * as personalize from '../../personalize/index.ts'
import { openTestApp } from '../../platform/open-test-app.ts'
import { saveChannel } from '../channels/channel-store.ts'
import { smtpSink } from '../channels/test-servers/smtp-sink.ts'
import * as interact from '../index.ts'
import { idOf, inventMailing } from './invented-mailing.ts'
import { LATEST } from './ledger.ts'
import { queueParts } from './parts.ts'

const stages = [collect, analyze, optimize, campaign, personalize, interact].map(part => part.stage)
const CONNECTIONS = 5
const THREADS = 2
/** Most that can be under way at a kill. */
export const WINDOW = CONNECTIONS * THREADS

export interface KillFigures {
  kills: number
  once: number
  uncertain: number
  /** Of the uncertain, how many the server had taken. */
  uncertainTaken: number
}

/** Throws when a recipient got two messages, or none without the ledger saying that it is uncertain. */
export async function killSender(messages: number, kills: number, partSize: number): Promise<KillFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'huiyin-kill-sender-'))
  const address = (at: number) => `c${at}@mail.example`
  // A little slow, so that something is always under way.
  const sink = await smtpSink({ onMessage: () => sleep(1) })
  try {
    const app = await openTestApp(folder, stages, { logLevel: 'silent' })
    const run = await inventMailing(app, {
      messages,
      partSize,
      channel: 'email',
      bytes: (at, id) =>
        Buffer.from(`From: a@mail.example\r\nTo: ${address(at)}\r\nSubject: ${id}\r\n\r\n${'x'.repeat(500)}\r\n`),
      address,
    })
    const settings = { host: '127.0.0.1', port: sink.port, tls: 'none', connections: CONNECTIONS }
    await saveChannel(
      app,
      { kind: 'smtp', name: 'sink', settings, secrets: {}, state: 'on', position: 0 },
      { userId: 1 },
    )
    await queueParts(
      app,
      Array.from({ length: Math.ceil(messages / partSize) }, (_, partition) => ({
        ...run,
        partition,
        channel: 'email',
        class: 'service',
        messages: Math.min(partSize, messages - partition * partSize),
      })),
    )
    await app.close()
    let killed = 0
    while (killed < kills) {
      const sender = start(folder, run.runId)
      const taken = sink.counts.size
      const goal =
        taken + Math.max(1, Math.round(((messages - taken) / (kills - killed + 1)) * (0.6 + Math.random() * 0.8)))
      const ended = await untilTaken(sink.counts, Math.min(goal, messages - 1), sender)
      if (ended) break
      sender.kill('SIGKILL')
      await once(sender, 'exit')
      killed++
    }
    const last = start(folder, run.runId)
    const [code] = (await once(last, 'exit')) as [number | null]
    assert.equal(code, 0)
    return await judge(folder, sink.counts, messages, killed, address)
  } finally {
    await sink.close()
    await rm(folder, { recursive: true, force: true })
  }
}

function start(folder: string, runId: number): ChildProcess {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'kill-sender.child.ts'), folder, String(runId)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  createInterface({ input: child.stdout! }).on('line', () => undefined)
  return child
}

/** True when it ended by itself first. */
async function untilTaken(counts: ReadonlyMap<string, number>, goal: number, child: ChildProcess): Promise<boolean> {
  while (counts.size < goal) {
    if (child.exitCode !== null) return true
    await sleep(2)
  }
  return false
}

async function judge(
  folder: string,
  counts: ReadonlyMap<string, number>,
  messages: number,
  kills: number,
  address: (at: number) => string,
): Promise<KillFigures> {
  const app = await openTestApp(folder, stages, { logLevel: 'silent' })
  try {
    const rows = await app.facts.query<{ id: string; holds: string }>(
      `SELECT communication_id AS id, toString(argMax(state, ${LATEST})) AS holds FROM deliveries GROUP BY communication_id`,
    )
    const states = new Map(rows.map(row => [row.id, row.holds]))
    const figures: KillFigures = { kills, once: 0, uncertain: 0, uncertainTaken: 0 }
    for (let at = 0; at < messages; at++) {
      const times = counts.get(address(at)) ?? 0
      const state = states.get(idOf(at, 'email'))
      assert.ok(times <= 1, `${address(at)} got it ${times} times`)
      if (state === 'uncertain') {
        figures.uncertain++
        figures.uncertainTaken += times
      } else {
        assert.equal(state, 'settled', `${address(at)}: ${state}`)
        assert.equal(times, 1, `${address(at)} is settled and was not taken`)
        figures.once++
      }
    }
    if (figures.uncertain > kills * WINDOW) {
      const why = await app.facts.query(
        `SELECT run_id, reason, receipt, count() AS rows, toString(min(at)) AS first, toString(max(at)) AS last
         FROM deliveries WHERE state = 'uncertain' GROUP BY run_id, reason, receipt ORDER BY rows DESC LIMIT 20`,
      )
      assert.fail(`${figures.uncertain} uncertain of ${kills} kills: ${JSON.stringify(why)}`)
    }
    return figures
  } finally {
    await app.close()
  }
}
