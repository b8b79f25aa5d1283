import { parentPort, workerData } from 'node:worker_threads'
import type { Problem } from './problem.ts'
import { type SolveOptions, solve } from './solve.ts'

const { problem, options } = workerData as { problem: Problem; options: SolveOptions }
parentPort?.postMessage(solve(problem, options))
