import { z } from 'zod'
import type { App } from '../../../platform/app.ts'
import { defineJob } from '../../../platform/jobs/index.ts'
import { type Reason, refreshSegments } from './refresh.ts'

/** One at a time in a process: two would replace each other's rows. */
export const refreshJob = defineJob({
  name: 'analyze.refresh-segments',
  version: 1,
  schema: z.object({ reason: z.enum(['rows', 'rules', 'asked']) }),
  retry: { limit: 1, delaySeconds: 5 },
  async handle({ reason }, { services: { app } }) {
    try {
      await refreshSegments(app, reason)
    } catch (error) {
      app.log.error({ err: { message: (error as Error).message } }, 'segments could not be computed anew')
      throw error
    }
  },
})

export const REFRESHES = 'segment-refreshes'

export const sendRefresh = (app: App, reason: Reason): Promise<string> =>
  app.jobs.send(refreshJob, { reason }, { group: REFRESHES, key: `${reason} ${Date.now()}` })

/** Looks for rows that have arrived every five minutes: what it looks at are counts, so that nothing new costs nothing. */
export const watchRows = (app: App): Promise<void> => app.jobs.schedule(refreshJob, '*/5 * * * *', { reason: 'rows' })
