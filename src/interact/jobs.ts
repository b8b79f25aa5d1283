import type { JobDefinition } from '../platform/jobs/index.ts'
import { lostCallsJob } from './calls/lost-calls.ts'
import { escalateJob } from './cases/escalate.ts'
import { dropJob } from './channels/sftp/drop-job.ts'
import { deliverPartJob } from './deliver-part.ts'
import { capacityJob } from './desk/capacity.ts'
import { fallbackJob } from './fallback/fallback-job.ts'
import { retrainJob } from './inbox/model-store.ts'
import { sendLettersJob } from './letters/send-letters.ts'
import { printFileJob } from './print-runs/print-file-job.ts'
import { sendJobs } from './queue/send-jobs.ts'
import { surveyJobs } from './surveys/invite.ts'
import { findOpportunitiesJob } from './tasks/find-opportunities.ts'
import { settleTrialsJob } from './team/settle-trials.ts'
import { noticeJobs } from './tell-customer/tell-customer.ts'
import { watchJob } from './themes/watches.ts'
import { waveJobs } from './waves/jobs.ts'

export const jobs: readonly JobDefinition[] = [
  deliverPartJob,
  ...waveJobs,
  ...sendJobs,
  dropJob as JobDefinition,
  fallbackJob as JobDefinition,
  printFileJob as JobDefinition,
  capacityJob as JobDefinition,
  findOpportunitiesJob,
  escalateJob,
  lostCallsJob,
  retrainJob,
  ...surveyJobs,
  watchJob,
  settleTrialsJob,
  ...noticeJobs,
  sendLettersJob as JobDefinition,
]
