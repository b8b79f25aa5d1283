import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'
import { taskRow } from '../api.ts'

/** HTTP shapes of the desk's one look at a customer. */

// GET /desk/customers/:id
export const picture = z.object({
  customerId: z.number(),
  /** Asked for by a number that went into this one. */
  merged: z.boolean(),
  who: z.object({
    name: z.string(),
    kind: z.enum(['person', 'organisation']),
    language: z.string(),
    contactPerson: z.string(),
    birthDate: z.string(),
    mobile: z.string(),
    landline: z.string(),
    email: z.string(),
    address: z.string(),
    accounts: z.array(z.string()),
    since: z.string().nullable(),
    /** Missing (null) or doubtful: the probability that the value still holds. */
    verify: z.array(z.object({ field: z.string(), name: textSchema, holds: z.number().nullable() })),
    consents: z.array(z.object({ channel: z.string(), granted: z.boolean(), at: z.string(), source: z.string() })),
  }),
  standing: z
    .object({
      segment: z.object({ code: z.string(), name: textSchema, strategy: textSchema }).nullable(),
      value: textSchema,
      valueMinor: z.number().nullable(),
      risk: textSchema,
      level: z.enum(['low', 'medium', 'high']),
      because: z.array(textSchema),
    })
    .nullable(),
  reasons: z.array(z.object({ what: textSchema, at: z.string(), communicationId: z.string() })),
  communications: z.object({
    total: z.number(),
    rows: z.array(
      z.object({
        communicationId: z.string(),
        kind: z.string(),
        class: z.string(),
        channel: z.string(),
        offer: z.string(),
        subject: z.string(),
        composedAt: z.string(),
        state: z.string(),
        pages: z.number(),
      }),
    ),
  }),
  alarms: z.array(z.object({ name: textSchema, since: z.string() })),
  tasks: z.array(taskRow),
  complaint: z.object({ at: z.string(), open: z.boolean() }).nullable(),
  offer: z
    .object({
      offer: z.string(), // '' none
      name: textSchema,
      text: textSchema,
      benefit: textSchema,
      channel: z.string(),
      why: textSchema,
      mayNot: textSchema.nullable(), // why it is not to be made now
      objections: z.array(z.object({ id: z.string(), says: textSchema, reply: textSchema })),
    })
    .nullable(),
  matters: z.array(z.object({ path: z.string(), title: textSchema, since: z.string(), note: z.string() })),
})
export type Picture = z.output<typeof picture>

// GET /desk/customers/:id/key-fields
export const keyFieldList = z.object({
  rows: z.array(
    z.object({
      field: z.string(),
      /** Field of the golden record, or attribute, that the answer goes to. */
      writesTo: z.string(),
      golden: z.boolean(),
      name: textSchema,
      question: textSchema,
      kind: z.enum(['choice', 'date', 'text']),
      options: z.array(z.object({ value: z.string(), label: textSchema })),
      /** Expected gain of information. */
      bits: z.number(),
      gain: z.object({
        segment: z.number(),
        need: z.number(),
        offer: z.number(),
        value: z.number(),
        leaving: z.number(),
      }),
      why: textSchema,
    }),
  ),
})

// GET /desk/capacity
export const capacityView = z.object({
  /** Mean over the days counted. */
  agents: z.number(),
  hoursPerDay: z.number(),
  callsPerHour: z.number(),
  callsPerDay: z.number(),
  days: z.number(),
  /** Enough days to plan with. */
  settled: z.boolean(),
})
