import type { Delivery } from '../../api/types.ts'

/** Deliveries are append-only: the last row by time holds. */
export function latestDelivery(rows: readonly Delivery[], communicationId: string): Delivery | undefined {
  let latest: Delivery | undefined
  for (const row of rows) if (row.communicationId === communicationId && (!latest || row.at >= latest.at)) latest = row
  return latest
}
