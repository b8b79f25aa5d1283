import type { App } from '../../platform/app.ts'
import { addressHash } from '../gate/address-hash.ts'
import { inboxErrors } from './errors.ts'

/** A hard bounce or a refusal by the owner of the address. A customer who stopped offers and asks something still gets an answer. */
export async function refuseSuppressed({ workflow }: App, channel: string, address: string): Promise<void> {
  const row = await workflow.db
    .selectFrom('suppressions')
    .select('reason')
    .where('channel', '=', channel)
    .where('address_hash', '=', addressHash(channel, address))
    .executeTakeFirst()
  if (row) throw inboxErrors['inbox.suppressed']()
}
