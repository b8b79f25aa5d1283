/** Who writes, beside the thread: what the desk shows of a customer, as far as the reader may see it. */
import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { permits } from '../../platform/auth/permissions.ts'
import { pictureOf } from '../desk/picture.ts'
import type { Reader } from '../tasks/task-view.ts'
import type { threadCustomer } from './api.ts'
import { inboxErrors } from './errors.ts'
import { threadById } from './thread-view.ts'

/** The newest, so that the thread stays in sight. */
const PAPERS = 5

export async function customerBeside(
  app: App,
  threadId: number,
  reader: Reader,
): Promise<z.output<typeof threadCustomer>> {
  const { customer_id } = await threadById(app, threadId)
  if (customer_id === 0) throw inboxErrors['inbox.nobody']({ id: String(threadId) })
  const { standing, complaint, matters, communications } = await pictureOf(app, customer_id, reader)
  const mayStanding = permits(reader, 'insight.read')
  return {
    standing: mayStanding ? standing : null,
    mayStanding,
    complaint,
    matters: matters.filter(({ path }) => path !== `/inbox?thread=${threadId}`),
    communications: {
      total: communications.total,
      // A call script is ours: the customer never had it before them.
      rows: communications.rows.filter(({ kind }) => kind !== 'script').slice(0, PAPERS),
    },
  }
}
