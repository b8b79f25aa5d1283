import type { App } from '../../platform/app.ts'
import { listRequests } from './requests.ts'
import { startErasure } from './start-erasure.ts'

/** Erasures that waited for a hold on this customer, or on something of theirs, go on. */
export async function resumeErasures(app: App, customerId: number): Promise<void> {
  const { rows } = await listRequests(app, { state: 'open', customerId, offset: 0, limit: 10 })
  for (const request of rows) if (request.state === 'held') await startErasure(app, request.id)
}
