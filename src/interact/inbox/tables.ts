import { type ColumnType, type Generated, sql } from 'kysely'
import type { asJson, Instant, Int8, JsonColumn, Migrations } from '../../platform/stores/workflow/index.ts'
import type { Done } from '../take-back/done.ts'
import type { ReplyClass } from './classes.ts'
import type { SenderProof } from './sender-proof.ts'

type DoneText = ReturnType<typeof asJson<Done[]>>

export type InboxChannel = 'email' | 'sms' | 'portal'
export type ThreadState = 'open' | 'snoozed' | 'closed'

/** A file that came with a message. It is kept as bytes under a name of ours and never opened, run or shown by the house. */
export interface Attachment {
  name: string
  type: string
  bytes: number
  /** Why it was not kept: too-big. */
  refused?: string
}

interface InboxThreadsTable {
  thread_id: Generated<number>
  /** 0: nobody we know, or erased. */
  customer_id: Int8
  channel: InboxChannel
  subject: string
  /** Of the other side: where an answer goes. */
  address: string
  language: string
  /** The communication it answers, '' none. */
  communication_id: string
  state: ThreadState
  snoozed_until: Instant | null
  owner: number | null
  /** Of the newest message that came in. */
  class: ReplyClass
  sure: boolean
  /** Its beginning, for lists. */
  preview: string
  messages: number
  opened_at: Instant
  last_at: Instant
  closed_at: Instant | null
}

interface InboxMessagesTable {
  message_id: Generated<number>
  thread_id: number
  direction: 'in' | 'out'
  /** SHA-256 of what the sender or provider calls it: told twice, it is one message; also the folder of its attachments. */
  source_key: string
  /** Message-ID, for threads; '' of others. */
  mail_id: string
  address: string
  subject: string
  /** What was written; text alone, whatever it came as. */
  text: string
  quoted: string
  /** What shows that its sender wrote it. */
  proof: ColumnType<SenderProof, SenderProof | undefined, SenderProof>
  attachments: JsonColumn<Attachment[]>
  at: Instant
  class: ReplyClass | null
  probability: number | null
  /** rule | model */
  by: string
  /** The model's probabilities, the likeliest first: at most three. */
  guesses: JsonColumn<[ReplyClass, number][]>
  /** What a person says it is: an example for the next model. */
  label: ReplyClass | null
  labelled_by: number | null
  labelled_at: Instant | null
  /** What followed: accepted | declined | stopped | case:<id> | noted | confirming | confirmed | person; null: not yet done. */
  followed: string | null
  /** What that was, so that it can be taken back. */
  done: ColumnType<Done[], DoneText | undefined, DoneText>
  user_id: number | null
}

interface InboxModelsTable {
  version: Generated<number>
  made_at: Instant
  seed: number
  labels: number
  f1: number
  f1_by: JsonColumn<Record<ReplyClass, number>>
  bytes: Uint8Array
}

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    inbox_threads: InboxThreadsTable
    inbox_messages: InboxMessagesTable
    inbox_models: InboxModelsTable
  }
}

export const inboxMigrations: Migrations = {
  '2026-11-24-10-interact-inbox': {
    async up(db) {
      for (const statement of [
        sql`CREATE TABLE inbox_threads (thread_id int4 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer_id int8 NOT NULL,
            channel text NOT NULL, subject text NOT NULL, address text NOT NULL, language text NOT NULL,
            communication_id text NOT NULL, state text NOT NULL, snoozed_until timestamptz, owner int4, class text NOT NULL,
            sure boolean NOT NULL, preview text NOT NULL, messages int4 NOT NULL, opened_at timestamptz NOT NULL,
            last_at timestamptz NOT NULL, closed_at timestamptz)`,
        sql`CREATE INDEX inbox_threads_newest ON inbox_threads (state, last_at DESC)`,
        sql`CREATE INDEX inbox_threads_of_customer ON inbox_threads (customer_id)`,
        sql`CREATE INDEX inbox_threads_of_address ON inbox_threads (channel, address)`,
        sql`CREATE TABLE inbox_messages (message_id int4 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            thread_id int4 NOT NULL REFERENCES inbox_threads ON DELETE CASCADE, direction text NOT NULL,
            source_key text NOT NULL UNIQUE, mail_id text NOT NULL, address text NOT NULL, subject text NOT NULL,
            text text NOT NULL, quoted text NOT NULL, attachments json NOT NULL, at timestamptz NOT NULL, class text,
            probability float8, by text NOT NULL, guesses json NOT NULL, label text, labelled_by int4, labelled_at timestamptz,
            followed text, user_id int4)`,
        sql`CREATE INDEX inbox_messages_of_thread ON inbox_messages (thread_id, message_id)`,
        sql`CREATE INDEX inbox_messages_mail ON inbox_messages (mail_id) WHERE mail_id <> ''`,
        sql`CREATE INDEX inbox_messages_labels ON inbox_messages (labelled_at) WHERE label IS NOT NULL`,
        sql`CREATE TABLE inbox_models (version int4 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, made_at timestamptz NOT NULL,
            seed int4 NOT NULL, labels int4 NOT NULL, f1 float8 NOT NULL, f1_by json NOT NULL, bytes bytea NOT NULL)`,
      ])
        await statement.execute(db)
    },
  },
  '2026-11-25-21-interact-inbox-done': {
    async up(db) {
      await sql`ALTER TABLE inbox_messages ADD COLUMN done json NOT NULL DEFAULT '[]'`.execute(db)
    },
  },
  '2026-11-26-30-interact-inbox-proof': {
    async up(db) {
      await sql`ALTER TABLE inbox_messages ADD COLUMN proof text NOT NULL DEFAULT ''`.execute(db)
    },
  },
}
