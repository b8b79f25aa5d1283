import type { DownReason, Opening, OutMessage, Verdict } from '../channels/channel.ts'

export interface ThreadData {
  kind: string
  /** Where the kind is. */
  module: string
  opening: Opening
  pace: SharedArrayBuffer
  perSecond: number
}

export interface Batch {
  type: 'batch'
  batch: number
  journal: string
  /** Where each message's bytes lie in `bytes`. */
  messages: (Omit<OutMessage, 'bytes'> & { from: number; to: number })[]
  bytes: ArrayBuffer
}

export type ToThread = Batch | { type: 'halt'; hard: boolean } | { type: 'close' }

export type FromThread =
  | { type: 'verdicts'; batch: number; verdicts: [string, Verdict][] }
  | {
      type: 'done'
      batch: number
      down?: { reason: DownReason; detail: string }
      /** An error of ours: the thread is not used again. */
      broken?: string
    }
