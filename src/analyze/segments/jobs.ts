import type { JobDefinition } from '../../platform/jobs/index.ts'
import { refreshJob } from './refresh/jobs.ts'
import { suggestJob } from './suggest/suggestions.ts'
import { trialJob } from './trial/trials.ts'

export const segmentJobs: readonly JobDefinition[] = [
  trialJob as JobDefinition,
  suggestJob as JobDefinition,
  refreshJob as JobDefinition,
]
