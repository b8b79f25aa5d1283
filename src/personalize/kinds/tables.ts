import { sql } from 'kysely'
import { factTable } from '../../platform/stores/facts/tables.ts'
import { asJson, type Instant, type JsonColumn, type Migrations } from '../../platform/stores/workflow/index.ts'
import { firstKinds, kindSchema } from './kind.ts'

interface CommunicationKindsTable {
  code: string
  position: number
  body: JsonColumn<unknown>
  updated_at: Instant
}

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    communication_kinds: CommunicationKindsTable
  }
}

export const kindMigrations: Migrations = {
  '2026-11-24-04-personalize-kinds': {
    async up(db) {
      await sql`CREATE TABLE communication_kinds (code text PRIMARY KEY, position int4 NOT NULL, body jsonb NOT NULL,
        updated_at timestamptz NOT NULL)`.execute(db)
      for (const [position, kind] of firstKinds.entries())
        await sql`INSERT INTO communication_kinds (code, position, body, updated_at)
          VALUES (${kind.code}, ${position + 1}, ${asJson(kindSchema.parse(kind))}, now())`.execute(db)
    },
  },
}

/**
 * What a compose run is to make: decided once when the run begins, so that every part, also after a kill, makes the same, whatever
 * customers say meanwhile (the gate asks them again before anything is sent). A row with kind '' says that the others are all there.
 */
export const communicationPlan = factTable({
  name: 'communication_plan',
  comment:
    'What a compose run makes: one row per communication with the way it goes and why; kind empty: the run has all its rows',
  columns: {
    run_id: 'UInt64',
    kind: 'LowCardinality(String)',
    channel: 'LowCardinality(String)', // print | email | sms | call | portal | kiosk
    copy: 'UInt8', // 1: goes beside the original, the other way
    customer_id: 'UInt64',
    offer: 'LowCardinality(String)',
    campaign_id: 'UInt64',
    wave: 'UInt16',
    product_code: 'LowCardinality(String)',
    reason: 'LowCardinality(String)', // why it cannot be made, known before it is tried
    why: 'LowCardinality(String)', // channel:verdict, the chosen first; see decide-ways.ts
  },
  orderBy: ['kind', 'channel', 'copy', 'customer_id', 'offer'],
  partitionBy: 'run_id',
})
