/** What carries changes to another system: one file a kind, and a line in the list. */
import type { App } from '../../../platform/app.ts'
import type { Mart } from '../../../platform/marts.ts'
import type { Change } from '../read-changes.ts'
import type { Place, Target } from '../target.ts'
import type { ColumnTypes } from '../where.ts'

export interface Cargo {
  app: App
  target: Target
  mart: Mart
  types: ColumnTypes
}

export interface Refused {
  seq: number
  reason: string
}

/** A connection to the other side. A batch may be sent twice (killed before the receipt was written): that must do no harm. */
export interface Carriage {
  /** Resolves when the other side has the batch for good; returns single changes that it will not take. */
  send(changes: readonly Change[]): Promise<Refused[]>
  close(): Promise<void>
}

export interface Carrier {
  kind: Place['kind']
  /** Changes a batch. */
  batch(place: Place): number
  open(cargo: Cargo): Promise<Carriage>
  /** Tries the connection without sending anything; throws what is wrong, returns what answered. */
  test(cargo: Cargo): Promise<string>
}
