import { z } from 'zod'
import { churnDefinitionSchema, defaultDefinition } from '../churn/definition.ts'

/** How churn is defined, trained, and when a new model takes over. */
export const churnSettingsSchema = z.strictObject({
  definition: churnDefinitionSchema,
  /** Learners that compete. */
  learners: z.array(z.enum(['logistic', 'trees'])).min(1),
  /**
   * When a turn trains anew: every time; when the champion is older than so many days; when its inputs or scores have drifted or it
   * was judged to need it; or only when a person asks.
   */
  retrain: z.discriminatedUnion('mode', [
    z.strictObject({ mode: z.literal('every-turn') }),
    z.strictObject({ mode: z.literal('schedule'), days: z.number().int().min(1).max(730) }),
    z.strictObject({ mode: z.literal('drift') }),
    z.strictObject({ mode: z.literal('person') }),
  ]),
  /** `rule`: what was trained takes over at once, trees only where better by so many standard errors. `person`: somebody approves it. */
  promotion: z.strictObject({ mode: z.enum(['rule', 'person']), errors: z.number().min(0).max(10) }),
})
export type ChurnSettings = z.infer<typeof churnSettingsSchema>

export const defaultChurnSettings: ChurnSettings = {
  definition: defaultDefinition,
  learners: ['logistic', 'trees'],
  retrain: { mode: 'every-turn' },
  promotion: { mode: 'rule', errors: 1 },
}
