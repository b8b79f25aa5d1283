/** Bodies of events, handed to the thread that takes them in; at most so many bytes at once, whoever asks for more is told to wait. */
import { Worker } from 'node:worker_threads'
import type { App } from '../../platform/app.ts'
import { defineErrors } from '../../platform/errors.ts'
import type { Problem } from './problems.ts'
import type { Sender } from './read-event.ts'
import type { Telling } from './reported.ts'

export const intakeErrors = defineErrors({
  'collect.events-busy': {
    status: 429,
    en: 'More events are on their way than can be stored at once. Send this batch again in {seconds} s.',
    zh: '正在写入的事件已达上限，请在 {seconds} 秒后重新提交此批。',
  },
  'collect.events-down': {
    status: 503,
    en: 'The store does not take events just now; nothing of this batch is confirmed. Send it again in {seconds} s.',
    zh: '存储暂时无法写入，此批事件均未确认。请在 {seconds} 秒后重新提交。',
  },
  'collect.events-unreadable': {
    status: 400,
    en: 'The body is not {format} in UTF-8 ({place}). Nothing of it was stored.',
    zh: '请求内容不是 UTF-8 编码的 {format}（{place}），未写入任何内容。',
  },
  'collect.events-encoding': {
    status: 415,
    en: 'Events come as JSON or JSON lines, plain or with Content-Encoding gzip; this cannot be read as that.',
    zh: '事件应为 JSON 或 JSON Lines，可用 gzip 压缩（Content-Encoding）；此内容无法按此读取。',
  },
})

/** Bytes as they were sent, unpacked. 64 MB are some 200,000 events, two to three seconds of work. */
export const MOST_IN_FLIGHT = 64 << 20

export interface IntakeRequest extends Sender {
  id: number
  bytes: Uint8Array
  lines: boolean
}

export interface IntakeReply extends Telling {
  id: number
  accepted: number
  waiting: number
  duplicates: number
  refused: number
  problems: Problem[]
  unreadable?: string
}

export interface Intake {
  /** Takes room for so many bytes, or throws `collect.events-busy`; call what it returns when they are gone. */
  reserve(bytes: number): () => void
  /** Resolves when what was accepted is on disk. */
  take(request: Omit<IntakeRequest, 'id'>): Promise<IntakeReply>
  /** Who somebody is was learnt just now: asks anew. */
  forget(): void
}

type Pending = { resolve(reply: IntakeReply): void; reject(error: Error): void }

export const RETRY_SECONDS = 1

const intakes = new WeakMap<App['facts'], Intake>()

/** One per process: made at the first event, ends with the process. */
export function intakeOf(app: Pick<App, 'facts' | 'log'>): Intake {
  const intake = intakes.get(app.facts) ?? openIntake(app)
  intakes.set(app.facts, intake)
  return intake
}

function openIntake({ facts, log }: Pick<App, 'facts' | 'log'>): Intake {
  const pending = new Map<number, Pending>()
  let worker: Worker | undefined
  let next = 0
  let inFlight = 0
  const down = (reason: unknown) => intakeErrors['collect.events-down']({ seconds: 5 }, reason)

  function start(): Worker {
    const started = new Worker(new URL('./worker.ts', import.meta.url), { workerData: facts.address })
    started.unref()
    started.on('message', (reply: IntakeReply | { id: number; failed: string }) => {
      const asked = pending.get(reply.id)
      pending.delete(reply.id)
      if (pending.size === 0) started.unref()
      if ('failed' in reply) {
        log.error({ reason: reply.failed }, 'events were not stored')
        asked?.reject(down(new Error(reply.failed)))
      } else asked?.resolve(reply)
    })
    started.on('error', error => {
      log.error({ err: { message: error.message } }, 'the thread of events ended')
      worker = undefined
      for (const { reject } of pending.values()) reject(down(error))
      pending.clear()
    })
    return started
  }

  return {
    reserve(bytes) {
      if (inFlight > 0 && inFlight + bytes > MOST_IN_FLIGHT)
        throw intakeErrors['collect.events-busy']({ seconds: RETRY_SECONDS })
      inFlight += bytes
      let given = false
      return () => {
        if (!given) inFlight -= bytes
        given = true
      }
    },
    take(request) {
      worker ??= start()
      worker.ref()
      const id = next++
      const { bytes } = request
      // A body read whole owns its memory; a slice of a shared pool is copied.
      const own = bytes.byteLength === bytes.buffer.byteLength && bytes.buffer instanceof ArrayBuffer
      return new Promise((resolve, reject) => {
        pending.set(id, { resolve, reject })
        worker!.postMessage({ ...request, id } satisfies IntakeRequest, own ? [bytes.buffer as ArrayBuffer] : [])
      })
    },
    forget() {
      worker?.postMessage('forget')
    },
  }
}
