import type { JobDefinition } from '../platform/jobs/index.ts'
import { distributeJob } from './catalogues/distributions.ts'
import { backtestJob } from './products/backtests.ts'
import { registryJobs } from './registry/jobs.ts'
import { segmentJobs } from './segments/jobs.ts'

export const jobs: readonly JobDefinition[] = [
  backtestJob as JobDefinition,
  distributeJob as JobDefinition,
  ...segmentJobs,
  ...registryJobs,
]
