import { type Generated, sql } from 'kysely'
import {
  asJson,
  type Instant,
  type Int8,
  type JsonColumn,
  type Migrations,
} from '../../platform/stores/workflow/index.ts'
import type { Data } from '../compose/check-data.ts'
import { kindSchema } from '../kinds/kind.ts'

export const LETTER_STATES = ['draft', 'submitted', 'returned', 'approved', 'sending', 'sent', 'withdrawn'] as const
export type LetterState = (typeof LETTER_STATES)[number]

/** A file that goes with a letter: its pages follow the letter's own. Bytes lie in the archive under their SHA-256. */
export interface Enclosure {
  sha256: string
  name: string
  mediaType: 'application/pdf' | 'image/png' | 'image/jpeg'
  pages: number
}

/** What an agent decided and wrote; everything else is the template's. */
export interface LetterContent {
  /** Optional paragraph → in or out. */
  parts: Record<string, boolean>
  /** Open region → what stands there instead of the template's words. */
  texts: Record<string, string>
  /** Optional paragraphs in the order they are to stand in. */
  order: string[]
  /** Free fields by name. */
  fields: Record<string, string>
  enclosures: Enclosure[]
}

/** What is approved, and what is sent: made of these and nothing later. */
export interface FrozenLetter {
  /** Of the way it goes. */
  template: string
  version: number
  address: string
  language: string
  data: Data
}

interface LettersTable {
  id: Generated<number>
  customer_id: Int8
  kind: string
  /** Of the printed way: what the agent sees. */
  template: string
  template_version: number
  language: string
  channel: string
  state: LetterState
  content: JsonColumn<LetterContent>
  /** Counts changes: whoever saves says which one was read. */
  revision: number
  author: Int8
  created_at: Instant
  updated_at: Instant
  submitted_at: Instant | null
  decided_by: Int8 | null
  decided_at: Instant | null
  frozen: JsonColumn<FrozenLetter> | null
  sha256: string | null
  communication_id: string | null
  run_id: Int8 | null
}

interface LetterStepsTable {
  id: Generated<number>
  letter_id: Int8
  at: Instant
  user_id: Int8
  what: string
  notes: string
}

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    letters: LettersTable
    letter_steps: LetterStepsTable
  }
}

/** Mail written by hand: service, free of form, by post, by e-mail with the letter as PDF, or in the portal. */
const correspondence = kindSchema.parse({
  code: 'correspondence',
  name: { en: 'Correspondence', zh: '往来信函' },
  class: 'service',
  legalForm: 'free',
  ways: [
    { channel: 'print', template: 'correspondence' },
    { channel: 'email', template: 'correspondence-email' },
    { channel: 'portal', template: 'correspondence-portal' },
  ],
})

export const letterMigrations: Migrations = {
  '2026-11-24-05-personalize-letters': {
    async up(db) {
      for (const statement of [
        sql`CREATE TABLE letters (id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer_id int8 NOT NULL, kind text NOT NULL,
            template text NOT NULL, template_version int4 NOT NULL, language text NOT NULL, channel text NOT NULL, state text NOT NULL,
            content json NOT NULL, revision int4 NOT NULL, author int8 NOT NULL, created_at timestamptz NOT NULL,
            updated_at timestamptz NOT NULL, submitted_at timestamptz, decided_by int8, decided_at timestamptz, frozen json, sha256 text,
            communication_id text, run_id int8)`,
        sql`CREATE INDEX letters_by_state ON letters (state, updated_at DESC)`,
        sql`CREATE INDEX letters_of_customer ON letters (customer_id)`,
        sql`CREATE UNIQUE INDEX letters_by_communication ON letters (communication_id) WHERE communication_id IS NOT NULL`,
        sql`CREATE TABLE letter_steps (id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, letter_id int8 NOT NULL REFERENCES letters (id),
            at timestamptz NOT NULL, user_id int8 NOT NULL, what text NOT NULL, notes text NOT NULL)`,
        sql`CREATE INDEX letter_steps_of_letter ON letter_steps (letter_id)`,
        sql`INSERT INTO communication_kinds (code, position, body, updated_at)
            VALUES (${correspondence.code}, 50, ${asJson(correspondence)}, now()) ON CONFLICT (code) DO NOTHING`,
      ])
        await statement.execute(db)
    },
  },
}
