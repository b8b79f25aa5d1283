import { Worker } from 'node:worker_threads'
import { type Cut, cut } from './tokens.ts'

/** A thread starts in some 0.1 s; so few texts are cut sooner here. */
const FEW = 500

/** Texts as terms, in their order; many are cut in a thread of their own, so that pages stay quick meanwhile. */
export function cutAside(texts: readonly string[]): Promise<Cut[]> {
  if (texts.length <= FEW) return Promise.resolve(texts.map(cut))
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./cut-thread.ts', import.meta.url), { workerData: texts })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', code => reject(new Error(`the thread that cuts words ended with ${code}`)))
  })
}
