/** A target: which mart goes where, when. */
import { z } from 'zod'

export const condition = z.object({
  column: z.string().max(64),
  op: z.enum(['=', '!=', '<', '<=', '>', '>=', 'in', 'contains', 'empty', 'filled']),
  value: z.string().max(1000).default(''),
})
export type Condition = z.infer<typeof condition>

export const carrierKinds = ['webhook', 'feed', 'file', 'postgres', 'mysql', 'clickhouse'] as const
export type CarrierKind = (typeof carrierKinds)[number]

/** Where it goes; what may not be shown again (signing secret, password) is kept apart, in `secret`. */
export const place = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('webhook'),
    url: z.url({ protocol: /^https?$/ }).max(500),
    batch: z.number().int().min(1).max(5000).default(500),
  }),
  z.object({ kind: z.literal('feed') }),
  z.object({
    kind: z.literal('file'),
    format: z.enum(['csv', 'parquet']),
    content: z.enum(['full', 'changes']),
    /** Below `out/giving-back` of the data folder. */
    folder: z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N} _.-]{0,60}$/u),
  }),
  z.object({
    kind: z.enum(['postgres', 'mysql', 'clickhouse']),
    host: z.string().min(1).max(200),
    port: z.number().int().min(1).max(65535),
    user: z.string().max(100),
    database: z.string().min(1).max(100),
    table: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,60}(?:\.[A-Za-z_][A-Za-z0-9_]{0,60})?$/),
    tls: z.boolean().default(false),
    batch: z.number().int().min(1).max(20_000).default(2000),
  }),
])
export type Place = z.infer<typeof place>
export type TablePlace = Extract<Place, { host: string }>

export const when = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('manual') }),
  z.object({ kind: z.literal('turn') }),
  z.object({ kind: z.literal('cron'), cron: z.string().regex(/^\S+( \S+){4}$/) }),
])

export const targetDefinition = z.object({
  name: z.string().trim().min(1).max(80),
  mart: z.string(),
  columns: z.array(z.string()).min(1),
  where: z.array(condition).max(20).default([]),
  place,
  when,
})
export type TargetDefinition = z.infer<typeof targetDefinition>

export interface Target {
  targetId: number
  definition: TargetDefinition
  /** Signing secret or password; never leaves the server after it was made. */
  secret: string
  paused: boolean
  /** Number of the last change that is in the stream. */
  planned: number
  /** Number of the last change the other side has. */
  delivered: number
}
