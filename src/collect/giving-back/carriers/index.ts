import type { CarrierKind } from '../target.ts'
import type { Carrier } from './carrier.ts'
import { clickhouse } from './clickhouse.ts'
import { mysqlCarrier } from './mysql.ts'
import { postgres } from './postgres.ts'
import { webhook } from './webhook.ts'

/** Carriers of rows. Files and the feed have ways of their own: see deliver.ts. */
export const carriers: Partial<Record<CarrierKind, Carrier>> = Object.fromEntries(
  [webhook, postgres, mysqlCarrier, clickhouse].map(carrier => [carrier.kind, carrier]),
)
