import { Worker } from 'node:worker_threads'
import type { Progress } from '../platform/app.ts'
import type { Facts, FactsAddress } from '../platform/stores/facts/index.ts'
import type { Tasks } from './worker.ts'

/** What a thread is told to do. */
export interface Order {
  task: keyof Tasks
  address: FactsAddress
  input: unknown
}

/** What it tells: how far it is, and once how it ended. */
export type Told = { progress: [number, number, string | undefined] } | { result: unknown } | { error: unknown }

/** Runs a task of `worker.ts` in a thread, so that fitting never holds up a page. */
export function runInWorker<Task extends keyof Tasks>(
  task: Task,
  facts: Facts,
  input: unknown,
  progress: Progress,
): Promise<Awaited<ReturnType<Tasks[Task]>>> {
  return new Promise((resolve, reject) => {
    const order: Order = { task, address: facts.address, input }
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: order })
    worker.on('message', (told: Told) => {
      if ('progress' in told) progress(...told.progress)
      else if ('error' in told) reject(told.error)
      else resolve(told.result as Awaited<ReturnType<Tasks[Task]>>)
    })
    worker.on('error', reject)
    worker.on('exit', code => reject(new Error(`the thread of ${task} ended with ${code} and without a result`)))
  })
}
