import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { openEmbedded } from './embedded.ts'
import { workflowErrors } from './errors.ts'
import { makeFolder } from './make-folder.ts'
import { openServer } from './server.ts'
import type { Workflow } from './workflow.ts'

export interface WorkflowConfig {
  /** The embedded store lives in `<dataDir>/workflow`. Not used with `postgresUrl`. */
  dataDir: string
  postgresUrl?: string
}

export const workflowFolder = (dataDir: string): string => join(dataDir, 'workflow')

export function openWorkflow({ dataDir, postgresUrl }: WorkflowConfig): Promise<Workflow> {
  return postgresUrl ? openServer(postgresUrl) : openEmbedded(workflowFolder(dataDir))
}

/** Puts what `Workflow.dump` gave into a data folder that has no workflow store yet. */
export async function restoreWorkflow(dataDir: string, dump: Blob): Promise<void> {
  const folder = workflowFolder(dataDir)
  if (existsSync(folder)) throw workflowErrors['platform.workflow-exists']({ folder })
  await makeFolder(folder, dump)
}
