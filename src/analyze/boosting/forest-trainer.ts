import { Worker } from 'node:worker_threads'
import { type ColumnBins, cutColumns, writeBins } from './bins.ts'
import { leadCrew } from './crew.ts'
import { boostingErrors } from './errors.ts'
import { type GrownForest, growForest } from './grow-forest.ts'
import { GATHERED, type MemoryPlan, planMemory, type Views, viewsOf } from './memory-plan.ts'
import { defaultForest, type ForestOptions } from './options.ts'
import { ROW_TRAIN } from './row-sample.ts'
import type { Table } from './table.ts'
import { workOn } from './tasks.ts'
import type { ThreadData, ThreadTold } from './thread.ts'

export interface TrainerOptions {
  /** 1 works in the caller's thread. The trees are the same for any number. */
  threads: number
  /** Most leaves a tree of this trainer may have. */
  maxLeaves: number
  mostBins?: number
}

/** A table cut into bins once, on which any number of forests can be grown: folds, shapes, the final one. */
export interface ForestTrainer {
  cuts: readonly ColumnBins[]
  /** `states` says for each row whether it is trained on, held out or left alone (row-sample.ts); default: all train. */
  fit(
    options?: Partial<ForestOptions>,
    states?: Uint8Array,
    progress?: (done: number, total: number) => void,
  ): Promise<GrownForest>
  close(): Promise<void>
}

const PAGE = 65_536
/** What a 32-bit address reaches. */
const MOST_BYTES = 65_535 * PAGE

export function openForestTrainer(table: Table, labels: Uint8Array, options: TrainerOptions): ForestTrainer {
  const cuts = cutColumns(table, options.mostBins)
  const shape = {
    rows: table.rows,
    bins: cuts.map(cut => cut.bins),
    categorical: cuts.map(cut => cut.kind === 'category'),
    maxLeaves: options.maxLeaves,
    threads: options.threads,
  }
  const plan = planMemory(shape)
  if (plan.bytes > MOST_BYTES)
    throw boostingErrors['analyze.train-too-large']({ rows: table.rows, columns: cuts.length })
  const pages = Math.ceil(plan.bytes / PAGE)
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true })
  const views = viewsOf(memory)
  views.u8.set(labels, plan.labels)
  for (let k = 0; k < GATHERED; k++) views.u32[plan.counting / 4 + k] = k
  for (const group of plan.groups)
    for (let k = 0; k < group.width; k++)
      writeBins(table.columns[group.first + k]!, cuts[group.first + k]!, views.u8, group.address + k, group.width)
  const prepare = (given: Partial<ForestOptions>, states?: Uint8Array): ForestOptions => {
    if (states) views.u8.set(states, plan.states)
    else views.u8.fill(ROW_TRAIN, plan.states, plan.states + table.rows)
    const all = { ...defaultForest, ...given }
    // Paths of up to thirty columns fit the masks of tree-shap.ts.
    return { ...all, maxLeaves: Math.min(all.maxLeaves, options.maxLeaves), maxDepth: Math.min(all.maxDepth, 30) }
  }
  return options.threads > 1
    ? withThreads({ memory, plan, cuts }, options.threads, prepare)
    : inThisThread(memory, views, plan, cuts, prepare)
}

type Prepare = (given: Partial<ForestOptions>, states?: Uint8Array) => ForestOptions

function inThisThread(
  memory: WebAssembly.Memory,
  views: Views,
  plan: MemoryPlan,
  cuts: readonly ColumnBins[],
  prepare: Prepare,
): ForestTrainer {
  return {
    cuts,
    async fit(given = {}, states, progress = () => undefined) {
      const options = prepare(given, states)
      const crew = leadCrew(views, 0, workOn(memory, views, plan, options, 0))
      return growForest({ views, plan, cuts, crew, options }, progress)
    },
    close: async () => undefined,
  }
}

function withThreads(shared: Omit<ThreadData, 'thread'>, threads: number, prepare: Prepare): ForestTrainer {
  const workers = Array.from({ length: threads }, (_, k) => {
    const workerData: ThreadData = { ...shared, thread: k }
    const worker = new Worker(new URL('./thread.ts', import.meta.url), { workerData })
    worker.unref()
    return worker
  })
  const close = async () => void (await Promise.all(workers.map(worker => worker.terminate())))
  return {
    cuts: shared.cuts,
    close,
    fit(given = {}, states, progress = () => undefined) {
      const options = prepare(given, states)
      const leader = workers[0]!
      return new Promise<GrownForest>((resolve, reject) => {
        const heard = (told: ThreadTold) => {
          if ('done' in told) progress(told.done, told.total)
          else end(() => resolve(told.forest))
        }
        const failed = (error: Error) => end(() => reject(error))
        const end = (settle: () => void) => {
          for (const worker of workers) {
            worker.off('error', failed)
            worker.unref()
          }
          leader.off('message', heard)
          settle()
        }
        leader.on('message', heard)
        for (const worker of workers) {
          worker.ref()
          worker.on('error', failed)
          worker.postMessage(options)
        }
      })
    },
  }
}
