import type { App } from '../../platform/app.ts'
import { addressHash } from '../gate/address-hash.ts'

/** The address is not used again by this channel; the gate reads this for every message. Only its hash is kept. */
export async function suppress(
  { workflow }: Pick<App, 'workflow'>,
  channel: string,
  address: string,
  reason: string,
): Promise<void> {
  await workflow.db
    .insertInto('suppressions')
    .values({ channel, address_hash: addressHash(channel, address), reason, at: new Date() })
    .onConflict(conflict => conflict.doNothing())
    .execute()
}
