import type { App } from '../../platform/app.ts'

/** The offer is answered: open calls that would make it are not made; a callback that was promised is. Returns which. */
export async function stopOffer(
  { workflow }: Pick<App, 'workflow'>,
  customerId: number,
  offer: string,
  reason: string,
): Promise<string[]> {
  const stopped = await workflow.db
    .updateTable('tasks')
    .set({ state: 'stopped', stop_reason: reason, for_user: null })
    .where('customer_id', '=', customerId)
    .where('offer', '=', offer)
    .where('state', '=', 'open')
    .where(eb => eb.or([eb('outcome', 'is', null), eb('outcome', '!=', 'callback')]))
    .returning('task_id')
    .execute()
  return stopped.map(({ task_id }) => task_id)
}
