import type { JobDefinition } from '../platform/jobs/index.ts'
import { waveJobs } from './waves/jobs.ts'
import { deliverPartJob } from './deliver-part.ts'
import { sendJobs } from './queue/send-jobs.ts'

export const jobs: readonly JobDefinition[] = [deliverPartJob, ...waveJobs, ...sendJobs]
