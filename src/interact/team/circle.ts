import { z } from 'zod'

/** What a circle of improvement says of itself; what its check says is reckoned from the calls. */

export const circleMeasure = z.enum(['contact', 'completion', 'conversion', 'fields'])
export type CircleMeasure = z.infer<typeof circleMeasure>

const day = z.iso.date()

export const circleBody = z.object({
  title: z.string().trim().min(1).max(120),
  plan: z.object({
    aim: z.string().trim().min(1).max(1000),
    measure: circleMeasure,
    /** Share to be reached. */
    target: z.number().min(0).max(1),
    owner: z.string().trim().max(80).default(''),
    due: day,
    /** '' all lists. */
    list: z.string().max(120).default(''),
  }),
  do: z.object({
    kind: z.enum(['trial', 'training', 'list']).default('training'),
    trialId: z.number().int().positive().nullable().default(null),
    what: z.string().trim().max(2000).default(''),
    /** From this day on the calls are made the new way. */
    from: day.nullable().default(null),
  }),
  act: z.object({
    decision: z.enum(['kept', 'dropped', 'next']).nullable().default(null),
    words: z.string().trim().max(2000).default(''),
  }),
})
export type CircleBody = z.output<typeof circleBody>

export const circleStates = ['plan', 'do', 'check', 'act'] as const
export type CircleState = (typeof circleStates)[number]
