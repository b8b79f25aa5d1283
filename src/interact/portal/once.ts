/** A form that is sent twice (a double tap, a network that came back) does its work once and leads to the same page. */
import type { App } from '../../platform/app.ts'
import { portalErrors } from './errors.ts'

const KEPT_MS = 24 * 3600_000

export interface Post {
  key: string
  customerId: number
  action: string
}

/**
 * `work` gets a key of its own making for what it writes and returns where it leads. After a crash in the middle it is run again:
 * whatever it does must be the same thing under the same key.
 */
export async function once(
  { workflow }: Pick<App, 'workflow'>,
  { key, customerId, action }: Post,
  work: () => Promise<string>,
): Promise<string> {
  if (!/^[\w-]{16,64}$/.test(key)) throw portalErrors['portal.stale-form']()
  const now = new Date()
  const fresh = await workflow.db
    .insertInto('portal_posts')
    .values({ key, customer_id: customerId, action, at: now, led_to: null })
    .onConflict(conflict => conflict.column('key').doNothing())
    .returning('key')
    .executeTakeFirst()
  if (!fresh) {
    const known = await workflow.db.selectFrom('portal_posts').selectAll().where('key', '=', key).executeTakeFirst()
    if (known && (known.customer_id !== customerId || known.action !== action))
      throw portalErrors['portal.stale-form']()
    if (known?.led_to) return known.led_to
  }
  const led_to = await work()
  await workflow.db.updateTable('portal_posts').set({ led_to }).where('key', '=', key).execute()
  await workflow.db
    .deleteFrom('portal_posts')
    .where('at', '<', new Date(now.getTime() - KEPT_MS))
    .execute()
  return led_to
}
