import type { App } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import type { Done } from '../take-back/done.ts'

/** What a message has set in motion, kept with it. */
export async function keepDone(
  { workflow }: Pick<App, 'workflow'>,
  messageId: number,
  done: readonly Done[],
): Promise<void> {
  await workflow.db
    .updateTable('inbox_messages')
    .set({ done: asJson([...done]) })
    .where('message_id', '=', messageId)
    .execute()
}
