import { z } from 'zod'
import { defineJob, type JobDefinition } from '../../platform/jobs/index.ts'
import { erasePerson } from './erase.ts'
import { changeState } from './requests.ts'

/** One person out of everything. A killed one goes on with the step it was in. */
export const erasePersonJob = defineJob({
  name: 'collect.erase-person',
  version: 1,
  schema: z.object({ requestId: z.number() }),
  retry: { limit: 5, delaySeconds: 10, backoff: true },
  async handle({ requestId }, { services }) {
    try {
      await erasePerson(services.app, requestId)
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      await changeState(services.app, requestId, ['approved', 'running', 'held'], {
        state: 'failed',
        error: message,
      }).catch(() => undefined)
      throw error
    }
  },
})

export const rightsJobs: readonly JobDefinition[] = [erasePersonJob]
