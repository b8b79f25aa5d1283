import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'
import { contactPolicySchema } from '../policy/contact-policy.ts'
import { planChange } from './change.ts'
import { outcome, outcomeChanged } from './outcome.ts'

/** HTTP shapes of scenarios, plans kept and the contact policy's releases. Money in minor units. */

export const changeBody = planChange

export const scenarioView = z.object({
  id: z.number(),
  name: z.string(),
  note: z.string(),
  planId: z.number(),
  change: planChange,
  outcome: outcome.nullable(),
  by: z.string(),
  changedAt: z.string(),
  deleted: z.boolean(),
})

// GET /plan/scenarios: the plan itself, solved as it stands, and the scenarios beside it
export const scenarioList = z.object({
  planId: z.number(),
  asOf: z.string(),
  currency: z.string(),
  plan: outcome,
  offers: z.array(z.object({ offer: z.string(), name: textSchema })),
  segments: z.array(z.object({ segment: z.string(), name: textSchema })),
  rows: z.array(scenarioView),
  deleted: z.array(scenarioView),
})

const name = z.string().trim().min(1).max(120)
const note = z.string().max(2000)
export const scenarioBody = z.object({
  planId: z.number().int().optional(),
  name,
  note: note.default(''),
  change: changeBody,
})
export const scenarioPart = z.object({
  name: name.optional(),
  note: note.optional(),
  change: changeBody.optional(),
})

// POST /plan/try
export const tryBody = z.object({ planId: z.number().int().optional(), change: changeBody })

// GET /plan/curve?limit=budget
export const curveView = z.object({
  planId: z.number(),
  limit: z.string(),
  name: textSchema,
  unit: z.string(),
  /** What the plan has of the limit. */
  here: z.number(),
  marginal: z.number(),
  points: z.array(
    z.object({
      amount: z.number(),
      value: z.number(),
      bound: z.number(),
      contacts: z.number(),
      cost: z.number(),
      marginal: z.number(),
    }),
  ),
  done: z.number(),
  total: z.number(),
  error: z.string().nullable(),
})

// GET /plan/who?of=plan:3
export const whoView = z.object({
  of: z.string(),
  currency: z.string(),
  segments: z.array(z.object({ segment: z.string(), name: textSchema, customers: z.number() })),
  offers: z.array(z.object({ offer: z.string(), name: textSchema })),
  channels: z.array(z.string()),
  cells: z.array(
    z.object({
      segment: z.string(),
      offer: z.string(),
      channel: z.string(),
      customers: z.number(),
      value: z.number(),
      cost: z.number(),
    }),
  ),
})
export const planCustomers = z.object({
  total: z.number(),
  rows: z.array(
    z.object({
      customerId: z.number(),
      name: z.string(),
      segment: textSchema,
      offer: textSchema,
      channel: z.string(),
      value: z.number(),
      cost: z.number(),
    }),
  ),
})

// GET /plan/changes?from=plan:1&to=scenario:2
const given = z.array(z.object({ offer: textSchema, channel: z.string() }))
export const changesView = outcomeChanged.extend({
  from: z.string(),
  to: z.string(),
  currency: z.string(),
  moves: z.array(z.object({ before: given, after: given, customers: z.number(), value: z.number() })),
})

// GET /plans/kept
export const keptPlan = z.object({
  planId: z.number(),
  runId: z.number(),
  turnId: z.number(),
  asOf: z.string(),
  madeAt: z.string(),
  currency: z.string(),
  value: z.number(),
  bound: z.number(),
  gap: z.number(),
  assigned: z.number(),
  control: z.number(),
  options: z.number(),
  cost: z.number(),
  policyVersion: z.number().nullable(),
  offersVersion: z.string().nullable(),
  runs: z.record(z.string(), z.number()),
  scenario: z.object({ id: z.number(), name: z.string() }).nullable(),
  basePlan: z.number().nullable(),
  /** Its options are still there: it can be solved again. */
  repeatable: z.boolean(),
  standing: z.enum(['open', 'asked', 'approved', 'refused', 'withdrawn', 'used']),
  approvedBy: z.array(z.object({ name: z.string(), at: z.string(), person: z.boolean() })),
  note: z.string(),
})
export const keptPlans = z.object({
  rows: z.array(keptPlan),
  total: z.number(),
  approval: z.enum(['automatic', 'one', 'two']),
  validDays: z.number(),
  /** What the next turn's campaign takes: a plan, or null for the turn's own (automatic) or none. */
  next: z.number().nullable(),
})
export const approvalBody = z.object({ note: note.default('') }).nullish()
export const settingsBody = z.object({ approval: z.enum(['automatic', 'one', 'two']) })

// POST /plans/:id/repeat
export const repeatBody = z
  .object({ threads: z.array(z.number().int().min(1).max(64)).min(1).max(4).optional() })
  .nullish()
export const repeatView = z.object({
  planId: z.number(),
  same: z.boolean(),
  /** Options of people erased since; without them the plan may differ. */
  erasedOptions: z.number(),
  tries: z.array(
    z.object({
      threads: z.number(),
      value: z.number(),
      bound: z.number(),
      different: z.number(),
      seconds: z.number(),
    }),
  ),
})

const task = { id: z.string(), state: z.enum(['running', 'done']), done: z.number(), total: z.number() }
export const repeatTask = z.object({ ...task, result: repeatView.nullable() })

// GET /contact-policy/rules
export const policyDetail = z.object({
  version: z.number(),
  policy: contactPolicySchema,
  rules: z.array(z.object({ id: z.string(), name: textSchema, channels: z.array(z.string()) })),
  events: z.array(z.string()),
  /** What limits of a plan may name. */
  offers: z.array(z.object({ id: z.string(), name: textSchema })),
  segments: z.array(z.object({ id: z.string(), name: textSchema })),
  /** What channels really carry a day, as those who work them counted. */
  measured: z.array(
    z.object({ channel: z.string(), perDay: z.number(), basis: z.record(z.string(), z.number()), at: z.string() }),
  ),
})
export const policyVersionList = z.object({
  rows: z.array(
    z.object({
      version: z.number(),
      note: z.string(),
      restored: z.number().nullable(),
      by: z.string(),
      at: z.string(),
    }),
  ),
})
export const policyRelease = z.object({
  policy: contactPolicySchema,
  version: z.number().int(),
  note: note.default(''),
})
export const policyRestore = z.object({ version: z.number().int(), to: z.number().int(), note: note.default('') })
export const policyTry = z.object({ policy: contactPolicySchema })

const refusals = z.object({
  contacts: z.number(),
  refused: z.number(),
  customers: z.number(),
  byRule: z.array(z.object({ rule: z.string(), name: textSchema, refused: z.number(), alone: z.number() })),
  byChannel: z.array(z.object({ channel: z.string(), contacts: z.number(), refused: z.number() })),
  bySegment: z
    .array(z.object({ segment: z.string(), name: textSchema, contacts: z.number(), refused: z.number() }))
    .optional(),
})
const worth = z.object({
  feasible: z.boolean(),
  value: z.number(),
  bound: z.number(),
  contacts: z.number(),
  cost: z.number(),
})
export const policyEffect = z.object({
  from: z.string(),
  to: z.string(),
  currency: z.string(),
  now: refusals,
  draft: refusals,
  plan: z.object({
    now: worth,
    draft: worth,
    changed: outcomeChanged,
    conflict: z.array(z.object({ id: z.string(), name: textSchema })),
  }),
})
export const effectTask = z.object({ ...task, result: policyEffect.nullable() })
