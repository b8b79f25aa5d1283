import type { JobDefinition } from '../platform/jobs/index.ts'
import { givebackJobs } from './giving-back/jobs.ts'
import { checkJob } from './quality/jobs.ts'
import { rightsJobs } from './rights/jobs.ts'
import { loadJobs } from './schedules/jobs.ts'

/** Background work of this stage. */
export const jobs: readonly JobDefinition[] = [checkJob, ...loadJobs, ...rightsJobs, ...givebackJobs]
