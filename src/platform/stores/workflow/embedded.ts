import { existsSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { keepTidy } from './keep-tidy.ts'
import { makeFolder } from './make-folder.ts'
import { makeWorkflow } from './make-workflow.ts'
import { openError } from './open-error.ts'
import { PgliteDriver } from './pglite-driver.ts'
import { pgliteForJobs } from './pglite-for-jobs.ts'
import { pgliteOptions } from './pglite-options.ts'
import type { Workflow } from './workflow.ts'

/** Opens the store in `folder`, made when missing. */
export async function openEmbedded(folder: string): Promise<Workflow> {
  if (!existsSync(folder)) await makeFolder(folder)
  try {
    return wrap(await PGlite.create({ ...pgliteOptions, dataDir: folder }))
  } catch (error) {
    throw openError(error, folder)
  }
}

/** A store in memory that begins as a copy of `template` (see `template.ts`); without one, as a new store. */
export async function openInMemory(template?: Blob): Promise<Workflow> {
  return wrap(await PGlite.create(template ? { ...pgliteOptions, loadDataDir: template } : pgliteOptions))
}

function wrap(pglite: PGlite): Workflow {
  const tidy = keepTidy(pglite)
  const workflow = makeWorkflow({
    kind: 'embedded',
    driver: new PgliteDriver(pglite),
    forJobs: { backend: 'pglite', db: pgliteForJobs(pglite) },
    // The transaction keeps every other session of this process out while the files are read.
    dump: () => pglite.exec('checkpoint').then(() => pglite.transaction(() => pglite.dumpDataDir('gzip'))),
  })
  return {
    ...workflow,
    close: async () => {
      await tidy.stop()
      await workflow.close()
    },
  }
}
