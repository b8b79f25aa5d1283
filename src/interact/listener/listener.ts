import type { App } from '../../platform/app.ts'
import type { ChannelRow } from '../channels/channel-store.ts'

/** Something that runs as long as the server does; it heals itself and tells the operator when it cannot. */
export interface Listening {
  close(): Promise<void>
  /** Where it listens, for a page and for tests. */
  address?: string
}

export type Listen = (app: App, channel: ChannelRow) => Promise<Listening>
