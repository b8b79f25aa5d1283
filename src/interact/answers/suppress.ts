import { sql } from 'kysely'
import type { App } from '../../platform/app.ts'
import { addressHash } from '../gate/address-hash.ts'

/**
 * The address is not used again by this channel; the gate reads this for every message. Only its hash is kept. Asked again, the first
 * reason stays and the time is that of the newest. Returns whether nothing had stopped it before.
 */
export async function suppress(
  { workflow }: Pick<App, 'workflow'>,
  channel: string,
  address: string,
  reason: string,
): Promise<boolean> {
  const at = new Date()
  const { fresh } = await workflow.db
    .insertInto('suppressions')
    .values({ channel, address_hash: addressHash(channel, address), reason, at })
    .onConflict(conflict => conflict.columns(['channel', 'address_hash']).doUpdateSet({ at }))
    .returning(sql<boolean>`xmax = 0`.as('fresh'))
    .executeTakeFirstOrThrow()
  return fresh
}
