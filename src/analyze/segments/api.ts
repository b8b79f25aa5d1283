import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'
import { targetsSchema } from './manager/targets.ts'
import { cellStrategySchema, matrixSchema } from './matrix/matrix.ts'
import { conditionSchema } from './rule.ts'
import { segmentSetSchema } from './segment-set.ts'
import { capacitySchema } from './trial/capacity.ts'

/** HTTP shapes of segments: rules written, tried, approved, suggested, managed. */

export { capacitySchema, matrixSchema, segmentSetSchema }

const day = z.iso.date()
const page = {
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(50),
}
export const paging = z.object(page)
const verdict = z.enum(['proven', 'refuted', 'not-proven'])
const witnessLine = z.object({ feature: z.string(), name: textSchema, value: textSchema })

// GET /segments/criteria
const known = z.object({ nullable: z.boolean() })
const domain = z.discriminatedUnion('kind', [
  known.extend({
    kind: z.literal('number'),
    whole: z.boolean(),
    min: z.number().optional(),
    max: z.number().optional(),
    openMin: z.boolean().optional(),
    openMax: z.boolean().optional(),
  }),
  known.extend({ kind: z.literal('date'), min: z.string().optional(), max: z.string().optional() }),
  known.extend({ kind: z.literal('choice'), values: z.array(z.string()).readonly().optional() }),
  z.object({ kind: z.literal('list'), values: z.array(z.string()).readonly().optional() }),
])
export const criterion = z.object({
  id: z.string(),
  name: textSchema,
  meaning: textSchema.nullable(),
  unit: z.string(),
  group: z.enum(['who', 'research', 'bought', 'contact', 'score']),
  domain,
  known: z.number(),
  quantiles: z.array(z.number()),
  values: z.array(z.string()),
})
export const criteriaList = z.object({ rows: z.array(criterion) })

// POST /segments/look
export const lookBody = segmentSetSchema.extend({ exact: z.boolean().default(false) })
const treeNode = z.object({
  kind: z.enum(['question', 'leaf']),
  customers: z.number(),
  ask: textSchema.optional(),
  feature: z.string().optional(),
  condition: conditionSchema.optional(),
  segment: z.string().nullable().optional(),
  get yes() {
    return treeNode.optional()
  },
  get no() {
    return treeNode.optional()
  },
})
export const warning = z.object({
  segment: z.string(),
  kind: z.enum(['attitude', 'model']),
  feature: z.string(),
  text: textSchema,
})
export const lookView = z.object({
  proof: z.object({
    exclusive: verdict,
    complete: verdict,
    by: z.enum(['order', 'boxes']),
    overlaps: z.array(z.object({ a: z.string(), b: z.string(), witness: z.array(witnessLine) })),
    gap: z.array(witnessLine).nullable(),
    empty: z.array(z.string()),
  }),
  customers: z.number(),
  sampled: z.number(),
  rows: z.array(
    z.object({
      code: z.string(),
      taken: z.number(),
      holds: z.number(),
      error: z.number(),
      rule: textSchema,
      conditions: z.array(z.array(textSchema)),
    }),
  ),
  none: z.number(),
  twice: z.number(),
  pairs: z.array(z.object({ a: z.string(), b: z.string(), customers: z.number() })),
  warnings: z.array(warning),
  tree: treeNode.nullable(),
  milliseconds: z.number(),
})

