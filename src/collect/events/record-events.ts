/** What happened with customers, whoever reports it. Idempotent by event id: the same event twice is one. */
import { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { recordEventConsents } from '../consent/from-events.ts'
import { readAnswer } from '../customers/answers.ts'
import { collectErrors } from '../errors.ts'

export const eventSchema = z.object({
  eventId: z.string().min(1).max(100),
  customerId: z.number().int().positive(),
  /** sent, delivered, opened, replied, called, answer, bought … */
  type: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/),
  channel: z.string().max(20).default(''),
  at: z.coerce.date(),
  communicationId: z.string().max(64).default(''),
  taskId: z.string().max(64).default(''),
  /** Number of the user who reported it, never a name. */
  actor: z.string().max(40).default(''),
  payload: z.record(z.string(), z.unknown()).default({}),
})
export type CustomerEvent = z.input<typeof eventSchema>

/** Payload of an `answer`: what a customer told us; `fields` are standardised when it is recorded. */
const answerSchema = z.object({
  fields: z.record(z.string(), z.string()).default({}),
  consents: z
    .array(z.object({ channel: z.enum(['email', 'sms', 'call', 'letter']), granted: z.boolean() }))
    .default([]),
  note: z.string().max(2000).default(''),
})

const BATCH = 50_000

/** Stores events. All are checked before any is written. */
export async function recordEvents(app: App, events: readonly CustomerEvent[]): Promise<{ recorded: number }> {
  const checked = []
  for (const event of events) {
    const read = parse(eventSchema, event, event.eventId)
    if (read.type === 'answer') {
      const answer = parse(answerSchema, read.payload, event.eventId)
      read.payload = { ...answer, fields: await readAnswer(app, read.customerId, answer.fields), given: answer.fields }
    }
    checked.push(read)
  }
  // Before the events: told twice after a crash in between, it is still said once.
  await recordEventConsents(app, checked)
  for (let from = 0; from < checked.length; from += BATCH) {
    const batch = checked.slice(from, from + BATCH)
    await app.facts.insertColumns('events', {
      event_id: { type: 'String', values: batch.map(event => event.eventId) },
      customer_id: { type: 'UInt64', values: batch.map(event => event.customerId) },
      type: { type: 'LowCardinality(String)', values: batch.map(event => event.type) },
      channel: { type: 'LowCardinality(String)', values: batch.map(event => event.channel) },
      at: { type: "DateTime64(3, 'UTC')", values: batch.map(event => event.at) },
      communication_id: { type: 'String', values: batch.map(event => event.communicationId) },
      task_id: { type: 'String', values: batch.map(event => event.taskId) },
      actor: { type: 'String', values: batch.map(event => event.actor) },
      payload: { type: 'String', values: batch.map(event => JSON.stringify(event.payload)) },
    })
  }
  return { recorded: checked.length }
}

function parse<T extends z.ZodType>(schema: T, value: unknown, event: string): z.output<T> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const reason = parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`).join('; ')
  throw collectErrors['collect.event-bad']({ event, reason })
}
