import { parentPort, workerData } from 'node:worker_threads'
import { solve } from '../allocate/solve.ts'
import { checkPlan } from '../allocate/verify.ts'
import type { SolveAnswer, SolveTask } from './solve-task.ts'
import { tally } from './tally.ts'

/**
 * Solves, counts the plan anew and adds it up, off the process's own thread. From earlier prices first; where those led too far
 * from the bound (a change too large for them), from scratch.
 */
const task = workerData as SolveTask
const WARM_GAP = 0.0005

let answer = solve(task.problem, task.options)
if (task.options.prices && !answer.stopped && (!answer.feasible || answer.gap > WARM_GAP)) {
  const { prices: _, ...cold } = task.options
  const again = solve(task.problem, cold)
  const seconds = answer.seconds + again.seconds
  if (again.feasible && (!answer.feasible || again.value >= answer.value)) answer = { ...again, seconds }
  // Either bound holds; the lower one says more.
  else answer = { ...answer, bound: Math.min(answer.bound, again.bound), seconds }
  answer.gap =
    answer.bound === answer.value
      ? 0
      : (answer.bound - answer.value) / Math.max(Math.abs(answer.bound), Number.MIN_VALUE)
}
parentPort?.postMessage({
  ...answer,
  breaches: answer.feasible ? checkPlan(task.problem, answer.chosen).length : 0,
  tally: tally(task, answer.chosen),
} satisfies SolveAnswer)
