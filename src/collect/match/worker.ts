/** Thread that scores its share of the pairs: first all shares clear their oversized blocks, then all make pairs. */
import { parentPort, workerData } from 'node:worker_threads'
import { blocksOf, type ScoreInput, scoreShare } from './score-share.ts'

const { input, share, shares } = workerData as { input: ScoreInput; share: number; shares: number }
const port = parentPort
if (!port) throw new Error('runs as a worker thread only')

const blocks = input.rules.map(slots => blocksOf(slots, share, shares, input.maxBlock))
port.once('message', () => {
  const scored = scoreShare(input, blocks, share, shares)
  port.postMessage(scored, [scored.left.buffer, scored.right.buffer, scored.pattern.buffer] as ArrayBuffer[])
})
port.postMessage('ready')
