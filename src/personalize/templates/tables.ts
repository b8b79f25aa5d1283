import { type Generated, sql } from 'kysely'
import type { Instant, JsonColumn, Migrations } from '../../platform/stores/workflow/index.ts'
import type { TemplateVersion } from '../compose/template.ts'
import type { FragmentSource, TemplateDraftSource } from './source.ts'

/** What every version carries, be it of a template or of a fragment. */
export interface VersionColumns {
  version: number
  /** Of everything that decides the output. */
  hash: string
  created_at: Instant
  /** Business dates, both included; open to the end where there is none. */
  effective_from: string
  effective_to: string | null
  made_by_name: string
  /** Null: approval is asked, or was refused; such a version holds on no date. */
  approved_at: Instant | null
  approved_by: number | null
  approved_by_name: string
  note: string
  /** The version that holds again in this one. */
  restored: number | null
  /** It holds no more, from now on, for any date. */
  withdrawn_at: Instant | null
}

export interface TemplateVersionsTable extends VersionColumns {
  template: string
  body: JsonColumn<TemplateVersion>
  live_since: Instant | null
}

export interface FragmentVersionsTable extends VersionColumns {
  fragment: string
  body: JsonColumn<FragmentSource>
}

export const draftStates = ['draft', 'asked', 'approved', 'withdrawn'] as const
export type DraftState = (typeof draftStates)[number]

interface ContentDraftsTable {
  id: Generated<number>
  kind: 'template' | 'fragment'
  /** Id of the template or fragment. */
  object: string
  /** The version it was made from. */
  base: number | null
  state: DraftState
  /** Grows with every saving: nobody's work is written over unseen. */
  revision: number
  source: JsonColumn<TemplateDraftSource | FragmentSource>
  note: string
  /** `fragment/greeting/2`: offered by the house because of it; '' by a person. */
  cause: string
  /** Everybody who saved it: none of them may approve it. */
  authors: JsonColumn<number[]>
  made_by_name: string
  changed_at: Instant
  asked_by: number | null
  asked_by_name: string | null
  asked_at: Instant | null
  effective_from: string | null
  effective_to: string | null
  decided_by: number | null
  decided_by_name: string | null
  decided_at: Instant | null
  decision_note: string
  /** Compiled under this number when approval was asked: what is approved is what will be composed. */
  version: number | null
  deleted_at: Instant | null
}

interface ContentCommentsTable {
  id: Generated<number>
  draft: number
  /** The block it is about; '' the whole. */
  block: string
  text: string
  by_user: number
  by_name: string
  at: Instant
  resolved_by_name: string | null
  resolved_at: Instant | null
}

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    template_versions: TemplateVersionsTable
    fragment_versions: FragmentVersionsTable
    content_drafts: ContentDraftsTable
    content_comments: ContentCommentsTable
  }
}

/** Of both kinds of versions. */
const approved = `ADD COLUMN effective_from text NOT NULL DEFAULT '1970-01-01', ADD COLUMN effective_to text,
  ADD COLUMN made_by_name text NOT NULL DEFAULT '', ADD COLUMN approved_at timestamptz, ADD COLUMN approved_by int4, ADD COLUMN approved_by_name text NOT NULL DEFAULT '',
  ADD COLUMN note text NOT NULL DEFAULT '', ADD COLUMN restored int4, ADD COLUMN withdrawn_at timestamptz`

export const templateMigrations: Migrations = {
  '2026-11-24-01-personalize-versions': {
    async up(db) {
      // An older version that holds again is a version of its own with the same content.
      await sql`ALTER TABLE template_versions DROP CONSTRAINT template_versions_template_hash_key`.execute(db)
      await sql`CREATE TABLE fragment_versions (fragment text NOT NULL, version int4 NOT NULL, hash text NOT NULL, body json NOT NULL,
        created_at timestamptz NOT NULL, PRIMARY KEY (fragment, version))`.execute(db)
      for (const table of ['template_versions', 'fragment_versions'])
        await sql`ALTER TABLE ${sql.table(table)} ${sql.raw(approved)}`.execute(db)
      await sql`UPDATE template_versions SET approved_at = created_at`.execute(db)
      await sql`CREATE TABLE content_drafts (id serial PRIMARY KEY, kind text NOT NULL, object text NOT NULL, base int4, state text NOT NULL,
        revision int4 NOT NULL, source json NOT NULL, note text NOT NULL, cause text NOT NULL, authors json NOT NULL,
        made_by_name text NOT NULL, changed_at timestamptz NOT NULL, asked_by int4, asked_by_name text, asked_at timestamptz,
        effective_from text, effective_to text, decided_by int4, decided_by_name text, decided_at timestamptz,
        decision_note text NOT NULL, version int4, deleted_at timestamptz)`.execute(db)
      await sql`CREATE INDEX content_drafts_object ON content_drafts (kind, object)`.execute(db)
      await sql`CREATE TABLE content_comments (id serial PRIMARY KEY, draft int4 NOT NULL REFERENCES content_drafts, block text NOT NULL,
        text text NOT NULL, by_user int4 NOT NULL, by_name text NOT NULL, at timestamptz NOT NULL, resolved_by_name text,
        resolved_at timestamptz)`.execute(db)
    },
  },
}
