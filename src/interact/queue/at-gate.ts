import type { ManifestRow } from '../../personalize/index.ts'
import { type AtGate, policyChannel } from '../gate/gate.ts'

/** A composed message as the gate asks about it. */
export const atGate = (row: ManifestRow): AtGate => ({
  id: row.communication_id,
  customerId: row.customer_id,
  channel: policyChannel(row.channel),
  class: row.class,
  kind: row.kind,
  offer: row.offer,
  address: row.address,
})
