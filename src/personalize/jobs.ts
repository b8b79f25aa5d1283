import type { JobDefinition } from '../platform/jobs/index.ts'
import { indexLedgerJob } from './archive/index-ledger.ts'
import { retentionJob } from './archive/retention.ts'
import { checkJob } from './checks/run-check.ts'
import { composePartJob } from './compose-part.ts'
import { proofJob } from './proofs/run-proof.ts'

export const jobs: readonly JobDefinition[] = [
  composePartJob,
  retentionJob as JobDefinition,
  indexLedgerJob as JobDefinition,
  proofJob as JobDefinition,
  checkJob as JobDefinition,
]