// /segments/versions, /segments/drafts
export const version = z.object({
  id: z.number(),
  state: z.enum(['draft', 'asked', 'approved', 'withdrawn']),
  name: z.string(),
  note: z.string(),
  revision: z.number(),
  base: z.number().nullable(),
  restored: z.number().nullable(),
  madeBy: z.string(),
  madeById: z.number().nullable(),
  changedAt: z.string(),
  askedBy: z.string().nullable(),
  askedById: z.number().nullable(),
  effectiveFrom: z.string().nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  decisionNote: z.string(),
  deleted: z.boolean(),
  segments: z.number(),
  conditions: z.number(),
  inForce: z.boolean(),
})
const refresh = z.object({
  at: z.string(),
  reason: z.enum(['rows', 'rules', 'asked']),
  asOf: z.string(),
  customers: z.number(),
  moved: z.number(),
  seconds: z.number(),
})
export const versionList = z.object({
  rows: z.array(version),
  approval: z.enum(['other', 'own']),
  /** Proposed as the date from which a version holds. */
  from: z.string(),
  refreshes: z.array(refresh),
})
const change = z.object({
  kind: z.enum(['added', 'removed', 'name', 'rule', 'strategy', 'service', 'moved', 'order']),
  segment: z.string(),
  name: textSchema,
  before: textSchema.nullable(),
  after: textSchema.nullable(),
})
export const versionDetail = version.extend({
  set: segmentSetSchema,
  against: z.number().nullable(),
  changes: z.array(change),
})
const name = z.string().trim().max(120).default('')
const note = z.string().max(2000).default('')
export const draftStart = z.object({ base: z.number().int().optional(), name, set: segmentSetSchema.optional() })
export const draftSave = z.object({ revision: z.number().int(), name, note, set: segmentSetSchema })
export const made = z.object({ id: z.number() })
export const saved = z.object({ revision: z.number() })
export const askBody = z.object({ from: day, note })
export const answerBody = z.object({ answer: z.enum(['approve', 'refuse', 'withdraw']), note })
export const rollBackBody = z.object({ from: day, note })
export const approvalBody = z.object({ approval: z.enum(['other', 'own']) })

// Work done by a job
const longWork = {
  id: z.number(),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  done: z.number(),
  note: z.string(),
  error: textSchema.nullable(),
  by: z.string(),
  at: z.string(),
}
const flow = z.object({ from: z.string(), to: z.string(), customers: z.number() })

// POST /segments/trials, GET /segments/trials/:id
export const trialStart = z.object({
  version: z.number().int(),
  months: z.union([z.literal(1), z.literal(3), z.literal(6), z.literal(12)]),
})
const share = z.number().nullable()
export const trialResult = z.object({
  asOf: z.string(),
  customers: z.number(),
  dates: z.array(z.object({ asOf: z.string(), sizes: z.record(z.string(), z.number()) })),
  skipped: z.array(z.object({ asOf: z.string(), why: textSchema })),
  segments: z.array(
    z.object({
      code: z.string(),
      name: textSchema,
      customers: z.number(),
      before: z.number(),
      valueMinor: z.number(),
      valueTotalMinor: z.number(),
      revenueMinor: z.number(),
      churn: z.number(),
      stays: share,
      least: share,
      calls: z.number(),
      minutes: z.number(),
      agents: z.number(),
      offers: z.number(),
    }),
  ),
  change: z.array(flow),
  overTheYear: z.array(flow),
  periods: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      customers: z.number(),
      stays: z.number(),
      psi: z.number(),
      psiExpected: z.number(),
    }),
  ),
  capacity: z.object({
    team: capacitySchema,
    minutesHad: z.number(),
    minutesNeeded: z.number(),
    agentsNeeded: z.number(),
    offersNeeded: z.number(),
    fits: z.boolean(),
  }),
})
export const trial = z.object({
  ...longWork,
  version: z.number(),
  months: z.number(),
  /** The draft has been changed since. */
  outdated: z.boolean(),
  result: trialResult.nullable(),
})
export const trialList = z.object({ rows: z.array(trial.omit({ result: true, error: true, note: true })) })

// POST /segments/suggestions, GET /segments/suggestions/:id
export const suggestBody = z
  .object({
    features: z.array(z.string()).min(1).max(20).optional(),
    from: z.number().int().min(2).max(12).default(3),
    to: z.number().int().min(2).max(12).default(8),
    seed: z.number().int().default(1),
  })
  .refine(({ from, to }) => from <= to)
