import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'
import { surveySchema } from './survey.ts'

/** HTTP shapes of surveys. */

export const surveyState = z.enum(['draft', 'live', 'closed'])
export const surveyRow = z.object({
  surveyId: z.number(),
  name: textSchema,
  state: surveyState,
  questions: z.number(),
  asked: z.number(),
  answered: z.number(),
  createdAt: z.string(),
})
// GET /surveys
export const surveyList = z.object({ rows: z.array(surveyRow) })
// POST /surveys, PUT /surveys/:id (drafts)
export const surveyBody = surveySchema
export const surveyMade = z.object({ surveyId: z.number() })

const share = z.object({ of: z.number(), share: z.number().nullable(), low: z.number(), high: z.number() })
const measure = z.object({
  n: z.number(),
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  counts: z.record(z.string(), z.number()),
  satisfied: share.nullable(), // of satisfaction: 4 and 5
})
const counted = z.object({ asked: z.number(), answered: z.number(), rate: share })
// GET /surveys/:id
export const surveyDetail = z.object({
  surveyId: z.number(),
  state: surveyState,
  body: surveySchema,
  liveAt: z.string().nullable(),
  response: z.object({
    channels: z.array(
      counted.extend({ channel: z.string(), here: z.boolean(), held: z.number(), failed: z.number() }), // here: see response.ts
    ),
    invited: counted, // by e-mail and SMS together
    answered: z.number(), // customers, however they came to it
  }),
  questions: z.array(
    z.object({
      attribute: z.string(),
      all: measure,
      channels: z.array(z.object({ channel: z.string(), measure })), // by which the answer came
      segments: z.array(z.object({ code: z.string(), name: textSchema, measure })),
    }),
  ),
  words: z.array(
    z.object({
      attribute: z.string(),
      rows: z.array(z.object({ customerId: z.number(), text: z.string(), at: z.string() })),
    }),
  ),
})
// POST /surveys/:id/state
export const stateBody = z.object({ state: z.enum(['live', 'closed']) })
// POST /surveys/:id/ask → how many will be asked
export const askBody = z.object({
  channel: z.enum(['email', 'sms']),
  segment: z.string().max(40).default(''),
  most: z.number().int().min(1).max(100_000),
})
export const asked = z.object({ customers: z.number() })
// POST /surveys/:id/answers: an agent's, for a customer on the line
export const answerBody = z.object({
  customerId: z.number().int().positive(),
  answers: z.record(z.string(), z.string().max(2000)),
})
export const answerTaken = z.object({ kept: z.boolean() })
// GET /surveys/to-ask?customer=: at the end of a call; null: nothing
export const toAskQuery = z.object({ customer: z.coerce.number().int().positive() })
export const toAsk = z.object({ survey: z.object({ surveyId: z.number(), body: surveySchema }).nullable() })
