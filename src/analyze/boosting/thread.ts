import { parentPort, workerData } from 'node:worker_threads'
import type { ColumnBins } from './bins.ts'
import { joinCrew, leadCrew } from './crew.ts'
import { type GrownForest, growForest } from './grow-forest.ts'
import { type MemoryPlan, viewsOf } from './memory-plan.ts'
import type { ForestOptions } from './options.ts'
import { workOn } from './tasks.ts'

/** What a training thread is born with. The first leads; it alone needs to know the cuts. */
export interface ThreadData {
  memory: WebAssembly.Memory
  plan: MemoryPlan
  cuts: readonly ColumnBins[]
  /** 0 leads. */
  thread: number
}

/** What the leader says of a fit. */
export type ThreadTold = { done: number; total: number } | { forest: GrownForest }

const { memory, plan, cuts, thread } = workerData as ThreadData
const views = viewsOf(memory)
let seen = 0

parentPort!.on('message', (options: ForestOptions) => {
  const work = workOn(memory, views, plan, options, thread)
  if (thread > 0) {
    seen = joinCrew(views, seen, work)
    return
  }
  const crew = leadCrew(views, plan.shape.threads - 1, work)
  const tell = (told: ThreadTold) => parentPort!.postMessage(told)
  const forest = growForest({ views, plan, cuts, crew, options }, (done, total) => tell({ done, total }))
  crew.stop()
  tell({ forest })
})
