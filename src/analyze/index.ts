import type { Stage, Step } from '../platform/app.ts'
import { alarmsStep } from './alarms/step.ts'
import { commands } from './commands.ts'
import { featuresStep } from './features/step.ts'
import { jobs } from './jobs.ts'
import { judgeStep } from './judge/step.ts'
import { marts } from './marts.ts'
import { migrations } from './migrations.ts'
import { modelsStep } from './models/step.ts'
import { routes } from './routes.ts'
import { segmentsStep } from './segments/step.ts'
import { factTables } from './tables.ts'
import './personal-data.ts'

/** The face of analyze: what customers are worth, who is leaving, what they want next, and the one segment each is in. */
export const stage: Stage = {
  name: 'analyze',
  title: { en: 'Analyze', zh: '数据分析' },
  factTables,
  workflowMigrations: migrations,
  jobs,
  routes,
  marts,
  commands,
}

export const steps: Step[] = [featuresStep, modelsStep, segmentsStep, alarmsStep, judgeStep]

export { type AlarmTask, alarmTasksNamed, openAlarmTasks, settleAlarmTask } from './alarms/tasks.ts'
export type { Catalogue } from './catalogues/catalogue.ts'
export { catalogueRecipients } from './catalogues/distributions.ts'
export { catalogueOf, cataloguesOf } from './catalogues/store.ts'
export { featureCatalogue, type RuleFeature, ruleFeatures, writeValue } from './features/catalogue.ts'
export type { Feature } from './features/feature.ts'
export { loadSample } from './load-sample.ts'
export { productNames } from './product-names.ts'
export { type ModelVerdict, verdictOfFeature, verdictsOf } from './registry/verdicts.ts'
export { segmentNames } from './segment-names.ts'
export { checkRule } from './segments/check-rule.ts'
export { type Compiled, compileRule, type FeatureColumn } from './segments/compile.ts'
export { ruleInWords } from './segments/in-words.ts'
export { type Condition, type Rule, ruleSchema } from './segments/rule.ts'
