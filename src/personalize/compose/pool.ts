import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Data } from './check-data.ts'
import type { FromWorker, ToWorker } from './compose-worker.ts'
import type { Outcome } from './outcome.ts'
import type { TemplateVersion } from './template.ts'

/** Threads that compose. Each holds the print engine with its fonts: about 250 MB once it has set its first bill. */
export interface ComposePool {
  /** Outcomes in the order of the rows, which are handed to one thread: 200 bills are about 2 s of work. */
  compose(version: TemplateVersion, rows: Data[]): Promise<Outcome[]>
  close(): Promise<void>
}

interface Task {
  version: TemplateVersion
  rows: Data[]
  resolve(outcomes: Outcome[]): void
  reject(reason: unknown): void
}

interface Crew {
  worker: Worker
  versions: Set<string>
  busy: Map<number, Task>
}

export function openComposePool(threads = Math.min(8, availableParallelism())): ComposePool {
  const crew: Crew[] = []
  const waiting: Task[] = []
  let tasks = 0
  let closed = false

  function start(): Crew {
    const member: Crew = {
      worker: new Worker(new URL('./compose-worker.ts', import.meta.url)),
      versions: new Set(),
      busy: new Map(),
    }
    member.worker.unref()
    member.worker.on('message', (message: FromWorker) => {
      const task = member.busy.get(message.task)
      member.busy.delete(message.task)
      if ('outcomes' in message) task?.resolve(message.outcomes)
      else task?.reject(message.error)
      next(member)
    })
    const lost = (reason: unknown) => {
      crew.splice(crew.indexOf(member), 1)
      for (const task of member.busy.values()) task.reject(reason)
      if (!closed && waiting.length > 0) next(crew.find(other => other.busy.size === 0) ?? start())
    }
    member.worker.once('error', lost)
    crew.push(member)
    return member
  }

  function next(member: Crew): void {
    if (member.busy.size > 0) return
    const task = waiting.shift()
    if (!task) {
      member.worker.unref()
      return
    }
    const number = ++tasks
    member.busy.set(number, task)
    const known = member.versions.has(task.version.hash)
    member.versions.add(task.version.hash)
    member.worker.ref()
    member.worker.postMessage({
      task: number,
      version: known ? task.version.hash : task.version,
      rows: task.rows,
    } satisfies ToWorker)
  }

  return {
    compose(version, rows) {
      if (closed) return Promise.reject(new Error('the composing threads are closed'))
      return new Promise((resolve, reject) => {
        waiting.push({ version, rows, resolve, reject })
        const idle = crew.find(member => member.busy.size === 0) ?? (crew.length < threads ? start() : undefined)
        if (idle) next(idle)
      })
    },
    async close() {
      closed = true
      await Promise.all(crew.map(({ worker }) => worker.terminate()))
    },
  }
}
