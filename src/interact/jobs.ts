import type { JobDefinition } from '../platform/jobs/index.ts'
import { deliverPartJob } from './deliver-part.ts'

export const jobs: readonly JobDefinition[] = [deliverPartJob]
