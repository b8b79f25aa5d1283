import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { errors } from '../errors.ts'
import type { ComposedPrintFile, PrintFile } from '../print-file/print-file.ts'
import type { Studied, Study } from '../proofs/study.ts'
import type { Data } from './check-data.ts'
import type { FromWorker, ToWorker } from './compose-worker.ts'
import { held, type Outcome } from './outcome.ts'
import type { TemplateVersion } from './template.ts'
import { ThreadLost, type ThreadWatch, watchThread } from './thread-watch.ts'

/** Threads that compose. Each holds the print engine with its fonts: about 250 MB once it has set its first bill. */
export interface ComposePool {
  /** Outcomes in the order of the rows, which are handed to one thread: 200 bills are about 2 s of work. */
  compose(version: TemplateVersion, rows: Data[]): Promise<Outcome[]>
  /** One file of many documents. */
  print(file: PrintFile): Promise<ComposedPrintFile>
  /** What a proof wants to know of documents. */
  study<S extends Study>(study: S): Promise<Studied<S>>
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
  watch: ThreadWatch
}

export interface PoolLimits {
  /** Of one document, wall time: the slowest real one (2,000 lines, 70 pages) takes 2 s, on a busy machine 20. */
  documentMs: number
  /** Of a thread's JavaScript heap; the print engine's memory lies outside and is bounded by pages and by the size of the data. */
  heapMb: number
}

const LIMITS: PoolLimits = { documentMs: 60_000, heapMb: 1024 }
/** Documents of one batch that may stop their thread; after so many it is the template that is at fault, and its author is told. */
const MOST_LOST = 3

export function openComposePool(
  threads = Math.min(8, availableParallelism()),
  { documentMs, heapMb }: PoolLimits = LIMITS,
): ComposePool {
  const crew: Crew[] = []
  const waiting: Task[] = []
  let tasks = 0
  let closed = false

  function start(): Crew {
    const watch = watchThread(documentMs, () => lost(new ThreadLost(watch.at(), true)))
    const member: Crew = {
      worker: new Worker(new URL('./compose-worker.ts', import.meta.url), {
        workerData: watch.shared,
        resourceLimits: { maxOldGenerationSizeMb: heapMb },
      }),
      versions: new Set(),
      busy: new Map(),
      watch,
    }
    member.worker.unref()
    member.worker.on('message', (message: FromWorker) => {
      const task = member.busy.get(message.task)
      member.busy.delete(message.task)
      watch.stop()
      if ('error' in message) task?.reject(message.error)
      else task?.resolve(message)
      next(member)
    })
    function lost(reason: ThreadLost) {
      const place = crew.indexOf(member)
      if (place < 0) return
      crew.splice(place, 1)
      watch.stop()
      for (const task of member.busy.values()) task.reject(reason)
      // Inside the print engine a thread cannot be stopped: it ends when the engine returns, and meanwhile nobody waits for it.
      member.worker.unref()
      void member.worker.terminate()
      if (!closed && waiting.length > 0) next(crew.find(other => other.busy.size === 0) ?? start())
    }
    member.worker.once('error', error => lost(new ThreadLost(watch.at(), false, error)))
    member.worker.once('exit', () => lost(new ThreadLost(watch.at(), false)))
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
    member.watch.start()
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

  const composeRows = (version: TemplateVersion, rows: Data[]): Promise<Outcome[]> =>
    give(
      (task, versions) => {
        const known = versions.has(version.hash)
        versions.add(version.hash)
        return { task, version: known ? version.hash : version, rows }
      },
      from => ('outcomes' in from ? from.outcomes : []),
    )

  return {
    compose: (version, rows) => withoutLost(version, rows, composeRows, documentMs),
    print: file =>
      give(
        task => ({ task, printFile: file }),
        from => (from as Extract<FromWorker, { printed: ComposedPrintFile }>).printed,
      ),
    study: study =>
      give(
        task => ({ task, study }),
        from => (from as Extract<FromWorker, { studied: unknown }>).studied as Studied<typeof study>,
      ),
    async close() {
      closed = true
      await Promise.all(crew.map(({ worker }) => worker.terminate()))
    },
  }
}

/** A document that stalls or breaks its thread is held, and its neighbours are composed without it. */
async function withoutLost(
  version: TemplateVersion,
  rows: Data[],
  compose: (version: TemplateVersion, rows: Data[]) => Promise<Outcome[]>,
  documentMs: number,
): Promise<Outcome[]> {
  const found = new Map<Data, Outcome>()
  for (;;) {
    const open = rows.filter(row => !found.has(row))
    try {
      const outcomes = await compose(version, open)
      for (const [index, row] of open.entries()) found.set(row, outcomes[index]!)
      return rows.map(row => found.get(row)!)
    } catch (error) {
      const culprit = error instanceof ThreadLost && error.at !== undefined ? open[error.at] : undefined
      if (!culprit) throw error
      const slow = (error as ThreadLost).slow
      if (found.size === MOST_LOST)
        throw errors['personalize.template-stalls'](
          { template: version.id, id: String(culprit['id']), seconds: documentMs / 1000 },
          error,
        )
      found.set(
        culprit,
        slow ? held('too-slow', `> ${documentMs / 1000} s`) : held('template-failed', String((error as Error).cause)),
      )
    }
  }
}
