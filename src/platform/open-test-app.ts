import { createHash } from 'node:crypto'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Stage } from './app.ts'
import { type Config, readConfig } from './config.ts'
import { type OpenApp, openApp } from './open-app.ts'
import { freshWorkflowFolder, workflowFolder } from './stores/workflow/index.ts'
import { fromTemplate } from './test-template.ts'

/**
 * For tests: an app on a folder of its own. A new folder is a copy of one whose tables are all made: making some 130 tables and
 * 100 views takes 5 s of computing, the copy .2 s.
 */
export async function openTestApp(
  dataDir: string,
  stages: readonly Stage[],
  config: Partial<Config> = {},
): Promise<OpenApp> {
  const open = (folder: string) => openApp({ ...readConfig({ HUIYIN_DATA: folder }), ...config }, stages)
  const served = config.clickhouseUrl ?? process.env['HUIYIN_CLICKHOUSE_URL'] ?? process.env['HUIYIN_POSTGRES_URL']
  if (!served && !existsSync(workflowFolder(dataDir)))
    await fromTemplate(`tables-${stateOfTables(stages)}`, dataDir, async folder => {
      await freshWorkflowFolder(folder)
      await (await open(folder)).close()
    })
  return open(dataDir)
}

/** Changes with what the stages define, and with the engines. */
function stateOfTables(stages: readonly Stage[]): string {
  const platform = ['tables.ts', 'marts.ts', 'auth/api-keys.ts', 'stores/facts/tables.ts', '../../package.json']
  const defined = stages.map(({ name, factTables, workflowMigrations, marts, jobs }) => [
    name,
    factTables,
    Object.entries(workflowMigrations).map(([key, migration]) => [key, String(migration.up)]),
    marts,
    jobs.map(job => job.name),
  ])
  const changed = platform.map(file => statSync(join(import.meta.dirname, file)).mtimeMs)
  return createHash('sha256')
    .update(JSON.stringify([defined, changed]))
    .digest('hex')
    .slice(0, 16)
}
