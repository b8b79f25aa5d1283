import type { Stage, Step } from '../platform/app.ts'
import { commands } from './commands.ts'
import { jobs } from './jobs.ts'
import { planStep } from './plan/plan-step.ts'
import { routes } from './routes.ts'
import { factTables } from './tables.ts'
import { workflowMigrations } from './workflow-tables.ts'
import './personal-data.ts'

export { loadSample } from './load-sample.ts'
export type { Notice } from './notices/notice.ts'
export { notices } from './notices/notices.ts'
export type { Offer } from './offers/offer.ts'
export { readPlan, readPlanById } from './plan/read-plan.ts'
export { type Contact, type Refusal, refusedByPolicy, type Wish } from './policy/at-sending.ts'
export {
  type ChannelId,
  type ContactKind,
  type ContactPolicy,
  capacityOf,
  contactKinds,
} from './policy/contact-policy.ts'
export { reportCapacity, withMeasured } from './policy/measured-capacity.ts'
export { complaintOf } from './policy/open-complaint.ts'
export { markCarriedOut, planToCarryOut } from './scenarios/approvals.ts'
export { contactPolicy, offers, saveSettings } from './settings.ts'
export { closeWaves, openWaves, wavesOfPlan } from './waves.ts'

export const stage: Stage = {
  name: 'optimize',
  title: { en: 'Optimize', zh: '优化' },
  factTables,
  workflowMigrations,
  jobs,
  routes,
  commands,
}

export const steps: Step[] = [planStep]
