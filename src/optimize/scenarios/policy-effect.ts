import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import type { ContactPolicy } from '../policy/contact-policy.ts'
import { countEffect } from '../policy/count-effect.ts'
import { contactPolicy } from '../settings.ts'
import type { policyEffect } from './api.ts'
import { planIdOf, tryChange } from './scenarios.ts'

export type PolicyEffect = z.infer<typeof policyEffect>

const QUARTER_DAYS = 91
const dayBefore = (day: string, days: number): string =>
  new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10)

/**
 * What a policy would do before it is released: which contacts of the quarter up to the newest plan it would have refused,
 * beside those that the policy in force refuses; and what the newest plan would be worth under it.
 */
export async function effectOfPolicy(
  app: App,
  draft: ContactPolicy,
  progress: (done: number, total: number) => void,
): Promise<PolicyEffect> {
  const planId = await planIdOf(app)
  const { as_of: to } = await app.workflow.db
    .selectFrom('plans')
    .select('as_of')
    .where('id', '=', planId)
    .executeTakeFirstOrThrow()
  const dayAfter = dayBefore(to, -1)
  const from = dayBefore(dayAfter, QUARTER_DAYS)
  progress(0, 4)
  const now = await countEffect(app, await contactPolicy(app), from, dayAfter)
  progress(1, 4)
  const refused = await countEffect(app, draft, from, dayAfter)
  progress(2, 4)
  const present = await tryChange(app, planId, { limits: {}, policy: await contactPolicy(app) })
  progress(3, 4)
  const under = await tryChange(app, planId, { limits: {}, policy: draft })
  progress(4, 4)
  const figures = ({ outcome: o }: typeof under) => ({
    feasible: o.feasible,
    value: o.value,
    bound: o.bound,
    contacts: o.contacts,
    cost: o.cost,
  })
  return {
    from,
    to,
    now,
    draft: refused,
    plan: {
      now: figures(present),
      draft: figures(under),
      changed: under.outcome.changed,
      conflict: under.outcome.conflict,
    },
    currency: draft.currency,
  }
}
