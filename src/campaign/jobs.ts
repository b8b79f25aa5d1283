import type { JobDefinition } from '../platform/jobs/index.ts'

/** Members are written by one statement in the engine: there is nothing to cut into jobs. */
export const jobs: readonly JobDefinition[] = []
