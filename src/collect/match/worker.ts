/** Thread that scores its share of the pairs: first the rules are shared out and their blocks made, then the blocks of all rules. */
import { parentPort, workerData } from 'node:worker_threads'
import { blocksOf, type Entries, type ScoreInput, scoreShare } from './score-share.ts'

const { input, share, shares } = workerData as { input: ScoreInput; share: number; shares: number }
const port = parentPort
if (!port) throw new Error('runs as a worker thread only')

port.once('message', (blocks: Entries[]) => {
  const scored = scoreShare(input, blocks, share, shares)
  port.postMessage(scored, [scored.left.buffer, scored.right.buffer, scored.pattern.buffer] as ArrayBuffer[])
})
const mine = input.rules.map((slots, rule) => (rule % shares === share ? blocksOf(slots, input.maxBlock) : null))
port.postMessage(mine)
