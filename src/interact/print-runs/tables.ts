import { type Generated, sql } from 'kysely'
import { factTable } from '../../platform/stores/facts/tables.ts'
import type { Instant, Int8, JsonColumn, Migrations } from '../../platform/stores/workflow/index.ts'
import type { PrintSettings } from './settings.ts'

/** What went into which envelope: one row a document. Rows of a run are written in one block, before anything is printed. */
export const printPieces = factTable({
  name: 'print_pieces',
  comment: 'Documents by print run, piece (envelope) and file',
  columns: {
    print_run: 'UInt64',
    piece: 'UInt32',
    position: 'UInt8', // within the piece, from 1
    communication_id: 'FixedString(32)',
    customer_id: 'UInt64',
    envelope: 'LowCardinality(String)',
    file: 'UInt32',
    pages: 'UInt16',
    sheets: 'UInt16', // of the piece
    postcode: 'String',
  },
  orderBy: ['print_run', 'file', 'piece', 'position'],
  shardBy: 'print_run',
  indexes: { by_communication: 'communication_id TYPE bloom_filter(0.001) GRANULARITY 1' },
})

/** What the hall reports of a piece: the newest holds. */
export const printReports = factTable({
  name: 'print_reports',
  comment: 'What became of printed pieces: inserted, damaged, missing, reprinted',
  columns: {
    print_run: 'UInt64',
    piece: 'UInt32',
    state: 'LowCardinality(String)', // inserted | damaged | missing | reprinted
    note: 'String',
    at: "DateTime64(3, 'UTC')",
  },
  orderBy: ['print_run', 'piece', 'at'],
  shardBy: 'print_run',
})

export const printFactTables = [printPieces, printReports]

export type PrintRunState = 'printing' | 'printed' | 'failed'

interface PrintRunsTable {
  id: Generated<number>
  /** run: what was settled and not yet printed; reprint: pieces of another run again. */
  kind: 'run' | 'reprint'
  of_run: number | null
  state: PrintRunState
  deliver_run: Int8
  as_of: string
  settings: JsonColumn<PrintSettings>
  documents: number
  pieces: number
  sheets: number
  files: number
  problem: string | null
  made_by: number | null
  created_at: Instant
}

interface PrintRunFilesTable {
  run_id: number
  file: number
  name: string
  envelope: string
  first_piece: number
  last_piece: number
  pieces: number
  documents: number
  sheets: number
  pages: number
  size: Int8
  sha256: string
  made_at: Instant
}

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    print_runs: PrintRunsTable
    print_run_files: PrintRunFilesTable
  }
}

export const printMigrations: Migrations = {
  '2026-11-23-20-interact-print-runs': {
    async up(db) {
      for (const statement of [
        sql`CREATE TABLE print_runs (id int4 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, kind text NOT NULL, of_run int4,
            state text NOT NULL, deliver_run int8 NOT NULL, as_of date NOT NULL, settings json NOT NULL, documents int4 NOT NULL,
            pieces int4 NOT NULL, sheets int4 NOT NULL, files int4 NOT NULL, problem text, made_by int4,
            created_at timestamptz NOT NULL)`,
        sql`CREATE TABLE print_run_files (run_id int4 NOT NULL, file int4 NOT NULL, name text NOT NULL, envelope text NOT NULL,
            first_piece int4 NOT NULL, last_piece int4 NOT NULL, pieces int4 NOT NULL, documents int4 NOT NULL,
            sheets int4 NOT NULL, pages int4 NOT NULL, size int8 NOT NULL, sha256 text NOT NULL, made_at timestamptz NOT NULL,
            PRIMARY KEY (run_id, file))`,
      ])
        await statement.execute(db)
    },
  },
}
