import type { Stage, Step } from '../platform/app.ts'
import { commands } from './commands.ts'
import { composeStep } from './compose-step.ts'
import { jobs } from './jobs.ts'
import { marts } from './marts.ts'
import { routes } from './routes.ts'
import { factTables, workflowMigrations } from './tables.ts'
import './personal-data.ts'

/** The face of personalize: every planned message made for one person, and shown again byte for byte. */
export const stage: Stage = {
  name: 'personalize',
  title: { en: 'Personalize', zh: '个性化' },
  factTables,
  workflowMigrations,
  jobs,
  routes,
  marts,
  commands,
}

export const steps: Step[] = [composeStep]

export type { Script } from './compose/script.ts'
export { type SmsSize, smsSize } from './compose/segments.ts'
export { composedOf, type ManifestRow, manifestOf } from './ledger.ts'
export { loadSample } from './load-sample.ts'
export { printEngine } from './print-engine.ts'
export { bytesOf, composeAgain, type Shown, show } from './show.ts'
export { dropPack, dropSpool } from './spool.ts'
