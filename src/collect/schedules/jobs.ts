import { z } from 'zod'
import { defineJob, type JobDefinition } from '../../platform/jobs/index.ts'
import { beginLoad, runLoad } from './load.ts'
import { isPaused } from './paused.ts'

/** A load that somebody asked for. */
export const loadJob = defineJob({
  name: 'collect.load-source',
  version: 1,
  schema: z.object({ loadId: z.number() }),
  retry: { limit: 0, delaySeconds: 1 },
  expireSeconds: 6 * 3600,
  async handle({ loadId }, { services, signal }) {
    await runLoad(services.app, loadId, signal)
  },
})

/** What a schedule fires. Its own tries are the next times it fires. */
export const scheduledLoadJob = defineJob({
  name: 'collect.load-scheduled',
  version: 1,
  schema: z.object({ source: z.string() }),
  retry: { limit: 0, delaySeconds: 1 },
  expireSeconds: 6 * 3600,
  async handle({ source }, { services, signal }) {
    if (await isPaused(services.app, source)) return
    const loadId = await beginLoad(services.app, source, 'schedule', 0)
    await runLoad(services.app, loadId, signal)
  },
})

export const loadJobs: readonly JobDefinition[] = [loadJob as JobDefinition, scheduledLoadJob as JobDefinition]
