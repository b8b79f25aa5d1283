import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { ComposedPrintFile, PrintFile } from '../print-file/print-file.ts'
import type { Data } from './check-data.ts'
import type { FromWorker, ToWorker } from './compose-worker.ts'
import type { Outcome } from './outcome.ts'
import type { TemplateVersion } from './template.ts'

/** Threads that compose. Each holds the print engine with its fonts: about 250 MB once it has set its first bill. */
export interface ComposePool {
  /** Outcomes in the order of the rows, which are handed to one thread: 200 bills are about 2 s of work. */
  compose(version: TemplateVersion, rows: Data[]): Promise<Outcome[]>
  /** One file of many documents. */
  print(file: PrintFile): Promise<ComposedPrintFile>
  close(): Promise<void>
}

interface Task {
  /** What the thread is told, with the version itself only if it does not know it yet. */
  message(task: number, versions: Set<string>): ToWorker
  resolve(answer: FromWorker): void
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
      if ('error' in message) task?.reject(message.error)
      else task?.resolve(message)
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
    member.worker.ref()
    member.worker.postMessage(task.message(number, member.versions))
  }

  function give<T>(message: Task['message'], answer: (from: FromWorker) => T): Promise<T> {
    if (closed) return Promise.reject(new Error('the composing threads are closed'))
    return new Promise((resolve, reject) => {
      waiting.push({ message, resolve: from => resolve(answer(from)), reject })
      const idle = crew.find(member => member.busy.size === 0) ?? (crew.length < threads ? start() : undefined)
      if (idle) next(idle)
    })
  }

  return {
    compose: (version, rows) =>
      give(
        (task, versions) => {
          const known = versions.has(version.hash)
          versions.add(version.hash)
          return { task, version: known ? version.hash : version, rows }
        },
        from => ('outcomes' in from ? from.outcomes : []),
      ),
    print: file =>
      give(
        task => ({ task, printFile: file }),
        from => (from as Extract<FromWorker, { printed: ComposedPrintFile }>).printed,
      ),
    async close() {
      closed = true
      await Promise.all(crew.map(({ worker }) => worker.terminate()))
    },
  }
}
