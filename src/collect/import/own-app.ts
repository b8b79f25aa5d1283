import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Stage } from '../../platform/app.ts'
import type { OpenApp } from '../../platform/open-app.ts'
import { openTestApp } from '../../platform/open-test-app.ts'
import { collectMigrations } from '../migrations.ts'
import { factTables } from '../tables.ts'

/** Collect's tables and nothing that works by itself: for tests and benchmarks of imports. */
export const tablesOnly: Stage = {
  name: 'collect',
  title: { en: 'Collect', zh: '数据收集' },
  factTables,
  workflowMigrations: collectMigrations,
  jobs: [],
  routes: () => undefined,
  commands: [],
}

export interface OwnApp {
  app: OpenApp
  /** Writes a file beside the data folder. */
  file(name: string, content: string | Uint8Array): Promise<string>
  close(): Promise<void>
}

export async function ownApp(): Promise<OwnApp> {
  const dir = await mkdtemp(join(tmpdir(), 'huiyin-import-'))
  const app = await openTestApp(join(dir, 'data'), [tablesOnly])
  return {
    app,
    async file(name, content) {
      const path = join(dir, name)
      await writeFile(path, content)
      return path
    },
    async close() {
      await app.close()
      await rm(dir, { recursive: true, force: true })
    },
  }
}
