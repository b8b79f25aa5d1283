import { PGlite } from '@electric-sql/pglite'
import { openInMemory } from './embedded.ts'
import { type Migrations, migrateWorkflow } from './migrate.ts'
import { restoreWorkflow } from './open.ts'
import { pgliteOptions } from './pglite-options.ts'
import { template } from './template.ts'
import type { Workflow } from './workflow.ts'

let dump: Promise<Blob> | undefined

/** For tests: an empty store in memory, migrated when migrations are given. */
export async function freshWorkflow(migrations: Migrations = {}): Promise<Workflow> {
  dump ??= template(emptyStore)
  const workflow = await openInMemory(await dump)
  await migrateWorkflow(workflow, migrations)
  return workflow
}

/** For tests: puts an empty store into a data folder, as the first `openWorkflow` would, in a tenth of its time. */
export async function freshWorkflowFolder(dataDir: string): Promise<void> {
  dump ??= template(emptyStore)
  await restoreWorkflow(dataDir, await dump)
}

async function emptyStore(): Promise<Blob> {
  const pglite = await PGlite.create(pgliteOptions)
  try {
    return await pglite.dumpDataDir('none')
  } finally {
    await pglite.close()
  }
}
