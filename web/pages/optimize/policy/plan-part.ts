import type { Policy } from '../../../api/planning.ts'

export type PlanPart = NonNullable<Policy['plan']>

/** Nothing beyond the budget and the capacities: what holds where the policy says nothing of plans. */
const none: PlanPart = {
  budgets: [],
  quotas: [],
  exploration: { share: 0, thompson: false, seed: 1, history_from: 200, prior_weight: 100 },
  conflicts: [],
  after: [],
  waves: [],
}

export const planPart = (policy: Policy): PlanPart => policy.plan ?? none
