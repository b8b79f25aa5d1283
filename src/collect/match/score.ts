/** All pairs scored, in this thread when there are few records, else by one worker thread per core. */
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { PatternTable } from './pattern.ts'
import { blocksOf, type Entries, type ScoredShare, type ScoreInput, scoreShare } from './score-share.ts'

/** Starting a thread costs about 60 ms; below this many records the work is shorter. */
const THREADS_FROM = 20_000

export type Scored = ScoredShare

export async function scorePairs(input: ScoreInput, threads = Math.min(8, availableParallelism())): Promise<Scored> {
  if (input.records < THREADS_FROM || threads < 2) {
    const blocks = input.rules.map(slots => blocksOf(slots, input.maxBlock))
    return merge([scoreShare(input, blocks, 0, 1)])
  }
  const workers = Array.from({ length: threads }, (_, share) => {
    return new Worker(new URL('./worker.ts', import.meta.url), { workerData: { input, share, shares: threads } })
  })
  try {
    const made = await Promise.all(workers.map(worker => answerOf<(Entries | null)[]>(worker)))
    const blocks = input.rules.map((_, rule) => made[rule % threads]![rule]!)
    const answers = workers.map(worker => answerOf<ScoredShare>(worker))
    for (const worker of workers) worker.postMessage(blocks)
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

/** The shares as one. Patterns come in the order of their numbers, so that nothing depends on how the pairs were shared out. */
function merge(shares: ScoredShare[]): Scored {
  const pairs = shares.reduce((sum, share) => sum + share.left.length, 0)
  const left = new Uint32Array(pairs)
  const right = new Uint32Array(pairs)
  const pattern = new Uint32Array(pairs)
  const rule = new Uint8Array(pairs)
  const blocked = histogramOf(shares.map(share => [share.patterns, share.counts]))
  const random = histogramOf(shares.map(share => [share.randomPatterns, share.randomCounts]))
  const place = new Map<number, number>()
  blocked.patterns.forEach((code, id) => {
    place.set(code, id)
  })
  let at = 0
  for (const share of shares) {
    const ids = Uint32Array.from(share.patterns, code => place.get(code)!)
    left.set(share.left, at)
    right.set(share.right, at)
    rule.set(share.rule, at)
    for (let p = 0; p < share.pattern.length; p++) pattern[at + p] = ids[share.pattern[p]!]!
    at += share.left.length
  }
  return {
    left,
    right,
    pattern,
    rule,
    ...blocked,
    randomPatterns: random.patterns,
    randomCounts: random.counts,
  }
}

function histogramOf(parts: [patterns: Float64Array, counts: Float64Array][]) {
  const table = new PatternTable()
  for (const [patterns, counts] of parts) {
    patterns.forEach((code, id) => {
      table.add(code, counts[id])
    })
  }
  const order = Uint32Array.from({ length: table.size }, (_, id) => id).sort(
    (a, b) => table.pattern(a) - table.pattern(b),
  )
  return {
    patterns: Float64Array.from(order, id => table.pattern(id)),
    counts: Float64Array.from(order, id => table.counts[id]!),
  }
}
