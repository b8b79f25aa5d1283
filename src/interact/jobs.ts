import type { JobDefinition } from '../platform/jobs/index.ts'
import { dropJob } from './channels/sftp/drop-job.ts'
import { deliverPartJob } from './deliver-part.ts'
import { fallbackJob } from './fallback/fallback-job.ts'
import { printFileJob } from './print-runs/print-file-job.ts'
import { sendJobs } from './queue/send-jobs.ts'
import { waveJobs } from './waves/jobs.ts'

export const jobs: readonly JobDefinition[] = [
  deliverPartJob,
  ...waveJobs,
  ...sendJobs,
  dropJob as JobDefinition,
  fallbackJob as JobDefinition,
  printFileJob as JobDefinition,
]
