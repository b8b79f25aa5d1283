import type { App } from '../../platform/app.ts'
import { kinds } from './kinds/index.ts'

type Store = Pick<App, 'workflow'>

/** A customer’s open calls leave the lists. What the customer asked for goes on: a callback was promised. */
function stopping({ workflow }: Store, customerId: number, reason: string) {
  return workflow.db
    .updateTable('tasks')
    .set({ state: 'stopped', stop_reason: reason, for_user: null })
    .where('customer_id', '=', customerId)
    .where('state', '=', 'open')
    .where(eb => eb.or([eb('outcome', 'is', null), eb('outcome', '!=', 'callback')]))
    .returning('task_id')
}

const idsOf = (rows: readonly { task_id: string }[]): string[] => rows.map(({ task_id }) => task_id)

/** The customer said stop: calls that would offer something leave the lists at once, not when somebody is about to ring. Returns which. */
export async function stopOffers(app: Store, customerId: number, reason: string): Promise<string[]> {
  const offering = kinds.filter(kind => kind.contact === 'offer').map(kind => kind.id)
  return idsOf(await stopping(app, customerId, reason).where('kind', 'in', offering).execute())
}

/** The offer is answered: open calls that would make it are not made. Returns which. */
export async function stopOffer(app: Store, customerId: number, offer: string, reason: string): Promise<string[]> {
  return idsOf(await stopping(app, customerId, reason).where('offer', '=', offer).execute())
}
