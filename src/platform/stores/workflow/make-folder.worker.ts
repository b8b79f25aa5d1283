import { workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { reasonOf } from './open-error.ts'
import { pgliteOptions } from './pglite-options.ts'

/** The thread of `make-folder.ts`. */
const { folder, dump } = workerData as { folder: string; dump: Blob | undefined }
try {
  const pglite = await PGlite.create({ ...pgliteOptions, dataDir: folder, ...(dump ? { loadDataDir: dump } : {}) })
  await pglite.close()
} catch (error) {
  // Only Errors come through a thread's end as they are.
  throw new Error(reasonOf(error))
}
