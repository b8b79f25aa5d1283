import type { App } from '../../platform/app.ts'
import { carrierOf } from '../channels/channel-store.ts'
import { transportOf } from './index.ts'
import { portalInbox } from './portal.ts'
import type { Transport } from './transport.ts'

/** What carries a kind of message within this house: the portal where it is set up for it, else the local transport. */
export async function transportFor(app: Pick<App, 'workflow'>, channel: string): Promise<Transport> {
  const local = transportOf(channel)
  const carrier = await carrierOf(app, channel)
  return carrier?.kind === 'portal' ? portalInbox(local.channel) : local
}
