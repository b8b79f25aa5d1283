import type { Stage, Step } from '../platform/app.ts'
import { commands } from './commands.ts'
import { jobs } from './jobs.ts'
import { marts } from './marts.ts'
import { measureStep } from './measure/measure-step.ts'
import { campaignStep } from './members/campaign-step.ts'
import { routes } from './routes.ts'
import { factTables } from './tables.ts'
import { workflowMigrations } from './workflow-tables.ts'
import './personal-data.ts'

export { campaignRun } from './campaign-run.ts'
export { loadSample } from './definition/load-sample.ts'
export { stopCampaign } from './state.ts'
export { type CampaignView, campaignOf, readCampaign } from './view.ts'
export { dueWaves, laterWaves, markWavesDone, nextWave, type WaveToSend, waveOf } from './waves.ts'

export const stage: Stage = {
  name: 'campaign',
  title: { en: 'Campaign', zh: '客户活动' },
  factTables,
  workflowMigrations,
  jobs,
  routes,
  marts,
  commands,
}

export const steps: Step[] = [campaignStep, measureStep]
