import { sql } from 'kysely'
import type { Instant, JsonColumn, Migrations } from '../../platform/stores/workflow/index.ts'
import type { Text } from '../../platform/text.ts'
import type { FontFacts } from './font.ts'
import type { AssetKind } from './kind.ts'

/**
 * Pictures and fonts that documents are made with. In the workflow store and not in the data folder, because every machine that
 * composes needs them. A row's bytes never change; its name, description and note may.
 */
interface ContentAssetsTable {
  /** SHA-256 of the bytes. */
  id: string
  name: string
  kind: AssetKind
  bytes: Uint8Array
  size: number
  width: number
  height: number
  font: JsonColumn<FontFacts> | null
  /** What the picture shows, for those who do not see it; the proposal for every place it is put. */
  alt: JsonColumn<Text>
  licence: string
  uploaded_by: number
  uploaded_at: Instant
}

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    content_assets: ContentAssetsTable
  }
}

export const assetMigrations: Migrations = {
  '2026-11-24-02-personalize-assets': {
    up: db =>
      sql`CREATE TABLE content_assets (id text PRIMARY KEY, name text NOT NULL, kind text NOT NULL, bytes bytea NOT NULL,
        size int4 NOT NULL, width int4 NOT NULL, height int4 NOT NULL, font json, alt json NOT NULL, licence text NOT NULL,
        uploaded_by int4 NOT NULL, uploaded_at timestamptz NOT NULL)`.execute(db),
  },
}
