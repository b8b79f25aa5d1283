/** Shapes of scenarios, kept plans and the contact policy's releases. */
import type { z } from 'zod'
import type * as api from '../../src/optimize/scenarios/api.ts'
import type { Outcome } from '../../src/optimize/scenarios/outcome.ts'

export type { Outcome }
export type PlanChange = z.infer<typeof api.changeBody>
export type ScenarioList = z.infer<typeof api.scenarioList>
export type Scenario = z.infer<typeof api.scenarioView>
export type Curve = z.infer<typeof api.curveView>
export type WhoGetsWhat = z.infer<typeof api.whoView>
export type PlanCustomers = z.infer<typeof api.planCustomers>
export type PlanChanges = z.infer<typeof api.changesView>
export type KeptPlans = z.infer<typeof api.keptPlans>
export type KeptPlan = KeptPlans['rows'][number]
export type RepeatTask = z.infer<typeof api.repeatTask>
export type PolicyDetail = z.infer<typeof api.policyDetail>
export type Policy = PolicyDetail['policy']
export type PolicyVersions = z.infer<typeof api.policyVersionList>
export type EffectTask = z.infer<typeof api.effectTask>
export type PolicyEffect = NonNullable<EffectTask['result']>
