import { existsSync } from 'node:fs'
import type { Stage } from './app.ts'
import { type Config, readConfig } from './config.ts'
import { type OpenApp, openApp } from './open-app.ts'
import { freshWorkflowFolder, workflowFolder } from './stores/workflow/index.ts'

/** For tests: an app on a folder of its own. A new one gets a copy of an empty workflow store, which saves 1.3–2 s of computing. */
export async function openTestApp(
  dataDir: string,
  stages: readonly Stage[],
  config: Partial<Config> = {},
): Promise<OpenApp> {
  if (!existsSync(workflowFolder(dataDir))) await freshWorkflowFolder(dataDir)
  return openApp({ ...readConfig({ HUIYIN_DATA: dataDir }), ...config }, stages)
}
