import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'
import { capacityView } from '../desk/api.ts'
import { circleBody, circleStates } from './circle.ts'
import { groupings } from './counts.ts'
import { criterion } from './criteria.ts'
import { trialMeasures } from './trial-measures.ts'

/** HTTP shapes of the team lead's pages. */

const share = z.object({ of: z.number(), share: z.number().nullable(), low: z.number(), high: z.number() })
const lift = z.object({ difference: z.number(), low: z.number(), high: z.number() }).nullable()
const shares = z.object({
  calls: z.number(),
  reached: z.number(),
  completed: z.number(),
  accepted: z.number(),
  told: z.number(),
  fields: z.number(),
  hours: z.number(),
  perHour: z.number().nullable(),
  contact: share,
  completion: share,
  conversion: share,
  telling: share,
})

// GET /team/live
export const live = z.object({
  at: z.string(),
  all: shares,
  capacity: capacityView,
  agents: z.array(
    z.object({
      userId: z.number(),
      name: z.string(),
      state: z.enum(['calling', 'ready', 'break', 'away']),
      since: z.string().nullable(),
      task: z.object({ taskId: z.string(), list: textSchema }).nullable(),
      today: shares,
    }),
  ),
  queues: z.array(
    z.object({
      list: z.string(),
      name: textSchema,
      kind: z.string(),
      paused: z.boolean(),
      open: z.number(),
      due: z.number(),
      held: z.number(),
      attempts: z.number().nullable(),
      oldest: z.string().nullable(),
    }),
  ),
  callbacks: z.object({
    late: z.number(),
    rows: z.array(z.object({ taskId: z.string(), list: textSchema, dueAt: z.string(), agent: z.string() })),
  }),
})

// GET /team/figures, /team/figures/export
export const figuresQuery = z.object({ from: z.iso.date(), to: z.iso.date(), by: z.enum(groupings).default('day') })
export const figures = z.object({ all: shares, rows: z.array(shares.extend({ key: z.string(), name: textSchema })) })

// GET /team/objections
const counted = share.extend({ yes: z.number() })
export const objectionsQuery = z.object({ from: z.iso.date(), to: z.iso.date(), offer: z.string().max(80).default('') })
export const objections = z.object({
  /** Calls in which an offer stood and somebody was spoken to. */
  spoken: z.number(),
  /** Accepted where nothing was said against it. */
  none: counted,
  rows: z.array(
    z.object({
      id: z.string(),
      says: textSchema,
      live: z.boolean(),
      offers: z.array(textSchema),
      heard: counted,
      accepted: counted,
    }),
  ),
  offers: z.array(z.object({ offer: z.string(), name: textSchema })),
})

// POST /team/samples/draw
export const drawBody = z.object({ day: z.iso.date(), each: z.number().int().min(1).max(20).default(2) })
export const drawn = z.object({ week: z.string(), drawn: z.number() })
// GET /team/samples, /team/my-scores
export const samplesQuery = z.object({
  week: z.iso.date().optional(),
  agent: z.coerce.number().int().positive().optional(),
  scored: z.stringbool().optional(),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
const scores = z.record(z.string(), z.number().int().min(1).max(5))
export const sampleRow = z.object({
  sampleId: z.number(),
  week: z.string(),
  agent: z.string(),
  list: textSchema,
  outcome: z.string(),
  seconds: z.number(),
  at: z.string(),
  scores: scores.nullable(),
  remark: z.string(),
})
export const sampleList = z.object({
  total: z.number(),
  rows: z.array(sampleRow),
  criteria: z.array(criterion),
  means: z.array(
    z.object({
      userId: z.number(),
      agent: z.string(),
      n: z.number(),
      mean: z.number(),
      low: z.number().nullable(),
      high: z.number().nullable(),
    }),
  ),
})
// GET /team/samples/:id
export const sampleDetail = sampleRow.extend({
  recording: z.string(),
  note: z.string(),
  variant: z.string().nullable(),
  answers: z.array(z.object({ field: z.string(), value: z.string() })),
  script: z
    .array(
      z.object({
        id: z.string(),
        title: z.string(),
        say: z.string(),
        fields: z.array(z.object({ id: z.string(), label: z.string() })),
      }),
    )
    .nullable(),
  criteria: z.array(criterion),
})
// PUT /team/samples/:id
export const scoreBody = z.object({ scores, remark: z.string().trim().max(2000).default('') })
// PUT /team/criteria
export const criteriaBody = z.object({ criteria: z.array(criterion).min(1).max(12) })

// GET /team/trials
const measures = z.array(z.object({ measure: z.enum(trialMeasures), a: share, b: share, lift, p: z.number() }))
const pair = z.object({ a: z.number(), b: z.number() })
export const trialRow = z.object({
  trialId: z.number(),
  name: z.string(),
  list: z.string(),
  listName: textSchema,
  template: z.string(),
  versionA: z.number(),
  versionB: z.number(),
  share: z.number(),
  planned: z.number(),
  state: z.enum(['live', 'closed']),
  kept: z.string(),
  remark: z.string(),
  createdAt: z.string(),
  closedAt: z.string().nullable(),
  measure: z.enum(trialMeasures),
  until: z.string().nullable(),
  ended: z.string(), // '' it runs | evidence | calls | day | person
  decided: z.boolean(),
  draft: z.number().nullable(), // that proposes the script which was kept
  calls: pair,
  tasks: pair,
  measures,
})
export const trialList = z.object({
  rows: z.array(trialRow),
  lists: z.array(z.object({ list: z.string(), name: textSchema })),
  templates: z.array(z.object({ template: z.string(), name: textSchema, versions: z.array(z.number()) })),
})
// POST /team/trials
export const trialBody = z.object({
  name: z.string().trim().min(1).max(120),
  list: z.string().max(120),
  template: z.string().max(120),
  versionA: z.number().int().positive(),
  versionB: z.number().int().positive(),
  share: z.number().min(0.05).max(0.95).default(0.5),
  planned: z.number().int().min(10).max(1_000_000),
  measure: z.enum(trialMeasures).default('conversion'),
  until: z.iso.date().nullable().default(null),
})
export const trialMade = z.object({ trialId: z.number() })
// POST /team/trials/:id/close
export const closeBody = z.object({ kept: z.enum(['a', 'b', '']), remark: z.string().trim().max(2000).default('') })
export const trialDecided = z.object({ draft: z.number().nullable() })

// GET /team/circles, /team/circles/:id
const circleState = z.enum(circleStates)
const check = z
  .object({
    before: share.extend({ from: z.string(), to: z.string() }),
    after: share.extend({ from: z.string(), to: z.string() }),
    change: lift,
  })
  .nullable()
export const circleRow = z.object({
  circleId: z.number(),
  state: circleState,
  body: circleBody,
  listName: textSchema,
  follows: z.number().nullable(),
  changedAt: z.string(),
})
export const circleList = z.object({ rows: z.array(circleRow) })
export const circleDetail = circleRow.extend({
  check,
  next: z.array(z.number()),
  notes: z.array(z.object({ kind: z.string(), text: z.string(), by: z.string(), at: z.string() })),
})
export const circleNew = z.object({ body: circleBody, follows: z.number().int().positive().nullable().default(null) })
export const circleMade = z.object({ circleId: z.number() })
export const stateBody = z.object({ state: circleState })
export const noteBody = z.object({ text: z.string().trim().min(1).max(2000) })
export const ok = z.object({ done: z.boolean() })
