import { z } from 'zod'
import { defineJob } from '../../platform/jobs/index.ts'
import { measureDecay } from '../decay/measure.ts'
import { checkNow } from './check.ts'

/** All rules again, outside of a turn: after repairs, or when rules have changed. */
export const checkJob = defineJob({
  name: 'collect.check-quality',
  version: 1,
  schema: z.object({ asked: z.number() }),
  retry: { limit: 1, delaySeconds: 2 },
  async handle(_, { services }) {
    await checkNow(services.app)
    await measureDecay(services.app)
  },
})
