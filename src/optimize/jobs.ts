import type { JobDefinition } from '../platform/jobs/index.ts'

/** The plan is solved whole, in one process: it has no work to cut into jobs. */
export const jobs: readonly JobDefinition[] = []
