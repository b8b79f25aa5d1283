import type { App } from '../../platform/app.ts'

/** A composed message on its way out. */
export interface Outgoing {
  id: string
  customerId: number
  /** As composed: an e-mail address, a number, a postal address. */
  address: string
  kind: string
  offer: string
  language: string
  bytes: Uint8Array
  sha256: string
  pages: number
  segments: number
}

export interface Receipt {
  id: string
  state: 'settled' | 'failed'
  /** What the transport calls it: file name, provider's id. */
  receipt: string
  /** Of a failure, as a code. */
  reason: string
}

export interface DeliveryRun {
  app: App
  turnId: number
  /** Of a wave that goes out by itself, after its turn. */
  wave?: number
  asOf: string
  /** The deliver run. */
  runId: number
  composeRun: number
  identityRun: number
  campaignRun: number
}

/**
 * A way out of the house, one file each. `deliver` sends each message exactly once: called again with the same ids, after
 * whatever was killed, it changes nothing and answers the same. A fault of the whole way (disk full, server gone) throws, and
 * the batch is tried again; a fault of one message is a `failed` receipt.
 */
export interface Transport {
  name: string
  channel: 'print' | 'email' | 'sms' | 'call' | 'portal' | 'kiosk'
  deliver(run: DeliveryRun, batch: readonly Outgoing[]): Promise<Receipt[]>
  /** After the last batch: manifests, control counts. May run twice. */
  finish?(run: DeliveryRun): Promise<void>
}
