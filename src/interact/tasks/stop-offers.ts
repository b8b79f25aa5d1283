import type { App } from '../../platform/app.ts'
import { kinds } from './kinds/index.ts'

/** The customer said stop: calls that would offer something leave the lists at once, not when somebody is about to ring. Returns which. */
export async function stopOffers(
  { workflow }: Pick<App, 'workflow'>,
  customerId: number,
  reason: string,
): Promise<string[]> {
  const stopped = await workflow.db
    .updateTable('tasks')
    .set({ state: 'stopped', stop_reason: reason, for_user: null })
    .where('customer_id', '=', customerId)
    .where('state', '=', 'open')
    .where(
      'kind',
      'in',
      kinds.filter(kind => kind.contact === 'offer').map(kind => kind.id),
    )
    // What the customer asked for goes on: a callback was promised.
    .where(eb => eb.or([eb('outcome', 'is', null), eb('outcome', '!=', 'callback')]))
    .returning('task_id')
    .execute()
  return stopped.map(({ task_id }) => task_id)
}
