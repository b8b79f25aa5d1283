import { Worker } from 'node:worker_threads'
import type { Problem } from './problem.ts'
import type { Solution, SolveOptions } from './solve.ts'

/** Solves in a thread of its own (with helpers), so that the process goes on answering meanwhile. */
export function allocate(problem: Problem, options: SolveOptions = {}): Promise<Solution> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./solver-thread.ts', import.meta.url), { workerData: { problem, options } })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', code => reject(new Error(`the solver's thread ended with ${code}`)))
  })
}
