import type { App } from '../platform/app.ts'

export interface DeliveryState {
  communication_id: string
  channel: string
  state: string
  reason: string
  transport: string
  receipt: string
  at: string
}

/** What became of each of a customer's communications, newest first: of the last try the entry that is more than a claim holds. */
const OF_CUSTOMER = `
SELECT communication_id, toString(channel) AS channel, toString(state) AS state, toString(reason) AS reason,
  toString(transport) AS transport, receipt, at
FROM deliveries
WHERE customer_id = {customerId:UInt64}
ORDER BY communication_id, attempt DESC, state != 'claimed' DESC, at DESC
LIMIT 1 BY communication_id`

export const deliveriesOf = (app: Pick<App, 'facts'>, customerId: number): Promise<DeliveryState[]> =>
  app.facts.query(`SELECT * FROM (${OF_CUSTOMER}) ORDER BY at DESC, communication_id`, { customerId })

/** State by communication id, of those that have one. */
export async function communicationStates(app: Pick<App, 'facts'>, customerId: number): Promise<Map<string, string>> {
  return new Map((await deliveriesOf(app, customerId)).map(row => [row.communication_id, row.state]))
}
