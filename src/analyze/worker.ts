import { parentPort, workerData } from 'node:worker_threads'
import type { Progress } from '../platform/app.ts'
import { type Facts, openFacts } from '../platform/stores/facts/index.ts'
import { type JudgeInput, judgeModels } from './judge/judge-models.ts'
import { type AffinityInput, findAffinity } from './models/find-affinity.ts'
import { type ScoreInput, scoreCustomers } from './models/score-customers.ts'
import type { Order, Told } from './run-in-worker.ts'

/** The work of this stage that keeps a core busy for seconds: each runs in a thread with a client of the facts of its own. */
const tasks = {
  'score-customers': (facts: Facts, input: unknown, progress: Progress) =>
    scoreCustomers(facts, input as ScoreInput, progress),
  'find-affinity': (facts: Facts, input: unknown, progress: Progress) =>
    findAffinity(facts, input as AffinityInput, progress),
  'judge-models': (facts: Facts, input: unknown, progress: Progress) =>
    judgeModels(facts, input as JudgeInput, progress),
} satisfies Record<string, (facts: Facts, input: unknown, progress: Progress) => Promise<unknown>>

export type Tasks = typeof tasks

const tell = (message: Told) => parentPort!.postMessage(message)
const { task, address, input } = workerData as Order
const facts = await openFacts({ address })
try {
  const result = await tasks[task](facts, input, (done, total, note) => tell({ progress: [done, total, note] }))
  tell({ result })
} catch (error) {
  tell({ error })
} finally {
  await facts.close()
}
