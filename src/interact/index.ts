import { saidTypes, whenReported } from '../collect/index.ts'
import type { Stage, Step } from '../platform/app.ts'
import { commands } from './commands.ts'
import { hearEvents } from './heard/hear.ts'
import { jobs } from './jobs.ts'
import { marts } from './marts.ts'
import { publicRoutes } from './public-routes.ts'
import { routes } from './routes.ts'
import { factTables, workflowMigrations } from './tables.ts'
import { deliverWithWaves } from './waves/deliver-with-waves.ts'
import './personal-data.ts'
import './timeline/forget-delivered.ts'

/** The face of interact: what goes out, once, and what customers say back. */
export const stage: Stage = {
  name: 'interact',
  title: { en: 'Interact', zh: '客户交往' },
  factTables,
  workflowMigrations,
  jobs,
  routes,
  publicRoutes,
  marts,
  commands,
}

export const steps: Step[] = [deliverWithWaves]

whenReported('interact', saidTypes, hearEvents)

export { communicationStates } from './delivery-states.ts'
export { loadSample } from './load-sample.ts'