export const suggestion = z.object({
  ...longWork,
  features: z.array(z.string()),
  result: z
    .object({
      looked: z.number(),
      buyers: z.number(),
      k: z.number(),
      tried: z.array(z.object({ k: z.number(), silhouette: z.number() })),
      stability: z.number(),
      accuracy: z.number(),
      groups: z.array(
        z.object({
          code: z.string(),
          name: textSchema,
          rule: textSchema,
          customers: z.number(),
          purity: z.number(),
          coverage: z.number(),
          profile: z.array(
            z.object({ feature: z.string(), name: textSchema, mean: textSchema, all: textSchema, z: z.number() }),
          ),
        }),
      ),
      set: segmentSetSchema,
    })
    .nullable(),
})
export const acceptBody = z.object({ name })

// GET, PUT /segments/matrix
export const matrixView = z.object({
  asOf: z.string(),
  customers: z.number(),
  valueCuts: z.array(z.number()),
  churnCuts: z.array(z.number()),
  cells: z.array(
    cellStrategySchema.extend({
      value: z.number(),
      churn: z.number(),
      customers: z.number(),
      valueMinor: z.number(),
      atRiskMinor: z.number(),
    }),
  ),
  matrix: matrixSchema,
})
export const cellParams = z.object({
  value: z.coerce.number().int().min(0).max(4),
  churn: z.coerce.number().int().min(0).max(4),
})
export const cellMembers = z.object({
  total: z.number(),
  rows: z.array(
    z.object({
      customerId: z.number(),
      name: z.string(),
      valueMinor: z.number(),
      churn: z.number(),
      segment: z.string(),
    }),
  ),
})

// GET, PUT /segments/:id/management
const movedTo = z.array(z.object({ segment: z.string(), customers: z.number() }))
export const management = z.object({
  asOf: z.string(),
  segment: z.object({ code: z.string(), name: textSchema, strategy: textSchema }),
  currency: z.string(),
  owner: z.object({ userId: z.number(), name: z.string() }).nullable(),
  note: z.string(),
  targets: targetsSchema,
  customers: z.number(),
  valueMinor: z.number(),
  atRiskMinor: z.number(),
  churn: z.number(),
  result: z.object({
    revenueMinor: z.number(),
    marginMinor: z.number(),
    contactCostMinor: z.number(),
    costUnknown: z.number(),
    contacts: z.number(),
  }),
  before: z.object({ revenueMinor: z.number(), marginMinor: z.number() }),
  months: z.array(
    z.object({ from: z.string(), revenueMinor: z.number(), marginMinor: z.number(), buyers: z.number() }),
  ),
  contacts: z.array(
    z.object({
      channel: z.string(),
      sent: z.number(),
      customers: z.number(),
      answered: z.number(),
      costMinor: z.number(),
      costUnknown: z.number(),
    }),
  ),
  movement: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      by: z.enum(['turn', 'rules']),
      stayed: z.number(),
      came: movedTo,
      went: movedTo,
    }),
  ),
  bought: z.array(
    z.object({
      code: z.string(),
      name: textSchema,
      buyers: z.number(),
      share: z.number(),
      shareOfAll: z.number(),
      index: z.number(),
    }),
  ),
  wanted: z.array(
    z.object({
      code: z.string(),
      name: textSchema,
      customers: z.number(),
      segments: z.array(z.object({ segment: z.string(), customers: z.number(), share: z.number() })),
    }),
  ),
})
export const managementBody = z.object({ owner: z.number().int().nullable(), targets: targetsSchema, note })
export const owners = z.object({ rows: z.array(z.object({ userId: z.number(), name: z.string() })) })
export const segmentCode = z.object({ id: z.string().max(40) })
export const exportQuery = z.object({ format: z.enum(['csv', 'xlsx', 'pdf']).default('csv') })
