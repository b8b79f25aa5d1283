/** All pairs scored, in this thread when there are few records, else by one worker thread per core. */
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { PatternTable } from './pattern.ts'
import { blocksOf, type ScoredShare, type ScoreInput, scoreShare } from './score-share.ts'

/** Starting a thread costs about 60 ms; below this many records the work is shorter. */
const THREADS_FROM = 20_000

export type Scored = ScoredShare

export async function scorePairs(input: ScoreInput, threads = Math.min(8, availableParallelism())): Promise<Scored> {
  if (input.records < THREADS_FROM || threads < 2) {
    const blocks = input.rules.map(slots => blocksOf(slots, 0, 1, input.maxBlock))
    return scoreShare(input, blocks, 0, 1)
  }
  const workers = Array.from({ length: threads }, (_, share) => {
    return new Worker(new URL('./worker.ts', import.meta.url), { workerData: { input, share, shares: threads } })
  })
  try {
    await Promise.all(workers.map(worker => answerOf(worker)))
    const answers = workers.map(worker => answerOf<ScoredShare>(worker))
    for (const worker of workers) worker.postMessage('score')
    return merge(await Promise.all(answers))
  } finally {
    await Promise.all(workers.map(worker => worker.terminate()))
  }
}

const answerOf = <T>(worker: Worker): Promise<T> =>
  new Promise((resolve, reject) => {
    worker.once('error', reject)
    worker.once('message', (value: T) => {
      worker.off('error', reject)
      resolve(value)
    })
  })

function merge(shares: ScoredShare[]): Scored {
  const pairs = shares.reduce((sum, share) => sum + share.left.length, 0)
  const left = new Uint32Array(pairs)
  const right = new Uint32Array(pairs)
  const pattern = new Uint32Array(pairs)
  const rule = new Uint8Array(pairs)
  const table = new PatternTable()
  const random = new PatternTable()
  let at = 0
  for (const share of shares) {
    const ids = Uint32Array.from(share.patterns, (code, id) => table.add(code, share.counts[id]))
    share.randomPatterns.forEach((code, id) => {
      random.add(code, share.randomCounts[id])
    })
    left.set(share.left, at)
    right.set(share.right, at)
    rule.set(share.rule, at)
    for (let p = 0; p < share.pattern.length; p++) pattern[at + p] = ids[share.pattern[p]!]!
    at += share.left.length
  }
  return { left, right, pattern, rule, ...histogramOf(table), ...randomOf(random) }
}

const histogramOf = (table: PatternTable) => ({
  patterns: Float64Array.from({ length: table.size }, (_, id) => table.pattern(id)),
  counts: Float64Array.from(table.counts),
})

const randomOf = (table: PatternTable) => ({
  randomPatterns: Float64Array.from({ length: table.size }, (_, id) => table.pattern(id)),
  randomCounts: Float64Array.from(table.counts),
})
