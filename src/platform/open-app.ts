import type { App, Stage } from './app.ts'
import { apiKeyMigrations } from './auth/api-keys.ts'
import type { Config } from './config.ts'
import { type JobDefinition, openJobs } from './jobs/index.ts'
import { createLog } from './log.ts'
import { createMartViews, latestRuns, noteLatestRuns } from './marts.ts'
import { openRuns } from './runs.ts'
import { type FolderLock, lockDataFolder } from './stores/data-folder.ts'
import { migrateFacts, openFacts } from './stores/facts/index.ts'
import { migrateWorkflow, openWorkflow } from './stores/workflow/index.ts'
import { platformMigrations } from './tables.ts'

export interface OpenApp extends App {
  lock: FolderLock | undefined
  close(): Promise<void>
}

/**
 * Opens the stores named by the configuration, brings their tables up to date and hands out the App. With an embedded
 * store the data folder is taken for this process first (`platform.folder-held` when another has it).
 */
export async function openApp(
  config: Config,
  stages: readonly Stage[],
  jobDefinitions: readonly JobDefinition[] = stages.flatMap(stage => stage.jobs),
): Promise<OpenApp> {
  const embedded = !config.clickhouseUrl || !config.postgresUrl
  const lock = embedded ? await lockDataFolder(config.dataDir) : undefined
  const closers: (() => Promise<unknown>)[] = lock ? [() => lock.release()] : []
  const close = async () => {
    for (const step of closers.splice(0).reverse()) await step().catch(() => undefined)
  }
  try {
    const log = createLog(config.logLevel)
    // Both engines take about a second to start, on different cores.
    const opening = await Promise.allSettled([
      openWorkflow({ dataDir: config.dataDir, postgresUrl: config.postgresUrl }),
      openFacts({ dataDir: config.dataDir, url: config.clickhouseUrl, threads: config.threads }),
    ])
    for (const store of opening) if (store.status === 'fulfilled') closers.push(() => store.value.close())
    const [workflowOpening, factsOpening] = opening
    if (workflowOpening.status === 'rejected') throw workflowOpening.reason
    if (factsOpening.status === 'rejected') throw factsOpening.reason
    const [workflow, facts] = [workflowOpening.value, factsOpening.value]
    const migrations = Object.assign(
      {},
      platformMigrations,
      apiKeyMigrations,
      ...stages.map(stage => stage.workflowMigrations),
    )
    await Promise.all([
      migrateWorkflow(workflow, migrations),
      migrateFacts(facts, [latestRuns, ...stages.flatMap(stage => stage.factTables)]),
    ])
    const marts = stages.flatMap(stage => stage.marts ?? [])
    await createMartViews(facts, marts)
    const noteRuns = () => noteLatestRuns(workflow, facts)
    await noteRuns()
    const runs = openRuns(workflow, facts, noteRuns)
    const jobs = await openJobs({
      workflow,
      definitions: jobDefinitions,
      onError: error => log.warn({ err: { message: error.message } }, 'jobs'),
    })
    closers.push(() => jobs.stop({ graceful: true }))
    return { config, facts, workflow, jobs, runs, log, marts, lock, close }
  } catch (error) {
    await close()
    throw error
  }
}
