import { type Generated, sql } from 'kysely'
import type { Instant, Int8, JsonColumn, Migrations } from '../../platform/stores/workflow/index.ts'
import type { Text } from '../../platform/text.ts'

/** A way out of the house, or into it, as a person configured it. */
interface ChannelsTable {
  channel_id: Generated<number>
  /** Of `channels/index.ts`. */
  kind: string
  name: string
  settings: JsonColumn<Record<string, unknown>>
  /** AES-256-GCM under the data folder's key, see secrets.ts; '' when it has none. */
  secrets: string
  state: 'on' | 'off'
  /** Nothing new is begun; what waits keeps its place. */
  paused: boolean
  /** Several of one kind of message: the lowest that is on carries it. */
  position: number
  /** Not before: the other side was down or asked us to wait. */
  not_before: Instant | null
  /** Times in a row that the whole way failed, for the back-off. */
  setbacks: number
  created_by: number
  created_at: Instant
  deleted_at: Instant | null
}

/** A part of what was composed, on its way out over the network: one row a part, never one a recipient. */
interface PartsTable {
  run_id: Int8
  partition: number
  turn_id: Int8
  as_of: string
  compose_run: Int8
  identity_run: Int8
  campaign_run: Int8
  /** print | email | sms | call */
  channel: string
  /** Legal and service mail goes before offers. */
  priority: number
  messages: number
  settled: number
  refused: number
  failed: number
  uncertain: number
  state: 'waiting' | 'sending' | 'done' | 'stopped'
  next_at: Instant | null
  /** Whoever sends it, until when it counts as alive. */
  held_by: string | null
  held_until: Instant | null
  created_at: Instant
  done_at: Instant | null
}

/** What an operator must know, told once however often it happens, until it is over. */
interface NoticesTable {
  notice_id: Generated<number>
  /** What it is about: the same trouble has the same key. */
  key: string
  channel_id: number | null
  text: JsonColumn<Text>
  times: number
  first_at: Instant
  last_at: Instant
  over_at: Instant | null
  seen_by: number | null
}

interface SettingsTable {
  name: string
  value: JsonColumn<unknown>
}

/** A provider's name of a message, for receipts that come hours later. */
interface ProviderIdsTable {
  channel_id: number
  provider_id: string
  communication_id: string
  customer_id: Int8
  at: Instant
}

/** What a customer finds in the portal. */
interface PortalMessagesTable {
  communication_id: string
  customer_id: Int8
  kind: string
  offer: string
  language: string
  media_type: string
  body: Uint8Array
  created_at: Instant
  read_at: Instant | null
}

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    delivery_channels: ChannelsTable
    delivery_parts: PartsTable
    delivery_notices: NoticesTable
    delivery_settings: SettingsTable
    delivery_provider_ids: ProviderIdsTable
    portal_messages: PortalMessagesTable
  }
}

export const queueMigrations: Migrations = {
  '2026-11-23-08-interact-delivery': {
    async up(db) {
      for (const statement of [
        sql`CREATE TABLE delivery_channels (channel_id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, kind text NOT NULL,
            name text NOT NULL, settings json NOT NULL, secrets text NOT NULL, state text NOT NULL, paused boolean NOT NULL DEFAULT false,
            position int4 NOT NULL DEFAULT 0, not_before timestamptz, setbacks int4 NOT NULL DEFAULT 0, created_by int8 NOT NULL,
            created_at timestamptz NOT NULL, deleted_at timestamptz)`,
        sql`CREATE TABLE delivery_parts (run_id int8 NOT NULL, partition int4 NOT NULL, turn_id int8 NOT NULL, as_of date NOT NULL,
            compose_run int8 NOT NULL, identity_run int8 NOT NULL, campaign_run int8 NOT NULL, channel text NOT NULL, priority int4 NOT NULL,
            messages int4 NOT NULL, settled int4 NOT NULL DEFAULT 0, refused int4 NOT NULL DEFAULT 0, failed int4 NOT NULL DEFAULT 0,
            uncertain int4 NOT NULL DEFAULT 0, state text NOT NULL, next_at timestamptz, held_by text, held_until timestamptz,
            created_at timestamptz NOT NULL, done_at timestamptz, PRIMARY KEY (run_id, partition))`,
        sql`CREATE INDEX delivery_parts_open ON delivery_parts (channel, state) WHERE state <> 'done'`,
        sql`CREATE TABLE delivery_notices (notice_id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, key text NOT NULL, channel_id int8,
            text json NOT NULL, times int4 NOT NULL, first_at timestamptz NOT NULL, last_at timestamptz NOT NULL, over_at timestamptz,
            seen_by int8)`,
        sql`CREATE UNIQUE INDEX delivery_notices_open ON delivery_notices (key) WHERE over_at IS NULL`,
        sql`CREATE TABLE delivery_settings (name text PRIMARY KEY, value json NOT NULL)`,
        sql`CREATE TABLE delivery_provider_ids (channel_id int8 NOT NULL, provider_id text NOT NULL, communication_id text NOT NULL,
            customer_id int8 NOT NULL, at timestamptz NOT NULL, PRIMARY KEY (channel_id, provider_id))`,
        sql`CREATE TABLE portal_messages (communication_id text PRIMARY KEY, customer_id int8 NOT NULL, kind text NOT NULL, offer text NOT NULL,
            language text NOT NULL, media_type text NOT NULL, body bytea NOT NULL, created_at timestamptz NOT NULL, read_at timestamptz)`,
        sql`CREATE INDEX portal_messages_of ON portal_messages (customer_id, created_at DESC)`,
      ])
        await statement.execute(db)
    },
  },
}
