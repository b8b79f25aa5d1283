/** The sender threads of one configured channel: two, each with its own connections, started when there is something to send. */
import { Worker } from 'node:worker_threads'
import type { DownReason, Opening, OutMessage, Verdict } from '../channels/channel.ts'
import { channelKind } from '../channels/index.ts'
import { sharedPace } from './pace.ts'
import type { Batch, FromThread, ThreadData, ToThread } from './thread-messages.ts'

export interface Sent {
  /** What has no verdict was not begun. */
  down?: { reason: DownReason; detail: string }
  halted: boolean
}

export interface SenderPool {
  /** Resolves when every message has its verdict or the batch was halted; verdicts come in handfuls as they fall. */
  send(
    journal: string,
    messages: readonly OutMessage[],
    onVerdicts: (verdicts: [string, Verdict][]) => void,
  ): Promise<Sent>
  /** Nothing new begins; with `hard` what is under way is cut. */
  halt(hard: boolean): void
  close(): Promise<void>
}

interface Open {
  onVerdicts(verdicts: [string, Verdict][]): void
  done(sent: Sent): void
  fail(error: Error): void
}

interface Thread {
  worker: Worker
  open: Map<number, Open>
}

const THREADS = 2

export function openSenderPool(kind: string, opening: Opening): SenderPool {
  // Some providers allow one session only.
  const threads = Math.min(THREADS, Number(opening.settings['sessions'] ?? THREADS))
  const perSecond = Number(opening.settings['perSecond'] ?? 0)
  const module = channelKind(kind).module ?? ''
  const data: ThreadData = { kind, module, opening, pace: sharedPace(), perSecond }
  const running: Thread[] = []
  let batches = 0
  let halted = false

  function start(): Thread {
    const worker = new Worker(new URL('./sender-thread.ts', import.meta.url), { workerData: data })
    const thread: Thread = { worker, open: new Map() }
    const lost = (error: Error) => {
      running.splice(running.indexOf(thread), 1)
      for (const open of thread.open.values()) open.fail(error)
      thread.open.clear()
    }
    worker.on('message', (message: FromThread) => {
      const open = thread.open.get(message.batch)
      if (!open) return
      if (message.type === 'verdicts') return open.onVerdicts(message.verdicts)
      thread.open.delete(message.batch)
      if (thread.open.size === 0) worker.unref()
      if (message.broken) open.fail(new Error(message.broken))
      else open.done({ halted, ...(message.down ? { down: message.down } : {}) })
    })
    worker.on('error', lost)
    worker.on('exit', () => running.includes(thread) && lost(new Error('a sender thread ended')))
    running.push(thread)
    return thread
  }

  /** The one with the least to do; a second one before any has two. */
  function choose(): Thread {
    const idle = running.toSorted((a, b) => a.open.size - b.open.size)[0]
    return idle && (idle.open.size === 0 || running.length >= threads) ? idle : start()
  }

  return {
    send(journal, messages, onVerdicts) {
      halted = false
      const thread = choose()
      const batch = ++batches
      const packed = pack(messages)
      return new Promise((done, fail) => {
        thread.open.set(batch, { onVerdicts, done, fail })
        thread.worker.ref()
        const message: Batch = { type: 'batch', batch, journal, ...packed }
        thread.worker.postMessage(message satisfies ToThread, [message.bytes])
      })
    },
    halt(hard) {
      halted = true
      for (const { worker } of running) worker.postMessage({ type: 'halt', hard } satisfies ToThread)
    },
    async close() {
      const ending = running.splice(0)
      await Promise.all(
        ending.map(async ({ worker }) => {
          worker.postMessage({ type: 'close' } satisfies ToThread)
          const timer = setTimeout(() => void worker.terminate(), 3000)
          await new Promise<void>(resolve => worker.once('exit', () => resolve()))
          clearTimeout(timer)
        }),
      )
    },
  }
}

/** All bytes in one block that changes hands without a copy. */
function pack(messages: readonly OutMessage[]): Pick<Batch, 'messages' | 'bytes'> {
  const bytes = new ArrayBuffer(messages.reduce((sum, message) => sum + message.bytes.byteLength, 0))
  const view = new Uint8Array(bytes)
  let at = 0
  const metas = messages.map(({ bytes: own, ...meta }) => {
    view.set(own, at)
    const from = at
    at += own.byteLength
    return { ...meta, from, to: at }
  })
  return { messages: metas, bytes }
}
