import type { JobDefinition } from '../platform/jobs/index.ts'
import { composePartJob } from './compose-part.ts'

export const jobs: readonly JobDefinition[] = [composePartJob]
