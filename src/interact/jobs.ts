import type { JobDefinition } from '../platform/jobs/index.ts'
import { deliverPartJob } from './deliver-part.ts'
import { printFileJob } from './print-runs/print-file-job.ts'
import { sendJobs } from './queue/send-jobs.ts'
import { waveJobs } from './waves/jobs.ts'

export const jobs: readonly JobDefinition[] = [deliverPartJob, ...waveJobs, ...sendJobs, printFileJob as JobDefinition]
