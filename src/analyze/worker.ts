import { parentPort, workerData } from 'node:worker_threads'
import type { Progress } from '../platform/app.ts'
import { type Facts, openFacts } from '../platform/stores/facts/index.ts'
import { type BacktestInput, runBacktest } from './affinity/run-backtest.ts'
import { type WatchInput, watchCustomers } from './alarms/watch-customers.ts'
import { type DistributeInput, distribute } from './catalogues/distribute.ts'
import { type SuggestInput, suggestCollections } from './catalogues/suggest.ts'
import { type JudgeInput, judgeModels } from './judge/judge-models.ts'
import { type AffinityInput, findAffinity } from './models/find-affinity.ts'
import { type ScoreInput, scoreCustomers } from './models/score-customers.ts'
import { backtestChurn, type BacktestInput as ChurnBacktestInput } from './registry/backtest.ts'
import { type TrainChurnInput, trainChurn } from './registry/train-churn.ts'
import type { Order, Told } from './run-in-worker.ts'
import { findGroups, type GroupsInput } from './segments/suggest/find-groups.ts'
import { learnFromTrials, type TrialsInput } from './uplift/learn-from-trials.ts'

/** The work of this stage that keeps a core busy for seconds: each runs in a thread with a client of the facts of its own. */
const tasks = {
  'distribute-catalogues': (facts: Facts, input: unknown, progress: Progress) =>
    distribute(facts, input as DistributeInput, progress),
  'suggest-catalogues': (facts: Facts, input: unknown, progress: Progress) =>
    suggestCollections(facts, input as SuggestInput, progress),
  'backtest-products': (facts: Facts, input: unknown, progress: Progress) =>
    runBacktest(facts, input as BacktestInput, progress),
  'score-customers': (facts: Facts, input: unknown, progress: Progress) =>
    scoreCustomers(facts, input as ScoreInput, progress),
  'find-affinity': (facts: Facts, input: unknown, progress: Progress) =>
    findAffinity(facts, input as AffinityInput, progress),
  'find-groups': (facts: Facts, input: unknown, progress: Progress) =>
    findGroups(facts, input as GroupsInput, progress),
  'backtest-churn': (facts: Facts, input: unknown, progress: Progress) =>
    backtestChurn(facts, input as ChurnBacktestInput, progress),
  'learn-uplift': (facts: Facts, input: unknown, progress: Progress) =>
    learnFromTrials(facts, input as TrialsInput, progress),
  'train-churn': (facts: Facts, input: unknown, progress: Progress) =>
    trainChurn(facts, input as TrainChurnInput, progress),
  'judge-models': (facts: Facts, input: unknown, progress: Progress) =>
    judgeModels(facts, input as JudgeInput, progress),
  'watch-customers': (facts: Facts, input: unknown, progress: Progress) =>
    watchCustomers(facts, input as WatchInput, progress),
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
