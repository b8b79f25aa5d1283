import { once } from 'node:events'
import { mkdir, rename, rm } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import { openError } from './open-error.ts'

/**
 * Makes a store in `folder`: a new one, or the one that was dumped. It appears under its name only when it is whole. In a
 * thread of its own: making one takes 1.3–2 s of computing and two instances of PGlite, whose 500 MB are then given back.
 */
export async function makeFolder(folder: string, dump?: Blob): Promise<void> {
  const unfinished = `${folder}.unfinished`
  try {
    await rm(unfinished, { recursive: true, force: true })
    await mkdir(unfinished, { recursive: true })
    const worker = new Worker(new URL('make-folder.worker.ts', import.meta.url), {
      workerData: { folder: unfinished, dump },
    })
    // Rejects with what the thread threw.
    await once(worker, 'exit')
    await rename(unfinished, folder)
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    throw openError(error, folder)
  }
}
