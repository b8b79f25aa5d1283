import { recordEvents } from '../../collect/index.ts'
import type { App } from '../../platform/app.ts'
import { openComplaintOf } from './open-cases-of.ts'
import type { Case } from './with-note.ts'

/** Offers start again as the policy says once no complaint of the customer is left. */
export async function recordResolved(app: App, row: Case, userId: number): Promise<void> {
  if (row.kind === 'complaint' && (await openComplaintOf(app, row.customer_id, [row.case_id]))) return
  await recordEvents(app, [
    {
      eventId: `case:${row.case_id}:resolved:${row.resolved_at!.getTime()}`,
      customerId: row.customer_id,
      type: `${row.kind}-resolved`,
      channel: row.source,
      at: new Date(),
      actor: String(userId),
      payload: { case: row.case_id, outcome: row.outcome },
    },
  ])
}
