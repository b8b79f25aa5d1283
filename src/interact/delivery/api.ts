import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'
import { deliverySettings } from '../queue/settings.ts'

/** HTTP shapes of delivery: channels, queue, notices, what is uncertain. */

export const settingField = z.object({
  name: z.string(),
  label: textSchema,
  help: textSchema.optional(),
  kind: z.enum(['text', 'number', 'choice', 'switch', 'secret', 'long-secret', 'lines', 'long-text']),
  choices: z.array(z.object({ value: z.string(), label: textSchema })).optional(),
  fallback: z.unknown().optional(),
})
// GET /delivery/kinds
export const kindList = z.object({
  rows: z.array(
    z.object({
      kind: z.string(),
      title: textSchema,
      about: textSchema,
      carries: z.array(z.string()),
      works: z.string(),
      can: z.object({ receipts: z.boolean(), replies: z.boolean(), test: z.boolean() }),
      fields: z.array(settingField),
    }),
  ),
})

export const channelRow = z.object({
  channelId: z.number(),
  kind: z.string(),
  title: textSchema,
  carries: z.array(z.string()),
  name: z.string(),
  settings: z.record(z.string(), z.unknown()),
  /** Names of those that are set; never what they are. */
  secretsSet: z.array(z.string()),
  state: z.enum(['on', 'off']),
  paused: z.boolean(),
  position: z.number(),
  notBefore: z.string().nullable(),
  canTest: z.boolean(),
  works: z.string(),
})
// GET /delivery/channels
export const channelList = z.object({ rows: z.array(channelRow) })
// POST /delivery/channels, PUT /delivery/channels/:id
export const channelBody = z.object({
  kind: z.string().max(40),
  name: z.string().trim().min(1).max(80),
  settings: z.record(z.string(), z.unknown()),
  secrets: z.record(z.string(), z.string().max(10_000)).default({}),
  state: z.enum(['on', 'off']).default('on'),
  position: z.number().int().min(0).max(1000).default(0),
})
export const channelMade = z.object({ channelId: z.number() })
export const tested = z.object({ answered: z.string() })
export const testSendBody = z.object({ to: z.string().max(200).default(''), language: z.string().default('zh-CN') })
export const testSent = z.object({
  rows: z.array(z.object({ to: z.string(), state: z.string(), detail: z.string() })),
})
export const dkimRecords = z.object({ rows: z.array(z.object({ name: z.string(), value: z.string() })) })

export const forecast = z.object({
  perMinute: z.number(),
  /** Minutes from now, at the quickest and at the slowest the last minutes let expect (95 %). */
  soonest: z.number(),
  latest: z.number().nullable(),
})
export const queueRow = z.object({
  channel: z.string(),
  by: z.string().nullable(),
  channelId: z.number().nullable(),
  messages: z.number(),
  settled: z.number(),
  refused: z.number(),
  failed: z.number(),
  uncertain: z.number(),
  waiting: z.number(),
  parts: z.object({ waiting: z.number(), sending: z.number(), stopped: z.number(), done: z.number() }),
  paused: z.boolean(),
  nextAt: z.string().nullable(),
  forecast: forecast.nullable(),
})
export const noticeRow = z.object({
  noticeId: z.number(),
  text: textSchema,
  times: z.number(),
  firstAt: z.string(),
  lastAt: z.string(),
  overAt: z.string().nullable(),
})
// GET /delivery
export const deliveryView = z.object({
  queue: z.array(queueRow),
  notices: z.array(noticeRow),
  uncertain: z.number(),
})

// GET /delivery/uncertain
export const uncertainList = z.object({
  total: z.number(),
  rows: z.array(
    z.object({
      communicationId: z.string(),
      customerId: z.number(),
      channel: z.string(),
      kind: z.string(),
      reason: z.string(),
      at: z.string(),
    }),
  ),
})
// POST /delivery/uncertain
export const uncertainBody = z.object({
  ids: z
    .array(z.string().regex(/^[0-9a-f]{32}$/))
    .min(1)
    .max(1000),
  decision: z.enum(['sent', 'again', 'give-up']),
})
export const decided = z.object({ decided: z.number() })

// GET, PUT /delivery/settings
export const settingsView = deliverySettings.extend({
  publicUrl: z.string().max(300),
  opens: z.boolean(),
  clicks: z.boolean(),
})
