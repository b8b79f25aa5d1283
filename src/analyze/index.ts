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

export { measureNames } from './alarms/measure.ts'
export { quantileOfT } from './alarms/student-t.ts'
export { type AlarmTask, alarmTasksNamed, openAlarmTasks, reopenAlarmTask, settleAlarmTask } from './alarms/tasks.ts'
export type { Catalogue } from './catalogues/catalogue.ts'
export { catalogueRecipients } from './catalogues/distributions.ts'
export { catalogueOf, cataloguesOf } from './catalogues/store.ts'
export { featureCatalogue, type RuleFeature, ruleFeatures, writeValue } from './features/catalogue.ts'
export type { Feature } from './features/feature.ts'
export { declaredFeatures } from './features/own/store.ts'
export { ruleFeaturesOf } from './features/stored-values.ts'
export { loadSample } from './load-sample.ts'
export { logGamma } from './math/gamma-functions.ts'
export { needsInForce } from './needs/versions.ts'
export { productNames } from './product-names.ts'
export { type ModelVerdict, verdictOfFeature, verdictsOf } from './registry/verdicts.ts'
export { segmentNames } from './segment-names.ts'
export { criteriaList } from './segments/api.ts'
export { checkRule } from './segments/check-rule.ts'
export { type Compiled, compileRule, type FeatureColumn } from './segments/compile.ts'
export { definitions } from './segments/definitions.ts'
export { holds } from './segments/holds.ts'
export { ruleInWords } from './segments/in-words.ts'
export { criteria } from './segments/look/criteria.ts'
export { type Condition, type Rule, ruleSchema } from './segments/rule.ts'
export { falseDiscovery } from './seven-p/statistics/two-proportions.ts'
export { type ArmRow, armMoments, armsByCell } from './verdicts/arms-sql.ts'
export { type ModelChange, modelChanges } from './verdicts/changes-between.ts'
export { adjustedEvidence } from './verdicts/closed-test.ts'
export { type Gain, gainOf } from './verdicts/cuped.ts'
export { oddsOf, twoSided } from './verdicts/evidence.ts'
export { type ShareDifference, shareDifference, wilson } from './verdicts/proportions.ts'
export {
  figuresOf,
  type Outcomes,
  type ResponseAsk,
  type ResponseAxis,
  type ResponseCell,
  type TurnResponse,
  withOutcomes,
} from './verdicts/response.ts'
export { ANSWER_DAYS } from './verdicts/response-sql.ts'
export { isReplay, type PastTurn, pastTurns } from './verdicts/turns.ts'
